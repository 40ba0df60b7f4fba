/**
 * Starts and stops a real n8n (test/n8n, or another of test/versions) with this package installed as a community node.
 *
 * Nothing of it calls the internet: telemetry, update checks, templates and the lists n8n fetches from its maker
 * are switched off, and it listens on 127.0.0.1 only.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import axios from 'axios';

import { N8nClient, type Owner } from './client';

/** An n8n on disk and what it takes to run it. */
export interface Installation {
  /** Folder whose node_modules has n8n. */
  folder: string;
  /** Path of the Node that n8n runs with. */
  node: string;
  /** Environment variables that this version needs besides the usual ones; `{url}` stands for n8n's address. */
  env?: Record<string, string>;
}

export interface N8nOptions {
  /** The one of test/n8n by default. */
  installation?: Installation;
  /** Folder for all of n8n's data; made when missing. A used one is carried on with. */
  userFolder: string;
  /** Folder of the package to install: built, with its package.json. */
  packageDirectory: string;
  /** Free ones by default. */
  port?: number;
  /** Environment variables for n8n, over the ones set here. */
  env?: Record<string, string>;
}

/** A running n8n. */
export interface N8n {
  url: string;
  owner: Owner;
  /** Signed in as the owner. */
  client: N8nClient;
  userFolder: string;
  /** Everything n8n printed. */
  logFile: string;
  /** What n8n printed so far. */
  log(): string;
  /** Number of its process, for what the system knows of it. */
  readonly pid: number | undefined;
  /** Stops n8n and starts it again with the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Ends n8n as a crash or a power cut does: it gets no chance to tidy up. */
  kill(): Promise<void>;
  /** Starts it again after `stop` or `kill`, with the same data and port. */
  start(): Promise<void>;
}

const n8nFolder = resolve(__dirname, '../n8n');
const owner: Owner = { email: 'owner@example.com', password: 'Lead-to-campaign-1', firstName: 'Olivia', lastName: 'Owner' };

/** How long n8n may take to come up, in milliseconds: its first start sets up the database. */
const startTimeout = 180_000;
/** How long n8n may take to finish its work when asked to stop, in milliseconds. */
const stopTimeout = 15_000;

/**
 * Installs the package into a user folder and starts n8n on it.
 *
 * @throws Error with the end of n8n's log when it does not come up
 */
export async function startN8n({ installation = pinnedN8n(), userFolder, packageDirectory, port, env = {} }: N8nOptions): Promise<N8n> {
  installPackage(packageDirectory, join(userFolder, '.n8n', 'nodes'));
  const [freePort, brokerPort] = await freePorts(2);
  const usedPort = port ?? freePort;
  const url = `http://127.0.0.1:${usedPort}`;
  const logFile = join(userFolder, 'n8n.log');
  const environment = { ...environmentFor(installation, userFolder, Number(usedPort), Number(brokerPort)), ...env };
  const client = new N8nClient(url, owner);
  let child = await start(installation, environment, url, logFile);
  const startAgain = async () => {
    child = await start(installation, environment, url, logFile);
    await client.login();
  };

  const isNew = await needsOwner(url);
  if (isNew) await client.setUpOwner();
  else await client.login();

  return {
    url,
    owner,
    client,
    userFolder,
    logFile,
    log: () => readFileSync(logFile, 'utf8'),
    get pid() {
      return child.pid;
    },
    async restart() {
      await stop(child);
      await startAgain();
    },
    async stop() {
      await stop(child);
    },
    async kill() {
      await stop(child, 'SIGKILL');
    },
    start: startAgain,
  };
}

/**
 * Puts the package where n8n keeps community nodes, as its own installer does: the packed tarball unpacked into
 * `node_modules`, and its version in the list beside it.
 */
