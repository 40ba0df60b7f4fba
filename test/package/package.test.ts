import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { PackageDirectoryLoader } from 'n8n-core';

import { filesBelow, fromRoot, nodeFiles, root } from '../../scripts/nodes';

const execute = promisify(execFile);

interface Manifest {
  name: string;
  version: string;
  license: string;
  files: string[];
  scripts: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides?: unknown;
  n8n: { n8nNodesApiVersion: number; strict: boolean; nodes: string[]; credentials: string[] };
}

interface Scan {
  files: string[];
  errors: string[];
  warnings: string[];
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const credentialFiles = () => filesBelow(join(root, 'credentials')).filter((file) => file.endsWith('.credentials.ts')).map(fromRoot);
const compiled = (file: string) => `dist/${file.replace(/\.ts$/, '.js')}`;

/** The tests below say nothing about the code when dist/ is not built from it. */
function demandFreshBuild(): void {
  const dist = join(root, 'dist');
  if (!existsSync(dist)) throw new Error('There is no dist/: run `npm run build` first.');
  const sources = ['nodes', 'credentials'].flatMap((folder) => filesBelow(join(root, folder)));
  const built = Math.max(...filesBelow(dist).map((file) => statSync(file).mtimeMs));
  const newer = sources.filter((file) => /\.ts$/.test(file) && statSync(file).mtimeMs > built).map(fromRoot);
  if (newer.length > 0) throw new Error(`dist/ is older than ${newer.join(', ')}: run \`npm run build\` first.`);
}

/** Runs a leg of scripts/scan.mjs, which jest cannot import. */
async function scan(folder: string, leg: 'source' | 'package'): Promise<Scan> {
  const script = `import { legs, scan } from ${JSON.stringify(`file://${join(root, 'scripts/scan.mjs')}`)};
    console.log(JSON.stringify(await scan(${JSON.stringify(folder)}, legs[${JSON.stringify(leg)}])));`;
  // eslint-plugin-n8n-nodes-base takes every file for its own test file when it sees NODE_ENV=test.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, env, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as Scan;
}

let temporary: string;
/** The unpacked tarball. */
let packed: string;
let packedFiles: string[];

beforeAll(async () => {
  demandFreshBuild();
  temporary = mkdtempSync(join(tmpdir(), 'package-'));
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', temporary], { cwd: root });
  const [tarball] = JSON.parse(stdout) as Array<{ filename: string; files: Array<{ path: string }> }>;
  if (!tarball) throw new Error('npm pack made no tarball');
  packedFiles = tarball.files.map(({ path }) => path);
  await execute('tar', ['-xzf', join(temporary, tarball.filename), '-C', temporary]);
  packed = join(temporary, 'package');
}, 60_000);

afterAll(() => {
  if (temporary) rmSync(temporary, { recursive: true, force: true });
});

describe('the manifest', () => {
  test('asks for nothing at run time but n8n-workflow', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
    expect(manifest).not.toHaveProperty('overrides');
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(manifest).not.toHaveProperty('bundledDependencies');
  });

  test('is what n8n verifies', () => {
    expect(manifest).toMatchObject({ license: 'MIT', files: ['dist'], n8n: { n8nNodesApiVersion: 1, strict: true } });
    expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$|^prepublish$/.test(name))).toEqual([]);
  });

  test('registers each node and credential of the source, and no other', () => {
    expect([...manifest.n8n.nodes].sort()).toEqual(nodeFiles().map(compiled).sort());
    expect([...manifest.n8n.credentials].sort()).toEqual(credentialFiles().map(compiled).sort());
  });

  test('leaves the configuration of n8n\'s own linter as it comes', () => {
    expect(readFileSync(join(root, 'eslint.config.mjs'), 'utf8').replace(/\s+/g, ' ').trim())
      .toBe("import { config } from '@n8n/node-cli/eslint'; export default config;");
  });
});

describe('the tarball', () => {
  test('holds dist, README, LICENSE and package.json, nothing else', () => {
    expect(packedFiles.filter((path) => !path.startsWith('dist/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    const expected = /^dist\/(?:nodes|credentials)\/.+\.js$|^dist\/nodes\/[^/]+\/[^/]+\.(?:svg|node\.json)$|^dist\/nodes\/[^/]+\/__schema__\/v[\d.]+\/.+\.json$|^dist\/THIRD-PARTY-LICENSES\.txt$/;
    expect(packedFiles.filter((path) => path.startsWith('dist/') && !expected.test(path))).toEqual([]);
  });

  test('holds every node, credential, shared module, icon, codex file and output preview of the source, and no other', () => {
    const sources = [...filesBelow(join(root, 'nodes')), ...filesBelow(join(root, 'credentials'))].map(fromRoot);
    // What belongs to one node only is inside that node's file.
    const published = sources.filter((path) => !path.endsWith('.ts') || /\.(?:node|credentials)\.ts$|^nodes\/shared\//.test(path));
    expect(packedFiles.filter((path) => path.startsWith('dist/') && path !== 'dist/THIRD-PARTY-LICENSES.txt').sort()).toEqual(published.map(compiled).sort());
  });

  test('names no file of this machine and no source map', () => {
    const texts = packedFiles.filter((path) => /\.(?:js|json|md|txt|svg)$/.test(path)).map((path) => [path, readFileSync(join(packed, path), 'utf8')] as const);
    expect(texts.filter(([, text]) => text.includes(root) || text.includes('sourceMappingURL')).map(([path]) => path)).toEqual([]);
  });

  test('needs only its own modules and what n8n provides', () => {
    const needs = packedFiles.filter((path) => path.endsWith('.js')).flatMap((path) => {
      const text = readFileSync(join(packed, path), 'utf8');
      const modules = [...text.matchAll(/\b(?:require|import)\(\s*(["'`])(.*?)\1\s*\)/g)].map(([, , name]) => name ?? '');
      return modules.filter((name) => {
        if (!name.startsWith('.')) return !['n8n-workflow', 'crypto', 'node:crypto'].includes(name);
        const target = join(packed, dirname(path), name);
        return ![target, `${target}.js`, join(target, 'index.js')].some((file) => existsSync(file) && statSync(file).isFile());
      }).map((name) => `${path}: ${name}`);
    });
    expect(needs).toEqual([]);
  });

  test('carries the licences of the library it contains', () => {
    expect(readFileSync(join(packed, 'dist/nodes/shared/phone/phone.js'), 'utf8')).toMatch(/^\/\*!.*libphonenumber-js \d+\.\d+\.\d+.*THIRD-PARTY-LICENSES\.txt/);
    const licences = readFileSync(join(packed, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect(licences).toContain('The MIT License');
    expect(licences).toContain('Apache License');
  });
});

