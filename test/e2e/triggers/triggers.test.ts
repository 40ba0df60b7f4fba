/**
 * The triggers in a real n8n from activation to deactivation, with a restart and a crash between. They have an n8n of
 * their own, because the one of the other tests is never stopped.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { startSandbox } from '../../sandbox';
import { startN8n } from '../n8n';
import { callbellLifeCycle, callbellTests } from './callbell';
import { chatwootLifeCycle, chatwootTests } from './chatwoot';
import { kinboxLifeCycle, kinboxWebhookLifeCycle, kinboxWebhookTests } from './kinbox';
import { Stage, type LifeCycle } from './stage';

let stage: Stage;
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-triggers-'));

beforeAll(async () => {
  const n8n = await startN8n({ userFolder, packageDirectory: process.env.E2E_PACKAGE ?? resolve(__dirname, '../../..') });
  stage = new Stage(n8n, await startSandbox());
}, 240_000);
afterEach(() => expect(stage.sandbox.violations).toEqual([]));
afterAll(async () => {
  await stage.n8n.stop();
  await stage.sandbox.close();
  const artifacts = resolve(__dirname, '../../../artifacts');
  mkdirSync(artifacts, { recursive: true });
  copyFileSync(stage.n8n.logFile, join(artifacts, 'n8n-triggers.log'));
  rmSync(userFolder, { recursive: true, force: true });
});

describe('Life cycle', () => {
  const lifeCycles = [chatwootLifeCycle, callbellLifeCycle, kinboxLifeCycle, kinboxWebhookLifeCycle].map((make) => make(() => stage));

  /** Those that are active: one may be picked by its name, or have failed. */
  const active: LifeCycle[] = [];

  /** n8n goes away, things happen, and it comes back. */
  async function away(leave: () => Promise<void>): Promise<void> {
    await leave();
    try {
      for (const { whileAway } of active) await whileAway?.();
    } finally {
      await stage.n8n.start();
    }
  }

  describe('at first', () => {
    test.each(lifeCycles)('$name runs once for each event, and refuses what is forged', async (one) => {
      await one.activate();
      active.push(one);
    });
  });
  describe('after a restart', () => {
    beforeAll(async () => await away(async () => await stage.n8n.stop()), 120_000);
    test.each(lifeCycles)('$name goes on', async (one) => await one.afterRestart());
  });
  describe('after a crash', () => {
    beforeAll(async () => await away(async () => await stage.n8n.kill()), 120_000);
    test.each(lifeCycles)('$name goes on', async (one) => await one.afterCrash());
  });
  describe('at last', () => {
    test.each(lifeCycles)('$name leaves nothing behind', async (one) => await one.deactivate());
  });
});

describe('Chatwoot Trigger', () => chatwootTests(() => stage));
describe('Callbell Trigger', () => callbellTests(() => stage));
describe('Kinbox Webhook Trigger', () => kinboxWebhookTests(() => stage));
