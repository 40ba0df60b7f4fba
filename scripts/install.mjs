/**
 * Installs what is missing, and nothing when nothing is.
 *
 *   node scripts/install.mjs            the packages of package-lock.json
 *   node scripts/install.mjs n8n        and the pinned n8n with its own Node (about 2 GB, test/n8n)
 *   node scripts/install.mjs versions   and the older n8n of test/versions
 *   node scripts/install.mjs queue      and Redis and PostgreSQL for n8n's queue mode
 *   node scripts/install.mjs chromium   and Chromium for the editor tests
 *
 * npm runs no install scripts in this project (.npmrc), so all of it is here.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  await installWithNpm(toolsFolder, 'Install Node 24 and pnpm for n8n');
  await installN8nIn(n8nFolder, n8nNode());
}

/** Installs the other versions of n8n that test/versions pins. */
export async function installOtherN8ns() {
  await installWithNpm(toolsFolder, 'Install Node 24 and pnpm for n8n');
  for (const { folder, node } of otherN8ns()) await installN8nIn(folder, node);
}

/** The other versions of n8n in test/versions: their folders, and the Node each runs with. */
export function otherN8ns() {
  const folder = join(root, 'test', 'versions');
  return readJson(join(folder, 'hosts.json')).map((host) => ({ folder: join(folder, host.folder), node: host.node === 'own' ? process.execPath : n8nNode() }));
}

/** Installs the n8n of a folder with package.json and pnpm-lock.yaml, unless it is there already. */
async function installN8nIn(folder, node) {
  const version = readJson(join(folder, 'package.json')).dependencies.n8n;
  const stamp = join(folder, 'node_modules', '.installed');
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(folder, file)));
  hash.update(readFileSync(join(toolsFolder, 'package-lock.json')));
  // Compiled modules are good for the Node they were compiled for.
  if (node === process.execPath) hash.update(process.versions.modules);
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(folder, 'node_modules', 'n8n', 'bin', 'n8n'))) return;
  const env = { ...environmentWithoutIgnoreScripts(), CI: 'true' };
  env.PATH = `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${env.PATH}`;
  // sqlite3 is compiled against the headers beside that Node, whatever the machine's own npm settings say.
  const nodeFolder = dirname(dirname(node));
  if (existsSync(join(nodeFolder, 'include', 'node'))) env.npm_config_nodedir = nodeFolder;
  await step(`Install n8n ${version} (up to 2 GB, one to three minutes the first time)`, async () => {
    rmSync(stamp, { force: true });
    const pnpm = join(toolsFolder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
    const code = await run(node, [pnpm, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error'], { cwd: folder, env });
    if (code !== 0) throw new Error(`n8n ${version} could not be installed. It needs the npm registry, 2 GB of disk, and, to build sqlite3, a C++ compiler, make and Python 3.`);
    writeFileSync(stamp, wanted);
  });
}

/** The path of Chromium: CHROMIUM_PATH, or where Debian's package puts it. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * Installs Debian packages, as root or with sudo.
 *
 * @param {string} title what they are, for people
 * @param {string[]} packages
 * @param {() => boolean} isThere whether what they bring is there
 * @param {string} help what to do where this cannot
 */
async function installWithApt(title, packages, isThere, help) {
  if (isThere()) return;
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`${title} is not installed. ${help}`);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !existsSync('/usr/bin/sudo')) throw new Error(`Installing ${title} needs root. ${help}`);
  const settings = ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  const apt = (...words) => run('env', [...settings, ...(isRoot ? [] : ['sudo', '-n', '-E']), 'apt-get', ...words]);
  await step(`Install ${title}`, async () => {
    // A list that cannot be renewed may still be good enough to install from.
    await apt('update', '-qq');
    if ((await apt('install', '-y', '-qq', '--no-install-recommends', ...packages)) !== 0 || !isThere()) {
      throw new Error(`${title} could not be installed. ${help}`);
    }
  });
}

/** Installs Chromium with apt when it is not there. */
export async function installChromium() {
  const help = 'Install Chromium (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM_PATH to the one you have.';
  if (process.env.CHROMIUM_PATH && !existsSync(chromiumPath)) throw new Error(`There is no ${chromiumPath}. ${help}`);
  await installWithApt('Chromium', ['chromium'], () => existsSync(chromiumPath), help);
}

/** Installs what n8n's queue mode needs, Redis and PostgreSQL, with apt when they are not there. */
export async function installQueueServices() {
  const isThere = () =>
    existsSync('/usr/bin/redis-server') && existsSync('/usr/lib/postgresql') &&
    readdirSync('/usr/lib/postgresql').some((version) => existsSync(join('/usr/lib/postgresql', version, 'bin', 'initdb')));
  await installWithApt('Redis and PostgreSQL', ['redis-server', 'postgresql'], isThere, 'Debian, Ubuntu: apt-get install redis-server postgresql.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(async () => {
    const more = { n8n: installN8n, versions: installOtherN8ns, queue: installQueueServices, chromium: installChromium };
    const names = process.argv.slice(2);
    const unknown = names.filter((name) => !more[name]);
    if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(more).join(', ')}.`);
    await installPackages();
    for (const name of names) await more[name]();
  });
}