describe('n8n\'s package scan', () => {
  test('finds nothing in the source', async () => {
    const { files, errors, warnings } = await scan(root, 'source');
    expect(errors).toEqual([]);
    expect(warnings).toEqual([]);
    expect(files.map(fromRoot)).toEqual(expect.arrayContaining(['package.json', ...nodeFiles(), ...credentialFiles()]));
  }, 60_000);

  test('finds nothing in the tarball', async () => {
    const { files, errors } = await scan(packed, 'package');
    expect(errors).toEqual([]);
    expect(files.length).toBe(packedFiles.filter((path) => path.endsWith('.js')).length + 1);
  }, 60_000);

  test('finds what it is there for, whatever comments say', async () => {
    const folder = join(temporary, 'bad');
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write('package.json', JSON.stringify({ ...manifest, devDependencies: {}, dependencies: { axios: '1' }, peerDependencies: { 'n8n-workflow': '^1' } }));
    write('dist/nodes/Bad/Bad.node.js', '/* eslint-disable */\nconst fs = require("fs");\nconsole.log(process.env, fs);\nsetTimeout(() => eval("1"), 1);\n');
    write('nodes/Bad/Bad.node.ts', 'export class Bad { description = { name: "bad", properties: [{ displayName: "a name", name: "x", type: "boolean", default: "" }] }; }\n');
    const [source, tarball] = await Promise.all([scan(folder, 'source'), scan(folder, 'package')]);
    const rulesOf = ({ errors }: Scan) => new Set(errors.map((line) => /\(([^()]+)\)$/.exec(line)?.[1]));
    expect([...rulesOf(source)]).toEqual(expect.arrayContaining([
      '@n8n/community-nodes/no-runtime-dependencies',
      '@n8n/community-nodes/valid-peer-dependencies',
      'n8n-nodes-base/node-param-default-wrong-for-boolean',
      'n8n-nodes-base/node-param-display-name-miscased',
    ]));
    expect([...rulesOf(tarball)]).toEqual(expect.arrayContaining([
      '@n8n/community-nodes/no-restricted-imports',
      '@n8n/community-nodes/no-restricted-globals',
      '@n8n/community-nodes/no-dangerous-functions',
      'no-console',
    ]));
  }, 60_000);
});

