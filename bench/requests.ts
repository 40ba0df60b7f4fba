import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { AnyNodeType } from '../test/harness/engine';
import type { Sandbox } from '../test/sandbox';
import { seedContacts } from '../test/sandbox/seed';

export type RequestVendor = 'callbell' | 'chatwoot' | 'kinbox';

/** One line of the table: how many requests a job takes. */
export interface RequestCount {
  vendor: RequestVendor;
  task: string;
  /** How the people are found: by one question for many, by one question for each, or by reading the list of all. */
  plan: 'batches' | 'list' | 'lookUps';
  items: number;
  requests: number;
  perItem: number;
  /** The most that is wanted for each of 1,000 items; undefined where none was set. */
  target?: number;
}

/** Runs one operation of a node for the items, and gives what it output. */
export type RunOperation = (vendor: RequestVendor, operation: { resource: string; operation: string; parameters: INodeParameters }, items: IDataObject[]) => Promise<IDataObject[]>;

const fields = { name: '={{ $json.name }}', phone: '={{ $json.phone }}' };
const withEmail = { ...fields, email: '={{ $json.email }}' };
const labels = ['vip', 'troca'];
const locator = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

/** Mobiles of Portugal have one spelling; those of Brazil have two, so a new person is looked for twice. */
const portuguese = (index: number): string => `+3519${10_000_000 + index}`;
const brazilian = (index: number): string => `+55859${80_000_000 + index}`;

const peopleOf = (count: number, phoneOf: (index: number) => string, first = 0): IDataObject[] => Array.from({ length: count }, (_, index) => ({
  name: `Ana Souza ${first + index}`, phone: phoneOf(first + index), email: `requests.${first + index}@example.com`,
}));

/** Every tenth has another name. */
const tenthChanged = (people: IDataObject[]): IDataObject[] => people.map((one, index) => (index % 10 === 0 ? { ...one, name: `${String(one.name)} changed` } : one));

/**
 * Counts the requests of the usual jobs in the sandbox.
 *
 * @param items contacts of a job
 */
export async function countRequests(sandbox: Sandbox, run: RunOperation, items: number): Promise<RequestCount[]> {
  const counts: RequestCount[] = [];
  const count = async (vendor: RequestVendor, plan: RequestCount['plan'], task: string, target: number | undefined, work: () => Promise<unknown>): Promise<void> => {
    const before = sandbox.metrics[vendor].requests;
    await work();
    const requests = sandbox.metrics[vendor].requests - before;
    counts.push({ vendor, task, plan, items, requests, perItem: Math.round((requests / items) * 1000) / 1000, ...(target === undefined ? {} : { target }) });
  };
  /** New people, the same again, and every tenth changed. */
  const job = async (vendor: RequestVendor, plan: RequestCount['plan'], parameters: INodeParameters, people: IDataObject[], kind: string, targets: { new?: number; same?: number; tenth?: number }) => {
    const upsert = async (rows: IDataObject[]) => await run(vendor, { resource: 'contact', operation: 'upsert', parameters }, rows);
    await count(vendor, plan, `Create or Update, new people${kind}`, targets.new, async () => await upsert(people));
    await count(vendor, plan, `Create or Update, nothing changed${kind}`, targets.same, async () => await upsert(people));
    await count(vendor, plan, `Create or Update, every tenth changed${kind}`, targets.tenth, async () => await upsert(tenthChanged(people)));
  };

  sandbox.reset();
  await job('chatwoot', 'batches', withEmail, peopleOf(items, brazilian), '', { new: 1.15, same: 0.15, tenth: 0.3 });
  await job('chatwoot', 'batches', { ...withEmail, labels }, peopleOf(items, brazilian, items), ', two labels', { new: 2.15, same: 0.35 });
  await count('chatwoot', 'batches', 'contact, labels, conversation with first message', 3.2, async () => {
    const contacts = await run('chatwoot', { resource: 'contact', operation: 'upsert', parameters: { ...withEmail, labels } }, peopleOf(items, brazilian, 2 * items));
    await run('chatwoot', { resource: 'conversation', operation: 'create', parameters: { contactId: locator('={{ $json.id }}'), inboxId: locator('2'), message: 'Hello' } }, contacts);
  });

  await job('kinbox', 'list', withEmail, peopleOf(items, brazilian), '', { new: 1.15, same: 0.15, tenth: 0.3 });
  await job('callbell', 'list', fields, peopleOf(items, brazilian), '', { new: 2.05, same: 1.05, tenth: 1.2 });
  await job('callbell', 'list', { ...fields, tags: ['VIP'] }, peopleOf(items, brazilian, items), ', a tag', { new: 2.05, same: 1.05, tenth: 1.2 });

  // Accounts that are too large to be read for so many items.
  sandbox.reset();
  seedContacts(sandbox, 'kinbox', items * 170);
  seedContacts(sandbox, 'callbell', 10_100);
  for (const [kind, phoneOf, first, newest] of [['', portuguese, 0, 2.05], [', Brazilian mobiles', brazilian, items, undefined]] as const) {
    await job('kinbox', 'lookUps', fields, peopleOf(items, phoneOf, first), kind, { new: newest, same: 1.05, tenth: 1.2 });
    await job('callbell', 'lookUps', fields, peopleOf(items, phoneOf, first), kind, { new: newest, same: 1.05, tenth: 1.2 });
  }
  return counts;
}


/** Runs the built nodes in n8n's engine. */
export async function nodeRunner(root: string, sandbox: Sandbox): Promise<RunOperation> {
  const { runNode } = await import('../test/harness/engine');
  const { credentials, credentialValues } = await import('../test/engine/support');
  const load = createRequire(join(root, 'package.json'));
  const names = { callbell: 'Callbell', chatwoot: 'Chatwoot', kinbox: 'Kinbox' } as const;
  return async (vendor, { resource, operation, parameters }, items) => {
    const name = names[vendor];
    const node = (load(join(root, 'dist', 'nodes', name, `${name}.node.js`)) as Record<string, AnyNodeType>)[name]!;
    const { error, rows } = await runNode(node, { resource, operation, ...parameters }, { credentials, credentialValues: credentialValues(sandbox), items });
    if (error) throw error;
    return rows;
  };
}
