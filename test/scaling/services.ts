/** PostgreSQL and Redis of our own: data in a folder of ours, free ports on 127.0.0.1, stopped by process id. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { freePorts } from '../e2e/n8n';

/** A running PostgreSQL and Redis. */
export interface Services {
  /** What n8n's main process and workers need in their environment. */
  env: Record<string, string>;
  /** The rows of a query, their columns as text. */
  query(sql: string): string[][];
  stop(): Promise<void>;
}

const startTimeout = 60_000;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Debian keeps PostgreSQL's programs out of PATH. */
function postgresPrograms(): string {
  const versions = '/usr/lib/postgresql';
  const newest = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)).find((version) => existsSync(join(versions, version, 'bin', 'initdb'))) : undefined;
  if (newest === undefined) throw new Error('PostgreSQL is not installed. Run node scripts/install.mjs queue.');
  return join(versions, newest, 'bin');
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function postgresUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Starts both with empty data.
 *
 * @param folder an existing folder for data and logs
 * @throws Error when a program is missing or does not come up
 */
export async function startServices(folder: string): Promise<Services> {
  const programs = postgresPrograms();
  const user = postgresUser();
  const [postgresPort, redisPort] = (await freePorts(2)).map(String) as [string, string];
  const data = join(folder, 'postgresql');
  mkdirSync(data);
  if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
  const at = ['-h', '127.0.0.1', '-p', postgresPort, '-U', 'n8n'];
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...user, cwd: data, stdio: ['ignore', 'ignore', 'inherit'] });

  const running: ChildProcess[] = [];
  const stop = async () => {
    // SIGINT ends Redis, and PostgreSQL without waiting for its clients.
    await Promise.all(running.map(async (child) => await end(child, 'SIGINT')));
  };
  const launch = (name: string, program: string, programArguments: string[], options: { uid?: number; gid?: number } = {}) => {
    const log = openSync(join(folder, `${name}.log`), 'a');
    const child = spawn(program, programArguments, { ...options, cwd: data, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    const stopWithUs = () => child.kill('SIGKILL');
    process.once('exit', stopWithUs);
    child.once('exit', () => process.off('exit', stopWithUs));
    child.once('error', () => undefined);
    running.push(child);
  };
  try {
    launch('postgresql', join(programs, 'postgres'), ['-D', data, '-p', postgresPort, '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${data}`], user);
    launch('redis', 'redis-server', ['--port', redisPort, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']);
    await until('PostgreSQL', () => succeeds(join(programs, 'pg_isready'), ['-q', ...at, '-d', 'postgres']));
    await until('Redis', () => listens(Number(redisPort)));
    execFileSync(join(programs, 'createdb'), [...at, 'n8n']);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env: {
      EXECUTIONS_MODE: 'queue',
      QUEUE_BULL_REDIS_HOST: '127.0.0.1',
      QUEUE_BULL_REDIS_PORT: redisPort,
      DB_TYPE: 'postgresdb',
      DB_POSTGRESDB_HOST: '127.0.0.1',
      DB_POSTGRESDB_PORT: postgresPort,
      DB_POSTGRESDB_DATABASE: 'n8n',
      DB_POSTGRESDB_USER: 'n8n',
      DB_POSTGRESDB_PASSWORD: 'n8n',
    },
    query: (sql) =>
      execFileSync(join(programs, 'psql'), [...at, '-d', 'n8n', '-At', '-F', '\t', '-c', sql], { encoding: 'utf8' })
        .split('\n').filter((line) => line !== '').map((line) => line.split('\t')),
    stop,
  };
}

/** Asks a process to end, and ends it after ten seconds. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

/** Waits until something is there. */
export async function until(what: string, isThere: () => boolean | Promise<boolean>, timeout = startTimeout): Promise<void> {
  for (const deadline = Date.now() + timeout; !(await isThere()); await pause(200)) {
    if (Date.now() > deadline) throw new Error(`${what}: not there within ${timeout / 1000} s`);
  }
}

function succeeds(program: string, programArguments: string[]): boolean {
  try {
    execFileSync(program, programArguments, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function listens(port: number): Promise<boolean> {
  return await new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => done(true)));
    socket.once('error', () => done(false));
  });
}
