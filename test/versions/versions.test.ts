/** The built package in the oldest n8n 1, the last n8n 1, the first n8n 2 and the n8n of the end-to-end tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import packageJson from '../../package.json';
import { outputOf, type StoredCredential, type StoredWorkflow, type WorkflowFile } from '../e2e/client';
import { createSandboxCredentials, mainExample, readExample, sandboxCredentialData, takingCallbell } from '../e2e/examples';
import { takeStock, travelSince } from '../e2e/leadTravel';
import { startN8n, type N8n } from '../e2e/n8n';
import { startSandbox, type Sandbox } from '../sandbox';
import { allHosts } from './hosts';

const classNames = (files: string[]) => files.map((file) => (file.split('/').pop() ?? '').replace(/\.(node|credentials)\.js$/, ''));
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const vendors = { kinbox: 'kinboxApi', chatwoot: 'chatwootAccessTokenApi', callbell: 'callbellApi' } as const;

describe.each(allHosts())('n8n $version', (host) => {
  let n8n: N8n;
  let sandbox: Sandbox;
  let credentials: StoredCredential[];
  /** A public file of recipients, for n8n that cannot hand over its own. */
  let files: { url: string; close(): void };

  beforeAll(async () => {
    sandbox = await startSandbox();
    files = await serve('phone\n5585988887777\n351912345678\n');
    n8n = await startN8n({ installation: host, userFolder: mkdtempSync(join(tmpdir(), 'n8n-versions-')), packageDirectory: process.env.E2E_PACKAGE ?? resolve(__dirname, '../..') });
    credentials = await createSandboxCredentials(n8n.client, sandbox);
  }, 240_000);

  beforeEach(() => sandbox.reset());

  afterEach(() => expect(sandbox.violations).toEqual([]));

  afterAll(async () => {
    await n8n?.stop();
    await sandbox?.close();
    files?.close();
    if (n8n) rmSync(n8n.userFolder, { recursive: true, force: true });
  });

  /** Stores an example and publishes it. */
  async function publish(example: WorkflowFile): Promise<StoredWorkflow> {
    const workflow = await n8n.client.importWorkflow(takingCallbell(example), credentials);
    await n8n.client.activate(workflow.id);
    return workflow;
  }

  test('knows every node and credential of the package, and complains of nothing', async () => {
    const types = await n8n.client.nodeTypes();
    const nodes = classNames(packageJson.n8n.nodes).map((name) => `${packageJson.name}.${lowerFirst(name)}`);
    expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(nodes));
    for (const type of types.filter(({ name, outputs }) => nodes.includes(name) && Array.isArray(outputs))) expect(type.outputs).toEqual(['main']);
    expect((await n8n.client.credentialTypes()).map(({ name }) => name)).toEqual(expect.arrayContaining(classNames(packageJson.n8n.credentials).map(lowerFirst)));
    expect(n8n.log().split('\n').filter((line) => line.includes(packageJson.name) || /Cannot find module|Error loading package/i.test(line))).toEqual([]);
  });

  test.each(Object.entries(vendors))('tests the credential of %s: a good token passes, a wrong one does not', async (vendor, type) => {
    const data = sandboxCredentialData(sandbox)[type];
    if (!host.testsByNode) {
      // Its own fault, which README tells of; the credential works all the same, as the main example shows.
      await expect(n8n.client.testCredential(type, data)).rejects.toThrow(`Unrecognized node type: ${packageJson.name}.${packageJson.name}.`);
      return;
    }
    expect(await n8n.client.testCredential(type, data)).toMatchObject({ status: 'OK' });
    expect(sandbox.requests).toEqual([expect.objectContaining({ vendor, status: 200 })]);
    const token = type === 'chatwootAccessTokenApi' ? 'accessToken' : 'token';
    expect(await n8n.client.testCredential(type, { ...data, [token]: 'not-a-token' })).toMatchObject({ status: 'Error' });
  });

  test('runs the main example: leads of a form in all three systems and in one campaign, a wrong one reported', async () => {
    const example = readExample(mainExample);
    const campaign = example.nodes.find(({ name }) => name === 'Start Campaign in Kinbox')!;
    // What the node itself advises where it cannot hand Kinbox the file.
    if (!host.signsFiles) Object.assign(campaign.parameters, { leadsSource: 'url', leadsAssetUrl: files.url });
    const workflow = await publish(example);
    const before = takeStock(sandbox);
    const answer = await n8n.client.callWebhook('lead-to-campaign', {
      leads: [
        { name: 'Ana Souza', phone: '+55 85 98888-7777', email: 'ana.souza@example.com' },
        { name: 'Diego Alves', phone: 'call in the morning', email: 'diego@example.com' },
        { name: 'Rui Costa', phone: '+351 912 345 678', email: 'rui@example.com' },
      ],
    });
    const execution = await n8n.client.waitForNewExecution(workflow.id);
    await sandbox.settled();
    expect(execution.error).toBeUndefined();
    expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
    const travel = travelSince(before, sandbox, execution);
    expect(answer.data).toEqual(travel.summary);
    const people = [{ name: 'Ana Souza', phone: '5585988887777' }, { name: 'Rui Costa', phone: '351912345678' }];
    expect(travel.contacts).toEqual({ kinbox: people, chatwoot: people, callbell: people });
    expect(travel.campaigns).toEqual([expect.objectContaining({ recipients: people.map(({ phone }) => phone), failure: undefined })]);
    expect(travel.summary.failed).toEqual([expect.objectContaining({ name: 'Diego Alves', reason: expect.stringContaining("'Phone'") })]);
  });

  if (!host.signsFiles) {
    test('says that it cannot hand over a file, before it sends anything to Kinbox', async () => {
      const example = readExample(mainExample);
      for (const node of example.nodes) if (node.type.endsWith('.webhook')) Object.assign(node, { webhookId: 'with-a-file', parameters: { ...node.parameters, path: 'with-a-file' } });
      const workflow = await publish(example);
      await n8n.client.callWebhook('with-a-file', { leads: [{ name: 'Ana Souza', phone: '+55 85 98888-7777', email: 'ana.souza@example.com' }] });
      const { error } = await n8n.client.waitForNewExecution(workflow.id);
      expect(error?.message).toContain('this version of n8n gives files no temporary address');
      expect(error?.description).toContain("choose 'URL' instead");
      expect(sandbox.requests.filter(({ path }) => path.includes('campaign'))).toEqual([]);
    });
  }

  test("registers Callbell's webhook, runs when it is called, and gives it back", async () => {
    const workflow = await publish(readExample('callbell-contact-to-kinbox-and-chatwoot.json'));
    expect(sandbox.callbell.state.webhook).toMatchObject({ url: expect.stringContaining(`${n8n.url}/webhook/`), subscriptions: ['contact_created'] });
    const created = await fetch(`${sandbox.callbell.url}/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.callbell.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'whatsapp', identifier: '351910000999', name: 'Rui Castro' }),
    });
    expect(created.status).toBe(200);
    await sandbox.settled();
    const execution = await n8n.client.waitForNewExecution(workflow.id);
    expect(execution.error).toBeUndefined();
    expect(execution.status).toBe('success');
    expect(outputOf(execution, 'Not Taken Over')).toEqual([]);
    expect([...sandbox.kinbox.state.contacts.values()].map(({ phone }) => phone)).toContain('351910000999');
    expect([...sandbox.chatwoot.state.contacts.values()].map(({ phoneNumber }) => phoneNumber)).toContain('+351910000999');
    await n8n.client.deactivate(workflow.id);
    await sandbox.settled();
    expect(sandbox.callbell.state.webhook).toBeNull();
  });

  test("fills a list with the account's own inboxes, and searches it", async () => {
    const stored = credentials.find(({ type }) => type === 'chatwootAccessTokenApi')!;
    const question = {
      methodName: 'searchInboxes',
      path: 'parameters.inboxId',
      nodeTypeAndVersion: { name: `${packageJson.name}.chatwoot`, version: 1 },
      currentNodeParameters: { resource: 'conversation', operation: 'create' },
      credentials: { chatwootAccessTokenApi: { id: stored.id, name: stored.name } },
    };
    const inboxes = [...sandbox.chatwoot.state.inboxes.values()].filter(({ accountId }) => accountId === sandbox.chatwoot.accountId).map(({ id, name }) => ({ name, value: String(id) }));
    const all = await n8n.client.locatorEntries(question);
    expect(all.results.map(({ value }) => String(value)).sort()).toEqual(inboxes.map(({ value }) => value).sort());
    const wanted = inboxes[1]!;
    const { results } = await n8n.client.locatorEntries({ ...question, filter: wanted.name });
    expect(results.map(({ name, value }) => ({ name, value: String(value) }))).toContainEqual({ name: expect.stringContaining(wanted.name), value: wanted.value });
    expect(results.length).toBeLessThan(all.results.length);
  });
});

/** Answers every request with a text. */
async function serve(text: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/csv').end(text));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/recipients.csv`, close: () => void server.close() };
}