export function installPackage(packageDirectory: string, nodesFolder: string): void {
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    n8n: { nodes: string[]; credentials?: string[] };
  };
  const missing = [...manifest.n8n.nodes, ...(manifest.n8n.credentials ?? [])].filter((file) => !existsSync(join(packageDirectory, file)));
  if (missing.length > 0) throw new Error(`The package is not built: ${missing.join(', ')} not found. Run npm run build.`);

  const target = join(nodesFolder, 'node_modules', manifest.name);
  const work = mkdtempSync(join(tmpdir(), 'n8n-package-'));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    execFileSync(npm, ['pack', '--silent', '--pack-destination', work], { cwd: packageDirectory, stdio: ['ignore', 'ignore', 'inherit'] });
    const tarball = readdirSync(work).find((file) => file.endsWith('.tgz'));
    if (tarball === undefined) throw new Error(`npm pack made no file for ${manifest.name}`);
    execFileSync('tar', ['-xzf', tarball], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
    rmSync(target, { recursive: true, force: true });
    mkdirSync(dirname(target), { recursive: true });
    moveFolder(join(work, 'package'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const list = { name: 'installed-nodes', private: true, dependencies: { [manifest.name]: manifest.version } };
  writeFileSync(join(nodesFolder, 'package.json'), `${JSON.stringify(list, null, 2)}\n`);
}

function moveFolder(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // The temporary folder may be on another disk.
    execFileSync('cp', ['-R', from, to]);
  }
}

/** Settings that keep n8n on this machine and its first screens out of the way. */
export function environmentFor(installation: Installation, userFolder: string, port: number, brokerPort: number): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(N8N_|DB_|npm_|NODE_OPTIONS|NODE_ENV|JEST_|EXECUTIONS_|GENERIC_TIMEZONE)/.test(name)));
  return {
    ...inherited,
    PATH: `${dirname(installation.node)}:${process.env.PATH ?? ''}`,
    NODE_ENV: 'production',
    N8N_USER_FOLDER: userFolder,
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_PROTOCOL: 'http',
    N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
    N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
    N8N_RUNNERS_BROKER_PORT: String(brokerPort),
    N8N_SECURE_COOKIE: 'false',
    // As n8n 2 has it by itself: only files on disk have an address.
    N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
    GENERIC_TIMEZONE: 'America/Sao_Paulo',
    N8N_LOG_LEVEL: 'info',
    N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
    // Where workflows may write files; the default is a folder in the home of whoever runs this.
    N8N_RESTRICT_FILE_ACCESS_TO: join(userFolder, 'files'),
    // What would call the internet.
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
    N8N_DYNAMIC_BANNERS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,source-control,external-secrets',
    // First screens and advertisements.
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_HIDE_USAGE_PAGE: 'true',
    // Defaults that n8n warns about while they are left out.
    N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
    N8N_RUNNERS_TASK_TIMEOUT: '60',
    N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: String(256 * 1024 * 1024),
    N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
    N8N_PYTHON_ENABLED: 'false',
    ...Object.fromEntries(Object.entries(installation.env ?? {}).map(([name, value]) => [name, value.replace('{url}', `http://127.0.0.1:${port}`)])),
  };
}

/** n8n's own version, e.g. "2.40.7". */
export function versionOf({ folder }: Installation): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: { n8n: string } }).dependencies.n8n;
}

/** The n8n of test/n8n. */
export function pinnedN8n(): Installation {
  return { folder: n8nFolder, node: nodePath() };
}

/** The Node that test/n8n brings; this one when no package brings it for this platform. */
function nodePath(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const binary = join(n8nFolder, 'tools', 'node_modules', `node-${platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(binary) ? binary : process.execPath;
}

async function start(installation: Installation, env: NodeJS.ProcessEnv, url: string, logFile: string): Promise<ChildProcess> {
  const script = join(installation.folder, 'node_modules', 'n8n', 'bin', 'n8n');
  if (!existsSync(script)) throw new Error(`n8n is not installed in ${installation.folder}. Run node scripts/install.mjs n8n versions.`);
  const log = openSync(logFile, 'a');
  // A group of its own: Ctrl-C in the terminal reaches us first, and we stop n8n in order.
  const child = spawn(installation.node, [script, 'start'], { env, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? `exit code ${code}`}`));
  const stopWithUs = () => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  child.once('exit', () => process.off('exit', stopWithUs));

  const deadline = Date.now() + startTimeout;
  const hasNoReadiness = Number(/^1\.(\d+)\./.exec(versionOf(installation))?.[1]) < 70;
  for (;;) {
    // "Readiness" is there before the editor's own routes are, so ask for those too.
    // The oldest n8n have no "readiness".
    const isReady = (await answersOk(`${url}/healthz/readiness`)) || (hasNoReadiness && (await answersOk(`${url}/healthz`)));
    if (isReady && (await answersOk(`${url}/rest/settings`))) return child;
    if (failure === undefined && Date.now() > deadline) failure = `it did not answer within ${startTimeout / 1000} s`;
    if (failure !== undefined) {
      await stop(child);
      throw new Error(`n8n did not start: ${failure}.\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
    }
    await pause(200);
  }
}

async function answersOk(url: string): Promise<boolean> {
  const answer = await axios.get<unknown>(url, { timeout: 5000, validateStatus: () => true, proxy: false }).catch(() => undefined);
  return answer?.status === 200 && typeof answer.data === 'object';
}

async function needsOwner(url: string): Promise<boolean> {
  const answer = await axios.get<{ data: { userManagement: { showSetupOnFirstLoad?: boolean } } }>(`${url}/rest/settings`, { proxy: false });
  return answer.data.data.userManagement.showSetupOnFirstLoad === true;
}

/** Asks n8n to stop, and ends it when it does not; or ends it at once. */
async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
  await ended;
  clearTimeout(timer);
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Ports nobody listens on; held together while they are looked for, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
