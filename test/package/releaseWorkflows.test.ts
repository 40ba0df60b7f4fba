/** The GitHub workflows, read by GitHub's own parser, and what n8n's verification asks of them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { load } from 'js-yaml';

const root = join(__dirname, '../..');

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Job {
  steps?: Step[];
  uses?: string;
  needs?: string | string[];
  permissions?: Record<string, string>;
  strategy?: { matrix: { node: number[] } };
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = join(root, '.github', 'workflows');
const files = readdirSync(folder);
const text = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string) => load(text(file)) as Workflow;
const stepsOf = (file: string) => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps ?? []);
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;

/** Runs a module script, since jest loads no ES modules (tsx: nor Node 20 a module's JSON); gives what it prints. */
const runModule = (script: string) => execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { cwd: root, encoding: 'utf8' }).trim();

/** What GitHub's parser has against a workflow. */
const faults = (name: string, content: string) => JSON.parse(runModule(`import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
  const { context } = parseWorkflow(${JSON.stringify({ name, content })}, new NoOperationTraceWriter());
  console.log(JSON.stringify(context.errors.getErrors().map(({ message }) => message)));`)) as string[];

test.each(files)('%s is a workflow that GitHub can read', (name) => {
  expect(faults(name, text(name))).toEqual([]);
  expect(faults(name, text(name).replace('runs-on:', 'runs-at:'))).not.toEqual([]);
});

test.each(files)('%s runs only scripts that the project has, and actions by their version', (name) => {
  const commands = stepsOf(name).flatMap(({ run }) => run ?? []);
  const npmScripts = commands.flatMap((command) => [...command.matchAll(/npm (?:run )?(?!install)([\w:]+)/g)].map(([, script]) => script ?? ''));
  expect(npmScripts.filter((script) => !(script in scripts))).toEqual([]);
  const nodeScripts = commands.flatMap((command) => [...command.matchAll(/node (\S+\.mjs)/g)].map(([, file]) => file ?? ''));
  expect(nodeScripts.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(stepsOf(name).flatMap(({ uses }) => uses ?? []).filter((uses) => !/^actions\/[\w-]+@v\d+$/.test(uses))).toEqual([]);
});

test('CI runs the tests on Node 20, 22 and 24, the end-to-end tests, other versions of n8n, queue mode, and both legs of the scan', () => {
  const { jobs } = workflow('ci.yml');
  expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
  const commands = Object.values(jobs).map(({ steps }) => (steps ?? []).flatMap(({ run }) => run ?? []).join('\n'));
  expect(commands).toEqual([expect.stringContaining('npm test'), expect.stringContaining('npm run test:e2e'), expect.stringContaining('npm run test:versions'), expect.stringContaining('npm run test:scaling'), expect.stringContaining('node scripts/scan.mjs')]);
});

test('publishing waits for CI and proves where the package comes from, without a token', () => {
  const { jobs, permissions, on } = workflow('publish.yml');
  expect(on).toEqual({ push: { tags: ['v*.*.*'] } });
  expect(permissions).toEqual({ contents: 'read' });
  expect(jobs.ci?.uses).toBe('./.github/workflows/ci.yml');
  expect(jobs.publish?.needs).toBe('ci');
  expect(jobs.publish?.permissions).toMatchObject({ 'id-token': 'write' });
  expect(scripts.release).toMatch(/^npm publish .*--provenance/);
  expect(text('publish.yml')).not.toMatch(/secrets\./);
});

describe('release notes', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- Later\n\n## 1.2.3 – 2026-01-05\n\n### Added\n- A node\n\n## 1.2.2 – 2026-01-01\n\n- Older\n';
  const notes = (tag: string, version: string, of = changelog) => {
    const script = `import { releaseNotes } from ${JSON.stringify(`file://${join(root, 'scripts/release-notes.mjs')}`)};
      try { console.log(releaseNotes(...${JSON.stringify([tag, version, of])})); } catch (error) { console.log('refused: ' + error.message); }`;
    return runModule(script);
  };

  test('are the part of the changelog for the tag', () => {
    expect(notes('v1.2.3', '1.2.3')).toBe('### Added\n- A node');
  });

  test.each([
    ['v1.2.4', '1.2.3', 'refused: The tag is v1.2.4, but package.json has version 1.2.3.'],
    ['v1.2.4', '1.2.4', 'refused: CHANGELOG.md has no section "## 1.2.4 – YYYY-MM-DD" with text below it.'],
  ])('are refused for tag %s and version %s', (tag, version, sentence) => {
    expect(notes(tag, version)).toBe(sentence);
  });
});
