/**
 * The rules of n8n's package scanner (@n8n/scan-community-package) on a folder instead of a published package: its
 * source leg on a checkout, its package leg on what `npm pack` puts into the tarball. Only errors count, comments that
 * switch rules off do not.
 *
 * `node scripts/scan.mjs [source folder] [folder of the unpacked tarball]`; without the second, it packs the first.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import { ESLint } from 'eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What the scanner lints in the source and in the tarball. */
export const legs = {
  source: ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'],
  package: ['**/*.js', 'package.json'],
};

const configuration = defineConfig(
  n8nCommunityNodesPlugin.configs.recommended,
  { rules: { 'no-console': 'error' } },
  { plugins: { 'n8n-nodes-base': n8nNodesPlugin } },
  { files: ['package.json'], rules: n8nNodesPlugin.configs.community.rules },
  {
    files: ['**/credentials/**/*.ts'],
    rules: {
      ...n8nNodesPlugin.configs.credentials.rules,
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
      'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
    },
  },
  {
    files: ['**/nodes/**/*.ts'],
    rules: {
      ...n8nNodesPlugin.configs.nodes.rules,
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
      'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
    },
  },
  { files: ['**/*.json', '**/*.ts'], languageOptions: { parser: tseslint.parser } },
);

/**
 * Lints a folder as the scanner does.
 *
 * @param {string} folder
 * @param {string[]} patterns one of {@link legs}
 * @returns {Promise<{ files: string[], errors: string[], warnings: string[] }>} the files linted, and what was found
 */
export async function scan(folder, patterns) {
  const eslint = new ESLint({ cwd: resolve(folder), allowInlineConfig: false, overrideConfigFile: true, overrideConfig: configuration });
  const results = await eslint.lintFiles(patterns);
  const found = (severity) =>
    results.flatMap(({ filePath, messages }) =>
      messages
        .filter((message) => message.severity === severity)
        .map(({ line, message, ruleId }) => `${filePath}:${line ?? 0} ${message} (${ruleId ?? 'parser'})`));
  return { files: results.map(({ filePath }) => filePath), errors: found(2), warnings: found(1) };
}

/**
 * Packs a folder and unpacks the tarball.
 *
 * @param {string} folder
 * @param {string} target empty folder
 * @returns {string} the folder with the tarball's content
 */
export function packInto(folder, target) {
  const answer = execFileSync('npm', ['pack', '--json', '--pack-destination', target], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename }] = JSON.parse(answer);
  execFileSync('tar', ['-xzf', join(target, filename), '-C', target]);
  return join(target, 'package');
}

async function main([source = '.', unpacked]) {
  const temporary = mkdtempSync(join(tmpdir(), 'scan-'));
  try {
    const answers = {
      source: await scan(source, legs.source),
      package: await scan(unpacked ?? packInto(source, temporary), legs.package),
    };
    for (const [leg, { files, errors, warnings }] of Object.entries(answers)) {
      console.log(`${leg}: ${files.length} files, ${errors.length} errors, ${warnings.length} warnings`);
      for (const line of errors) console.log(`  error ${line}`);
      for (const line of warnings) console.log(`  warning ${line}`);
    }
    return Object.values(answers).some(({ errors, files }) => errors.length > 0 || files.length === 0) ? 1 : 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href || process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
