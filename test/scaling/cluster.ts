/** n8n in queue mode: one main process that takes webhooks, and workers that run the executions. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axios from 'axios';

import { environmentFor, freePorts, pinnedN8n, startN8n, type N8n } from '../e2e/n8n';
import { end, startServices, until, type Services } from './services';

export interface ClusterOptions {
  /** Folder of the built package. */
  packageDirectory: string;
  /** Executions that a worker runs at the same time. */
  concurrency: number;
  /** How soon a dead worker is noticed, in milliseconds; n8n's own settings when left out (a lock of a minute, looked at twice a minute). */
  lock?: { duration: number; renew: number; check: number };
}

/** A worker process. */
export interface Worker {
  /** Ends it as a power cut would: nothing is put in order. */
  kill(): void;
  stop(): Promise<void>;
}

export interface Cluster {
  main: N8n;
  services: Services;
  startWorker(): Promise<Worker>;
  /** Stops everything and removes its data. */
  close(): Promise<void>;
}

/** Starts PostgreSQL, Redis and n8n's main process; workers are started one by one. */
export async function startCluster({ packageDirectory, concurrency, lock }: ClusterOptions): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
  // PostgreSQL's user has to pass through.
  chmodSync(folder, 0o755);
  const userFolder = join(folder, 'n8n');
  mkdirSync(userFolder);
  const services = await startServices(folder);
  const env: Record<string, string> = {
    ...services.env,
    N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
    ...(lock && { QUEUE_WORKER_LOCK_DURATION: String(lock.duration), QUEUE_WORKER_LOCK_RENEW_TIME: String(lock.renew), QUEUE_WORKER_STALLED_INTERVAL: String(lock.check) }),
  };
  const workers: Worker[] = [];
  let main: N8n | undefined;
  const close = async () => {
    await Promise.all(workers.map(async (worker) => await worker.stop()));
    await main?.stop();
    await services.stop();
    if (process.env.KEEP_SCALING_DATA === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    main = await startN8n({ userFolder, packageDirectory, env });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    main,
    services,
    close,
    async startWorker() {
      const worker = await startWorker(userFolder, env, concurrency, workers.length + 1);
      workers.push(worker);
      return worker;
    },
  };
}

async function startWorker(userFolder: string, env: Record<string, string>, concurrency: number, number: number): Promise<Worker> {
  const installation = pinnedN8n();
  const [healthPort, brokerPort] = (await freePorts(2)) as [number, number];
  const log = openSync(join(userFolder, `worker-${number}.log`), 'a');
  const child: ChildProcess = spawn(installation.node, [join(installation.folder, 'node_modules', 'n8n', 'bin', 'n8n'), 'worker', `--concurrency=${concurrency}`], {
    env: {
      ...environmentFor(installation, userFolder, healthPort, brokerPort),
      ...env,
      QUEUE_HEALTH_CHECK_ACTIVE: 'true',
      QUEUE_HEALTH_CHECK_PORT: String(healthPort),
      N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
    },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.once('error', () => undefined);
  const stopWithUs = () => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  child.once('exit', () => process.off('exit', stopWithUs));
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`Worker ${number} ended with exit code ${child.exitCode}; see worker-${number}.log`);
    const answer = await axios.get(`http://127.0.0.1:${healthPort}/healthz/readiness`, { timeout: 5000, validateStatus: () => true, proxy: false }).catch(() => undefined);
    return answer?.status === 200;
  };
  await until(`Worker ${number}`, isReady, 180_000);
  return {
    kill: () => void child.kill('SIGKILL'),
    stop: async () => await end(child),
  };
}
