/** Queue mode: main process, two workers, Redis and PostgreSQL; one worker is killed while 500 leads come in. */
import { resolve } from 'node:path';

import { startSandbox, type Sandbox } from '../sandbox';
import { startCluster, type Cluster, type Worker } from './cluster';
import { deliver, killAt, makeDeliveries, publishWorkflow, tally } from './load';

const concurrency = 5;
/** Three times what n8n takes to notice a dead worker with the lock below. */
const patience = 45_000;
let sandbox: Sandbox;
let cluster: Cluster;
let workers: Worker[];

beforeAll(async () => {
  // Each contact takes a moment, so that the worker is killed with executions under way.
  sandbox = await startSandbox({ latency: 20 });
  cluster = await startCluster({
    packageDirectory: process.env.E2E_PACKAGE ?? resolve(__dirname, '../..'),
    concurrency,
    lock: { duration: 10_000, renew: 2000, check: 3000 },
  });
  workers = [await cluster.startWorker(), await cluster.startWorker()];
  await publishWorkflow(cluster, sandbox);
}, 300_000);

afterAll(async () => {
  await cluster?.close();
  await sandbox?.close();
});

test('500 leads while a worker is killed: none is lost that the webhook accepted, none is created twice', async () => {
  const deliveries = makeDeliveries(50, 10, 0);
  const [victim] = workers as [Worker, Worker];
  await Promise.all([deliver(cluster, deliveries, 20, patience), killAt(150, victim, sandbox)]);
  await sandbox.settled();

  const accepted = deliveries.filter(({ status }) => status === 200);
  const refused = deliveries.filter(({ status }) => status !== 200 && status !== 0);
  // Such a call may have run to its end all the same; it is the sender who cannot know.
  const silent = deliveries.filter(({ status }) => status === 0);
  // Only what ran on the dead worker has failed, and n8n has not run it again.
  expect(refused.length + silent.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(concurrency);
  expect(silent.length).toBeLessThanOrEqual(concurrency);
  expect(tally(accepted, sandbox, cluster)).toMatchObject({ once: accepted.length * 10, missing: [], twice: [], updated: [] });
  const first = tally([...refused, ...silent], sandbox, cluster);
  expect(first).toMatchObject({ twice: [], updated: [] });
  expect(first.executions.success).toBeGreaterThanOrEqual(accepted.length);
  expect(first.executions.success).toBeLessThanOrEqual(accepted.length + silent.length);

  // The sender sends again what it was not told to be done: contacts that are there are left as they are, the others made.
  let again = [...refused, ...silent];
  for (let round = 0; round < 3 && again.length > 0; round++) {
    await deliver(cluster, again, 5, patience);
    again = again.filter(({ status }) => status !== 200);
  }
  expect(again).toEqual([]);
  expect(tally(deliveries, sandbox, cluster)).toMatchObject({ leads: 500, once: 500, missing: [], twice: [], updated: [] });
  expect(sandbox.violations).toEqual([]);
}, 300_000);