describe('n8n\'s loader', () => {
  let loader: PackageDirectoryLoader;

  beforeAll(async () => {
    loader = new PackageDirectoryLoader(root);
    await loader.loadAll();
  });

  test('loads every node and credential from dist', () => {
    const names = (files: string[]) => files.map((file) => file.replace(/^.*\/|\..*$/g, '').toLowerCase()).sort();
    expect(Object.keys(loader.known.nodes).map((name) => name.toLowerCase()).sort()).toEqual(names(nodeFiles()));
    expect(Object.keys(loader.known.credentials).map((name) => name.toLowerCase()).sort()).toEqual(names(credentialFiles()));
  });

  test('finds icons and codex files', () => {
    for (const { name, iconUrl, codex } of loader.types.nodes) {
      expect({ name, iconUrl }).toEqual({ name, iconUrl: { light: expect.stringMatching(/\.svg$/) as string, dark: expect.stringMatching(/\.dark\.svg$/) as string } });
      const urls = typeof iconUrl === 'object' ? [iconUrl.light, iconUrl.dark] : [];
      expect(urls.filter((url) => !existsSync(join(root, url.replace(`icons/${manifest.name}/`, ''))))).toEqual([]);
      expect(codex?.categories).toContain('Communication');
      expect(codex?.alias).toContain('whatsapp');
    }
    for (const { name, iconUrl } of loader.types.credentials) expect({ name, iconUrl }).toMatchObject({ iconUrl: { light: expect.stringMatching(/\.svg$/) as string } });
  });

  test('sends the editor no more than it has to for a node', () => {
    const most: Record<string, number> = { kinbox: 196_000, chatwoot: 350_000, callbell: 112_000 };
    const sizes = loader.types.nodes.map((description) => [description.name, JSON.stringify(description).length] as const);
    process.stdout.write(`Descriptions: ${sizes.map(([name, size]) => `${name} ${Math.round(size / 1000)} kB`).join(', ')}\n`);
    expect(sizes.filter(([name, size]) => size > (most[name] ?? 12_500))).toEqual([]);
  });

  test('has the list of countries once in a node', () => {
    const times = (description: object) => JSON.stringify(description).split('Afghanistan (+93)').length - 1;
    expect(Object.fromEntries(loader.types.nodes.map((description) => [description.name, times(description)]).filter(([, count]) => count !== 0))).toEqual({ kinbox: 1, chatwoot: 1, callbell: 1 });
  });

  test('tells how long the nodes take to load', async () => {
    const script = `require('n8n-workflow'); const start = performance.now();
      for (const file of ${JSON.stringify(manifest.n8n.nodes)}) require('./' + file);
      console.log(Math.round(performance.now() - start));`;
    const { stdout } = await execute(process.execPath, ['--eval', script], { cwd: root });
    process.stdout.write(`All nodes are required in ${stdout.trim()} ms (n8n-workflow not counted)\n`);
    expect(Number(stdout)).toBeGreaterThan(0);
  });
});
