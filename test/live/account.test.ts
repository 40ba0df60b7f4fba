import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { CallbellApi } from '../../credentials/CallbellApi.credentials';
import { KinboxApi } from '../../credentials/KinboxApi.credentials';
import { resources as callbellResources } from '../../nodes/Callbell/actions';
import { Callbell } from '../../nodes/Callbell/Callbell.node';
import { resources as kinboxResources } from '../../nodes/Kinbox/actions';
import { Kinbox } from '../../nodes/Kinbox/Kinbox.node';
import { runNode } from '../harness/engine';
import { checkSchema } from '../harness/schemas';
import { startSandbox, type Sandbox } from '../sandbox';
import { accountPage } from './accountPage';

/** `npm run test:live -- --vendor kinbox`: *Check This Account*, each Get Many through the node, and with --write what can be taken back. */
const { LIVE_VENDOR = '', LIVE_WRITE, REAL_SANDBOX, REAL_OUT, KINBOX_TOKEN, KINBOX_TOKEN_KIND = 'v1', KINBOX_HOST, CALLBELL_TOKEN, CALLBELL_URL } = process.env;

const vendors = {
  kinbox: {
    name: 'Kinbox', node: Kinbox, check: { resource: 'workspace', operation: 'check' }, resources: kinboxResources, type: 'kinboxApi', token: KINBOX_TOKEN, variable: 'KINBOX_TOKEN',
    credential: { generation: KINBOX_TOKEN_KIND, ...(KINBOX_HOST ? { host: KINBOX_HOST } : {}) } as ICredentialDataDecryptedObject,
    ofSandbox: ({ kinbox }: Sandbox): ICredentialDataDecryptedObject => ({ token: KINBOX_TOKEN_KIND === 'v3' ? kinbox.tokens.v3 : kinbox.tokens.api, host: kinbox.url }),
    writes: [{ resource: 'tag', id: 'tagId', create: { name: 'Test, please delete' }, update: { name: 'Test, please delete 2' } }],
  },
  callbell: {
    name: 'Callbell', node: Callbell, check: { resource: 'account', operation: 'check' }, resources: callbellResources, type: 'callbellApi', token: CALLBELL_TOKEN, variable: 'CALLBELL_TOKEN',
    credential: (CALLBELL_URL ? { baseUrl: CALLBELL_URL } : {}) as ICredentialDataDecryptedObject,
    ofSandbox: ({ callbell }: Sandbox): ICredentialDataDecryptedObject => ({ token: callbell.token, baseUrl: callbell.url }),
    // No contact: one that is there already would be deleted in the end.
    writes: [{ resource: 'customStatus', id: 'customStatusId', create: { name: 'Test, please delete' }, update: { name: 'Test, please delete 2' } }],
  },
};
const vendor = vendors[LIVE_VENDOR as keyof typeof vendors];
if (!vendor) throw new Error("Name the service: npm run test:live -- --vendor kinbox, or callbell");

let sandbox: Sandbox | undefined;
let credential: ICredentialDataDecryptedObject;
const rows: IDataObject[] = [];
const folder = REAL_OUT ?? join('artifacts', `live-${LIVE_VENDOR}`);

beforeAll(async () => {
  sandbox = REAL_SANDBOX === '1' ? await startSandbox() : undefined;
  if (!sandbox && !vendor.token) throw new Error(`Set ${vendor.variable}, or run it with --sandbox (test/live/README.md)`);
  credential = { ...vendor.credential, ...(sandbox ? vendor.ofSandbox(sandbox) : { token: vendor.token! }) };
});
afterAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'account.json'), JSON.stringify(rows, null, 2));
  writeFileSync(join(folder, 'account.html'), accountPage(vendor.name, rows));
  console.log(`${rows.filter(({ outcome }) => outcome === 'ok').length} of ${rows.length} as expected; the report: ${join(folder, 'account.html')}`);
  await sandbox?.close();
});

const run = async (resource: string, operation: string, parameters: INodeParameters = {}) => await runNode(vendor.node, { resource, operation, ...parameters }, {
  credentials: [KinboxApi, CallbellApi], credentialValues: { [vendor.type]: credential },
});
const bad = (found: IDataObject[]) => found.filter(({ outcome }) => outcome === 'differs' || outcome === 'failed').map(({ operation, call, status, differences, reason }) => ({ operation, call, status, differences, reason }));

/** Runs an operation and adds a row that says nothing of its data. */
async function tried(operation: string, call: string, work: () => Promise<IDataObject[]>): Promise<IDataObject[]> {
  try {
    const found = await work();
    rows.push({ operation, call, outcome: 'ok', rows: found.length });
    return found;
  } catch (error) {
    const { message } = error as Error;
    const needsOther = /needs? the (?:API Token|Token V3)|does not allow/.test(message);
    // Of a preview's complaint only the places are kept.
    rows.push({ operation, call, outcome: needsOther ? 'notAllowed' : 'differs', reason: message.split('\n')[0]!.replace(/\d{3,}|\S{0,100}@\S{0,100}/g, '…').slice(0, 300) });
    return [];
  }
}

async function rowsOf(resource: string, operation: string, parameters: INodeParameters = {}): Promise<IDataObject[]> {
  const result = await run(resource, operation, parameters);
  if (result.error) throw result.error;
  return result.rows;
}

it(`${vendor.name}: every call is as this package knows it`, async () => {
  const { rows: found, error } = await run(vendor.check.resource, vendor.check.operation);
  expect(error?.message).toBeUndefined();
  rows.push(...found);
  expect(found.length).toBeGreaterThan(10);
  expect(bad(found)).toEqual([]);
});

it(`${vendor.name}: each Get Many is as its preview shows it`, async () => {
  const before = rows.length;
  for (const { option, operations } of vendor.resources) {
    if (!operations.some(({ option: { value } }) => value === 'getAll')) continue;
    await tried(`${option.value}:getAll`, 'in the node', async () => {
      const found = await rowsOf(option.value, 'getAll', { limit: 3 });
      checkSchema(vendor.name, option.value, 'getAll', found);
      return found;
    });
  }
  expect(bad(rows.slice(before))).toEqual([]);
});

(LIVE_WRITE === '1' ? it : it.skip)(`${vendor.name}: what is made can be read, changed and deleted`, async () => {
  const before = rows.length;
  for (const { resource, id, create, update } of vendor.writes) {
    const [made] = await tried(`${resource}:create`, 'in the node', async () => await rowsOf(resource, 'create', create as INodeParameters));
    if (made?.id === undefined) continue;
    const record = { [id]: { __rl: true, mode: 'id', value: String(made.id) } } as INodeParameters;
    await tried(`${resource}:update`, 'in the node', async () => await rowsOf(resource, 'update', { ...record, ...(update as INodeParameters) }));
    await tried(`${resource}:get`, 'in the node', async () => await rowsOf(resource, 'get', record));
    await tried(`${resource}:delete`, 'in the node', async () => await rowsOf(resource, 'delete', record));
  }
  expect(bad(rows.slice(before))).toEqual([]);
});
