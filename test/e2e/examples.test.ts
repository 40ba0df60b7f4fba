/** Every workflow in examples/ can be imported and run as it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import packageJson from '../../package.json';
import { startSandbox, type Sandbox } from '../sandbox';
import type { StoredCredential } from './client';
import { createExampleCredentials, exampleFiles, readExample, takingCallbell } from './examples';
import { sharedN8n, type SharedN8n } from './shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
let credentials: StoredCredential[];

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  credentials = [
    ...(await createExampleCredentials(n8n.client, sandbox)),
    // Nothing is asked of it here: the example with a model is played by its own test.
    await n8n.client.createCredential('openAiApi', 'OpenAI account', { apiKey: 'none', url: 'http://127.0.0.1:9/v1' }),
  ];
});

beforeEach(() => {
  sandbox.reset();
  // What the notes on the canvas ask for: somebody has the tag that campaigns leave out.
  sandbox.callbell.state.contacts.find(({ source }) => source !== 'whatsapp')!.tags.push('Sem interesse');
});

afterAll(async () => {
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await sandbox.close();
});

const manualTrigger = 'n8n-nodes-base.manualTrigger';
const isOurs = ({ type }: INode) => type.startsWith(`${packageJson.name}.`);

describe.each(exampleFiles())('examples/%s', (file) => {
  const example = readExample(file);

  test('uses node types that n8n has, in versions that it has', async () => {
    const types = await n8n.client.nodeTypes();
    for (const node of example.nodes) {
      const versions = types.filter(({ name }) => name === node.type).flatMap(({ version }) => version);
      expect({ node: node.name, type: node.type, versions }).toMatchObject({ versions: expect.arrayContaining([node.typeVersion]) });
    }
  });

  test('names a credential in each of our nodes, and no secrets', () => {
    for (const node of example.nodes.filter(isOurs)) expect({ node: node.name, credentials: Object.keys(node.credentials ?? {}) }).toMatchObject({ credentials: [expect.any(String)] });
    expect(JSON.stringify(example)).not.toMatch(/ak_live_|eyJ[A-Za-z0-9]|Bearer /);
  });

  test('says on the canvas what it does', () => {
    const notes = example.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote').map(({ parameters }) => String(parameters.content));
    expect(notes.join('\n').length).toBeGreaterThan(100);
  });

  const runsByHand = example.nodes.some(({ type }) => type === manualTrigger);

  test(runsByHand ? 'is published where it has what starts it, and runs by hand to its end' : 'is published; a test of its own plays what starts it', async () => {
    if (!runsByHand) expect(existsSync(join(__dirname, 'examples', file.replace(/\.json$/, '.test.ts')))).toBe(true);
    const publish = example.nodes.some(({ type }) => type !== manualTrigger && /(Trigger|\.webhook)$/.test(type));
    const { id } = await n8n.client.importWorkflow(takingCallbell(example), credentials);
    try {
      if (publish) await n8n.client.activate(id);
      if (runsByHand) {
        // The pauses of a campaign pass quickly.
        const time = setInterval(() => sandbox.clock.advance(60_000), 500);
        const execution = await n8n.client.runWorkflow(id).finally(() => clearInterval(time));
        expect(execution.error).toBeUndefined();
        expect(execution.status).toBe('success');
        await sandbox.settled();
        expect(sandbox.requests.length).toBeGreaterThan(0);
      }
      expect(sandbox.violations).toEqual([]);
    } finally {
      if (publish) await n8n.client.deactivate(id);
      await n8n.client.deleteWorkflow(id);
    }
  });
});
