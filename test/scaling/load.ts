/**
 * Leads that arrive at a workflow's webhook and become contacts in the sandbox's Chatwoot, and the tally of what came
 * of them: in n8n's database and in Chatwoot.
 */
import axios from 'axios';
import type { INode } from 'n8n-workflow';

import packageJson from '../../package.json';
import { sandboxCredentialData } from '../e2e/examples';
import type { StoredCredential, WorkflowFile } from '../e2e/client';
import type { Sandbox } from '../sandbox';
import type { Cluster, Worker } from './cluster';

const node = (name: string, type: string, typeVersion: number, x: number, parameters: INode['parameters'], more: Partial<INode> = {}): INode => ({
  id: name, name, type, typeVersion, position: [x, 0], parameters, ...more,
});

/** Webhook -> one item for each lead -> Create or Update Contact. The webhook answers when the last lead is stored. */
const workflow: WorkflowFile = {
  name: 'Leads to Chatwoot',
  nodes: [
    node('New Leads', 'n8n-nodes-base.webhook', 2, 0, { httpMethod: 'POST', path: 'leads', responseMode: 'lastNode', responseData: 'noData' }, { webhookId: 'leads' }),
    node('One Item per Lead', 'n8n-nodes-base.splitOut', 1, 220, { fieldToSplitOut: 'body.leads' }),
    node('Contact in Chatwoot', `${packageJson.name}.chatwoot`, 1, 440,
      { resource: 'contact', operation: 'upsert', matchBy: 'phone', name: '={{ $json.name }}', phone: '={{ $json.phone }}' },
      { credentials: { chatwootAccessTokenApi: { id: '', name: 'Chatwoot account' } } }),
  ],
  connections: {
    'New Leads': { main: [[{ node: 'One Item per Lead', type: 'main', index: 0 }]] },
    'One Item per Lead': { main: [[{ node: 'Contact in Chatwoot', type: 'main', index: 0 }]] },
  },
};

/** Stores and publishes the workflow. */
export async function publishWorkflow({ main }: Cluster, sandbox: Sandbox): Promise<void> {
  const type = 'chatwootAccessTokenApi';
  const credential: StoredCredential = await main.client.createCredential(type, 'Chatwoot account', sandboxCredentialData(sandbox)[type]);
  const { id } = await main.client.importWorkflow(workflow, [credential]);
  await main.client.activate(id);
}

interface Lead {
  name: string;
  phone: string;
}

/** One call of the webhook. */
interface Delivery {
  leads: Lead[];
  /** 200 when n8n has run the workflow to its end; 0 when the sender gave up waiting. */
  status: number;
}

/** Leads that nobody has: Brazilian mobile numbers counted up from `from`. */
export function makeDeliveries(count: number, leadsEach: number, from: number): Delivery[] {
  return Array.from({ length: count }, (_, delivery) => ({
    status: 0,
    leads: Array.from({ length: leadsEach }, (__, lead) => {
      const number = from + delivery * leadsEach + lead;
      return { name: `Lead ${number}`, phone: `+55859${80_000_000 + number}` };
    }),
  }));
}

/**
 * Calls the webhook with each delivery, so many at a time, and notes what it answers. Milliseconds.
 *
 * @param patience how long the sender waits for an answer, in milliseconds. n8n can leave a call without one
 *   (docs/scaling.md)
 */
export async function deliver({ main }: Cluster, deliveries: Delivery[], atATime: number, patience = 300_000): Promise<number> {
  const start = performance.now();
  const waiting = [...deliveries];
  const sender = async () => {
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) {
      const answer = await axios
        .post(`${main.url}/webhook/leads`, { leads: delivery.leads }, { timeout: patience, validateStatus: () => true, proxy: false })
        .catch(() => undefined);
      delivery.status = answer?.status ?? 0;
    }
  };
  await Promise.all(Array.from({ length: atATime }, sender));
  return performance.now() - start;
}

/** Ends the worker without warning when Chatwoot has so many new contacts. */
export async function killAt(contacts: number, worker: Worker, sandbox: Sandbox): Promise<void> {
  const created = () => sandbox.requests.reduce((sum, { operationId, status }) => sum + Number(operationId === 'createContact' && status === 200), 0);
  while (created() < contacts) await new Promise((done) => setTimeout(done, 50));
  worker.kill();
}

/** What has become of the leads. */
export interface Tally {
  leads: number;
  /** Leads that Chatwoot has once. */
  once: number;
  /** Leads that Chatwoot does not have. */
  missing: string[];
  /** Leads for which Chatwoot was told to create a contact more than once, or has two. */
  twice: string[];
  /** Leads whose contact was written again after it was created. */
  updated: string[];
  /** Executions by the status n8n gives them. */
  executions: Record<string, number>;
}

/** Counts what arrived, by phone, since the sandbox's last reset. */
export function tally(deliveries: Delivery[], sandbox: Sandbox, { services }: Cluster): Tally {
  const phones = deliveries.flatMap(({ leads }) => leads.map(({ phone }) => phone));
  const stored = new Map<string, number>();
  const phoneOf = new Map<number, string>();
  for (const { id, phoneNumber } of sandbox.chatwoot.state.contacts.values()) {
    if (!phoneNumber) continue;
    stored.set(phoneNumber, (stored.get(phoneNumber) ?? 0) + 1);
    phoneOf.set(id, phoneNumber);
  }
  const creates = new Map<string, number>();
  const updates = new Set<string>();
  for (const { operationId, body, path } of sandbox.requests) {
    if (operationId === 'createContact') {
      const phone = String((body as { phone_number?: string }).phone_number);
      creates.set(phone, (creates.get(phone) ?? 0) + 1);
    } else if (operationId === 'updateContact') {
      updates.add(phoneOf.get(Number(path.split('/').pop())) ?? path);
    }
  }
  return {
    leads: phones.length,
    once: phones.filter((phone) => stored.get(phone) === 1).length,
    missing: phones.filter((phone) => !stored.has(phone)),
    twice: phones.filter((phone) => (creates.get(phone) ?? 0) > 1 || (stored.get(phone) ?? 0) > 1),
    updated: phones.filter((phone) => updates.has(phone)),
    executions: Object.fromEntries(services.query('select status, count(*) from execution_entity group by status order by status').map(([status, count]) => [status ?? '', Number(count)])),
  };
}
