/**
 * A rule for the linter: no pattern may take more than proportionally longer for a longer text. What a pattern reads
 * comes from webhooks and sheets, and n8n stands still while one is being matched.
 *
 * It looks at patterns in the code, in `new RegExp('…')`, in the `regex` of fields and in expressions of credentials.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { getStaticValue } from '@eslint-community/eslint-utils';
// The build in JavaScript alone: the usual one starts Java or another program.
import recheck from 'recheck/lib/browser.js';

// Deep enough for every pattern that has been found slow here, and a fraction of the time of the usual depth. Only steps
// are counted, no seconds: a verdict must not depend on how busy the machine is.
const depth = {
  timeout: 30_000, seedingTimeout: null, incubationTimeout: null, attackTimeout: null, maxNFASize: 3_000, maxInitialGenerationSize: 50, maxGenerationSize: 10,
  maxIteration: 3, mutationSize: 10, crossoverSize: 10, seedingLimit: 200, incubationLimit: 4_000, attackLimit: 4e6, maxAttackStringSize: 20_000,
};

// What has been judged once is not judged again: all patterns together take half a minute.
const file = fileURLToPath(new URL('../node_modules/.cache/slow-patterns.json', import.meta.url));
const judge = JSON.stringify([JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('recheck/package.json')), 'utf8')).version, depth]);
let known;

function knownVerdicts() {
  if (known) return known;
  const stored = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return (known = stored.judge === judge ? stored : { judge, verdicts: {} });
}

function remember(key, verdict) {
  knownVerdicts().verdicts[key] = verdict;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(known));
}

/** Whether a pattern repeats anything more than a few times; the others cannot be slow. */
const repeats = (source) => /[*+]|\{\d*,(?:\d{2,})?\}/.test(source);

/** What recheck says against a pattern; null when it is linear. A pattern that it cannot decide counts as slow. */
function slownessOf(source, flags) {
  if (!repeats(source)) return null;
  const key = `/${source}/${flags}`;
  const { verdicts } = knownVerdicts();
  if (!Object.hasOwn(verdicts, key)) {
    // What `v` adds to `u`, and `d` at all, changes nothing in how long a match takes.
    const { status, complexity } = recheck.checkSync(source, flags.replace('v', 'u').replace('d', ''), depth);
    if (status === 'unknown') return 'an unknown';
    remember(key, status === 'safe' ? null : complexity.summary);
  }
  return verdicts[key];
}

/** Patterns in the expressions that stand in a string: `={{ $credentials.url.replace(/a+$/i, "") }}`. */
function patternsIn(text) {
  if (!text.startsWith('=') || !text.includes('{{')) return [];
  return [...text.matchAll(/[(,=]\s?\/((?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/g)].map(([, source, flags]) => [source, flags]);
}

export const noSlowPattern = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { slow: 'This pattern can take {{summary}} time for a long text. Bound its repetitions, or look through the text without a pattern.' },
  },
  create(context) {
    const check = (node, source, flags) => {
      const summary = slownessOf(source, flags);
      if (summary !== null) context.report({ node, messageId: 'slow', data: { summary } });
    };
    return {
      Literal(node) {
        if (node.regex) check(node, node.regex.pattern, node.regex.flags);
        if (typeof node.value === 'string') for (const [source, flags] of patternsIn(node.value)) check(node, source, flags);
      },
      // What is put together at run time is not seen here; its parts come from fields or the numbering plans, its texts are short.
      NewExpression(node) {
        const [source, flags] = node.arguments;
        const known = node.callee.name === 'RegExp' && source && getStaticValue(source, context.sourceCode.getScope(node));
        if (typeof known?.value === 'string') check(source, known.value, String(flags?.value ?? ''));
      },
      Property({ key, value }) {
        if ((key.name ?? key.value) === 'regex' && value.type === 'Literal' && typeof value.value === 'string') check(value, value.value, '');
      },
    };
  },
};
