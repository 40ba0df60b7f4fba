/** What the life cycle tests of the triggers share: an n8n that may be stopped and killed, the sandbox, and workflows to publish. */
import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import packageJson from '../../../package.json';
import type { Sandbox, Vendor } from '../../sandbox';
import { outputOf, type Execution, type N8nClient, type StoredCredential } from '../client';
import { sandboxCredentialData } from '../examples';
import type { N8n } from '../n8n';

type CredentialType = keyof ReturnType<typeof sandboxCredentialData>;

/** One trigger in a workflow of its own. */
export class TriggerWorkflow {
  constructor(
    private readonly client: N8nClient,
    readonly id: string,
    /** Last part of the production address; triggers that poll have none. */
    readonly path: string,
  ) {}

  async activate(): Promise<void> {
    await this.client.activate(this.id);
  }

  async deactivate(): Promise<void> {
    await this.client.deactivate(this.id);
  }

  /** Publishes the workflow with other parameters of the trigger. */
  async change(parameters: INodeParameters): Promise<void> {
    const { nodes, connections, versionId } = await this.client.getWorkflow(this.id);
    const changed = nodes.map((node) => (node.name === 'Trigger' ? { ...node, parameters: { ...node.parameters, ...parameters } } : node));
    await this.client.request('PATCH', `/rest/workflows/${this.id}`, { nodes: changed, connections, versionId });
    await this.activate();
  }

  /** "Listen for test event", beside the active workflow. */
  async listen(): Promise<void> {
    const answer = await this.client.request<{ waitingForWebhook?: boolean }>('POST', `/rest/workflows/${this.id}/run`, { triggerToStartFrom: { name: 'Trigger' } });
    expect(answer).toEqual({ waitingForWebhook: true });
  }

  /** "Stop listening". */
  async stopListening(): Promise<void> {
    await this.client.request('DELETE', `/rest/test-webhook/${this.id}`);
  }

  async runs(): Promise<number> {
    return (await this.client.executions(this.id)).length;
  }

  /** Every run so far, oldest first, as what the trigger gave: waits until there are that many. */
  async given(count: number, timeout = 30_000): Promise<IDataObject[][]> {
    return (await this.ended(count, timeout)).map((execution) => outputOf(execution, 'Trigger'));
  }

  /** Waits until there are `count` runs, no less and no more, and they have ended. */
  async ended(count: number, timeout = 30_000): Promise<Execution[]> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const known = await this.client.executions(this.id);
      if (known.length > count) throw new Error(`${known.length} runs, but ${count} were expected`);
      if (known.length === count) return await Promise.all(known.reverse().map(async ({ id }) => await this.client.waitForExecution(id)));
      if (Date.now() > deadline) throw new Error(`${known.length} runs after ${timeout} ms, but ${count} were expected`);
      await pause(100);
    }
  }
}

/** One trigger from activation to deactivation. n8n is restarted, and crashes, between the steps. */
export interface LifeCycle {
  name: string;
  /** Publishes it and lets things happen: each runs once, what is forged does not. */
  activate(): Promise<void>;
  /** What happens while n8n is away. */
  whileAway?(): Promise<void>;
  afterRestart(): Promise<void>;
  afterCrash(): Promise<void>;
  /** Takes it out of production: nothing stays behind. */
  deactivate(): Promise<void>;
}

export class Stage {
  constructor(
    readonly n8n: N8n,
    readonly sandbox: Sandbox,
  ) {}

  /** Stores a credential for the sandbox, with some values changed. */
  async credential(type: CredentialType, values: ICredentialDataDecryptedObject = {}): Promise<StoredCredential> {
    return await this.n8n.client.createCredential(type, `${type} ${randomUUID().slice(0, 8)}`, { ...sandboxCredentialData(this.sandbox)[type], ...values });
  }

  /** Stores a workflow of a trigger and a node after it. */
  async workflow(type: string, parameters: INodeParameters, { id, name, type: credentialType }: StoredCredential): Promise<TriggerWorkflow> {
    const webhookId = randomUUID();
    const workflow = await this.n8n.client.createWorkflow({
      name: `Life cycle of ${type}`,
      nodes: [
        { id: randomUUID(), name: 'Trigger', type: `${packageJson.name}.${type}`, typeVersion: 1, position: [0, 0], parameters, webhookId, credentials: { [credentialType]: { id, name } } },
        { id: randomUUID(), name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
      ],
      connections: { Trigger: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
    });
    return new TriggerWorkflow(this.n8n.client, workflow.id, `/webhook/${webhookId}/webhook`);
  }

  /** Everything the vendor was asked since, by operation. */
  asked(vendor: Vendor, since = 0): Array<string | undefined> {
    return this.sandbox.requests.slice(since).filter((request) => request.vendor === vendor).map(({ operationId }) => operationId);
  }
}

/** A call from somewhere else than the sandbox's vendors. */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  return { status: answer.status, text: await answer.text() };
}

/** Waits until something is as expected; n8n stops to listen for tests in the background. */
export async function eventually(check: () => void, timeout = 10_000): Promise<void> {
  for (const deadline = Date.now() + timeout; ; await pause(100)) {
    try {
      check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

export const pause = async (milliseconds: number) => await new Promise((done) => setTimeout(done, milliseconds));
