/** The sandbox in a process of its own, so that its CPU and memory are not counted with the clients'; driven over IPC. */
import { chatwoot } from '../test/sandbox/chatwoot';
import { kinbox } from '../test/sandbox/kinbox';
import { startSandbox, type Sandbox, type SandboxOptions } from '../test/sandbox';
import type { Call, Handler, Handlers } from '../test/sandbox/types';
import type { Access, SandboxAccount, VendorName } from './types';
import { valueAt, vendors } from './vendors';

export type SandboxOrder =
  | { do: 'start' }
  /** Start over, then put `seed` contacts in, as rows number 0 and up. */
  | { do: 'prepare'; vendor: VendorName; seed: number; latency: number; perSecond?: number; workers?: number }
  | { do: 'account'; vendor: VendorName };

/** What an order answers: where the sandbox is, the ids of the seeded contacts, what happened since. */
export type SandboxReply = Access | string[] | SandboxAccount;

// Checking our own answers is for tests; a real vendor's server does not.
const options: SandboxOptions = { keepRequests: 0, validateAnswers: false };
let sandbox: Sandbox;
let cpu = process.cpuUsage();

async function obey(order: SandboxOrder): Promise<SandboxReply> {
  switch (order.do) {
    case 'start':
      sandbox = await startSandbox(options);
      return {
        kinbox: { url: sandbox.kinbox.url, token: sandbox.kinbox.tokens.v3 },
        chatwoot: { url: sandbox.chatwoot.url, token: sandbox.chatwoot.tokens.administrator, accountId: sandbox.chatwoot.accountId },
      };
    case 'prepare': {
      const { vendor, seed, latency, perSecond, workers } = order;
      // The listeners read the limits again at each reset.
      options.limits = perSecond === undefined ? {} : { [vendor]: { perSecond } };
      options.workers = workers === undefined ? {} : { [vendor]: workers };
      sandbox.reset();
      const ids = await seedContacts(vendor, seed);
      if (latency > 0) sandbox.inject({ kind: 'latency', vendor, ms: latency });
      cpu = process.cpuUsage();
      return ids;
    }
    case 'account': {
      const { user, system } = process.cpuUsage(cpu);
      const { requests, connections, maxSimultaneous, maxWaiting, throttled, statuses } = sandbox.metrics[order.vendor];
      return {
        requests, connections, maxSimultaneous, maxWaiting, throttled,
        succeeded: Object.entries(statuses).reduce((sum, [status, count]) => sum + (status.startsWith('2') ? count : 0), 0),
        cpuMs: (user + system) / 1000,
        violations: sandbox.violations.slice(0, 5).map(({ method, path, errors }) => `${method} ${path}: ${errors.join('; ')}`),
        contacts: contactsOf(order.vendor),
      };
    }
  }
}

/** Where the vendors' handlers create a contact, and where their answers have its id. */
const creation = {
  chatwoot: { definition: chatwoot, operationId: 'createContact', id: 'payload.contact.id', params: { account_id: 1 } },
  kinbox: { definition: kinbox, operationId: 'v3CreateContact', id: 'id', params: {} },
} as const;

/** Creates contacts with the vendor's own handler, but without HTTP in between. */
async function seedContacts(vendor: VendorName, count: number): Promise<string[]> {
  const { definition, operationId, id, params } = creation[vendor];
  const { state, url } = sandbox[vendor];
  const handler = (definition.handlers as Handlers<unknown>)[operationId] as Handler<unknown>;
  const { row, create } = vendors[vendor];
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const values = row(index);
    const call: Call = {
      state, operationId, method: create.method, path: create.path, params, query: {}, headers: {}, files: [], rawBody: Buffer.alloc(0),
      body: Object.fromEntries(Object.entries(create.body).map(([key, from]) => [key, values[from]])),
      identity: { kind: 'administrator', userId: 1, role: 'administrator', scopes: ['read', 'write', 'send'] },
      clock: sandbox.clock, url, options, deliver: async (delivery) => ({ ...delivery, vendor, at: Date.now() }), background: () => undefined,
    };
    ids.push(String(valueAt((await handler(call)).body, id)));
  }
  return ids;
}

function contactsOf(vendor: VendorName): SandboxAccount['contacts'] {
  const contacts = [...(sandbox[vendor].state as unknown as { contacts: Map<unknown, Record<string, unknown>> }).contacts.values()];
  return contacts.map(({ id, name, externalId, identifier }) => ({ id: String(id), key: String(externalId ?? identifier ?? ''), name: String(name ?? '') }));
}

process.on('message', (order: SandboxOrder) => {
  obey(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
