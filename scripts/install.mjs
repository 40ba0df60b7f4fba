/**
 * Installs what is missing, and nothing when nothing is.
 *
 *   node scripts/install.mjs            the packages of package-lock.json
 *   node scripts/install.mjs n8n        and the pinned n8n with its own Node (about 2 GB, test/n8n)
 *   node scripts/install.mjs chromium   and Chromium for the editor tests
 *
 * npm runs no install scripts in this project (.npmrc), so all of it is here.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { main, mustRun, root, run, step } from './steps.mjs';

const n8nFolder = join(root, 'test', 'n8n');
const toolsFolder = join(n8nFolder, 'tools');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** `npm run` hands our .npmrc's ignore-scripts down to every npm and pnpm below it; each folder has its own say. */
function environmentWithoutIgnoreScripts() {
  const env = { ...process.env };
  delete env.npm_config_ignore_scripts;
  return env;
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * Whether node_modules holds what package-lock.json lists. npm writes down what it installed in
 * node_modules/.package-lock.json, last of all, so an interrupted install is seen too.
 */
function isInstalled(folder) {
  const wanted = readJson(join(folder, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || (optional && !installed[path]) || installed[path]?.version === version,
  );
}

/**
 * `npm ci` refuses a lockfile that leaves out builds for other platforms which a registry does not have;
 * `npm install --no-save` takes the same versions and checks the same hashes, and changes no file of ours.
 */
async function installWithNpm(folder, title) {
  const { dependencies, devDependencies } = readJson(join(folder, 'package.json'));
  const locked = readJson(join(folder, 'package-lock.json')).packages[''];
  if (!isDeepStrictEqual([dependencies, devDependencies], [locked.dependencies, locked.devDependencies])) {
    throw new Error(`package.json and package-lock.json in ${folder} name different packages. Run npm install there.`);
  }
  if (isInstalled(folder)) return;
  await step(title, async () => {
    await mustRun(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env: environmentWithoutIgnoreScripts() });
    if (!isInstalled(folder)) throw new Error(`What npm installed is not what ${join(folder, 'package-lock.json')} lists. Remove node_modules and try again.`);
  });
}

/** Installs the packages of package-lock.json. */
export async function installPackages() {
  await installWithNpm(root, 'Install packages');
}

/** The Node the pinned n8n runs with: its folder (bin/node, include/node). */
function n8nNodeFolder() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = join(toolsFolder, 'node_modules', `node-${platform}-${process.arch}`);
  return existsSync(folder) ? folder : undefined;
}

/** The path of the Node to run n8n with. */
export function n8nNode() {
  const folder = n8nNodeFolder();
  if (folder) return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // No package brings Node 24 for this platform: then the Node in use has to be new enough.
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(`n8n needs Node 24; for ${process.platform} ${process.arch} install it and run this command with it.`);
}

/** The path of n8n's start script. */
export const n8nScript = join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n');

/** Installs the n8n that test/n8n pins, and the Node and the pnpm it needs. */
export async function installN8n() {
  const stamp = join(n8nFolder, 'node_modules', '.installed');
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tools/package-lock.json']) {
    hash.update(readFileSync(join(n8nFolder, file)));
  }
  const wanted = hash.digest('hex');
  await installWithNpm(toolsFolder, 'Install Node 24 and pnpm for n8n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(n8nScript)) return;
  const node = n8nNode();
  const env = { ...environmentWithoutIgnoreScripts(), CI: 'true' };
  env.PATH = `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${env.PATH}`;
  // sqlite3 is compiled against the headers beside that Node, whatever the machine's own npm settings say.
  const nodeFolder = n8nNodeFolder();
  if (nodeFolder) env.npm_config_nodedir = nodeFolder;
  await step('Install n8n (about 2 GB, one to three minutes the first time)', async () => {
    rmSync(stamp, { force: true });
    const pnpm = join(toolsFolder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
    const code = await run(node, [pnpm, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error'], { cwd: n8nFolder, env });
    if (code !== 0) throw new Error('n8n could not be installed. It needs the npm registry, 2 GB of disk, and, to build sqlite3, a C++ compiler, make and Python 3.');
    writeFileSync(stamp, wanted);
  });
}

/** The path of Chromium: CHROMIUM_PATH, or where Debian's package puts it. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Installs Chromium with apt when it is not there. */
export async function installChromium() {
  if (existsSync(chromiumPath)) return;
  const help = 'Install Chromium (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM_PATH to the one you have.';
  if (process.env.CHROMIUM_PATH || !existsSync('/usr/bin/apt-get')) throw new Error(`There is no ${chromiumPath}. ${help}`);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !existsSync('/usr/bin/sudo')) throw new Error(`Installing Chromium needs root. ${help}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) => (isRoot ? run('apt-get', words, { env }) : run('sudo', ['-n', 'apt-get', ...words], { env }));
  await step('Install Chromium', async () => {
    // A list that cannot be renewed may still be good enough to install from.
    await apt('update', '-qq');
    if ((await apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')) !== 0 || !existsSync(chromiumPath)) {
      throw new Error(`Chromium could not be installed. ${help}`);
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(async () => {
    const more = { n8n: installN8n, chromium: installChromium };
    const names = process.argv.slice(2);
    const unknown = names.filter((name) => !more[name]);
    if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(more).join(', ')}.`);
    await installPackages();
    for (const name of names) await more[name]();
  });
}
