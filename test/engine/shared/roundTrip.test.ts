import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { foldName } from '../../../nodes/shared/values/names';
import { isNobody, isNothing } from '../../../nodes/shared/values/plain';
import { runWorkflow, type WorkflowResult } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { addContact as addCallbellContact } from '../../sandbox/callbell/contacts';
import { addContact as addKinboxContact, type KinboxContactFields } from '../../sandbox/kinbox/contacts';
import { credentials, credentialValues, secretsOf } from '../support';

/**
 * One contact through three systems, each node taking over what the one before gives. Whatever all three can hold comes
 * out as it went in; what one of them cannot hold is named beside its output, with the right counts.
 */
const runs = Number(process.env.ROUND_TRIPS ?? 10);
// On a busy machine as many as fit into the time of one test.
const search = { numRuns: runs, ...(process.env.ROUND_TRIPS ? {} : { interruptAfterTimeLimit: 35_000 }) };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
});

const nodeTypes = { Kinbox: new Kinbox(), Chatwoot: new Chatwoot(), Callbell: new Callbell() };

/** Runs a chain of contact operations; the first gets the contacts by their IDs. */
async function chain(ids: Array<string | number>, steps: Array<[name: string, vendor: keyof typeof nodeTypes, operation: string, parameters: INodeParameters]>): Promise<WorkflowResult> {
  const nodes = steps.map(([name, vendor, operation, parameters]) => ({ name, type: nodeTypes[vendor].description.name, parameters: { resource: 'contact', operation, ...parameters } }));
  const names = ['Start', ...nodes.map(({ name }) => name)];
  const result = await runWorkflow({
    nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 }, ...nodes],
    connections: Object.fromEntries(names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1]!, type: 'main' as const, index: 0 }]] }])),
  }, { nodes: Object.values(nodeTypes), input: ids.map((id) => ({ id })), startNode: 'Start', credentials, credentialValues: credentialValues(sandbox) });
  expect(sandbox.violations).toEqual([]);
  for (const secret of secretsOf(sandbox)) expect(result.visibleText()).not.toContain(secret);
  return result;
}

const picked: INodeParameters = { contactId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } } as unknown as INodeParameters;
const previous: INodeParameters = { contactSource: 'previousNode' };
const hintsOf = ({ hints }: WorkflowResult, node: string) => hints.filter((hint) => hint.node === node).map(({ message }) => message);
const count = (number: number) => (number === 1 ? '1 contact' : `${number} contacts`);

/** The same custom fields in all three accounts, each named and typed in the way of its system. */
function defineFields(): void {
  const limit = [...sandbox.chatwoot.state.attributeDefinitions.values()].find(({ key }) => key === 'limite_credito')!;
  limit.key = 'limite_de_credito';
  sandbox.callbell.state.customFields.push(
    { label: 'CPF', type: 'text' }, { label: 'Cidade', type: 'text' }, { label: 'Aniversário', type: 'date' }, { label: 'Limite de crédito', type: 'number' }, { label: 'Idade', type: 'number' },
    { label: 'Aceita novidades', type: 'text' }, { label: 'Interesse', type: 'dropdown', options: ['BOLOS', 'Café', 'Pão artesanal'] },
    { label: 'Canais', type: 'checkbox', options: ['WhatsApp', 'E-mail', 'Telefone'] }, { label: 'ID externo', type: 'text' },
  );
}

const word = (maxLength: number) => fc.string({ unit: fc.oneof(fc.constantFrom(...'abcdefgçãéíñ ABCXYZ0123-\'.&/🍞'), fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 1 })), minLength: 1, maxLength })
  .map((text) => text.replace(/[\p{C}\s]+/gu, ' ').trim()).filter((text) => text !== '' && !text.startsWith('[') && !isNothing(text) && !isNobody(text));
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const customFields = fc.record({
  cpf: optional(word(20)),
  cidade: optional(word(30)),
  aniversario: optional(fc.date({ min: new Date('1930-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))),
  'limite-de-credito': optional(fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100)),
  idade: optional(fc.integer({ min: 0, max: 120 })),
  'aceita-novidades': optional(fc.boolean()),
  interesse: optional(fc.constantFrom('cafe', 'pao-artesanal', 'bolos')),
  canais: optional(fc.subarray(['whatsapp', 'e-mail', 'telefone'], { minLength: 1 })),
});
/** Numbers and addresses differ by `index`, as two people's do. */
const person = fc.record({
  name: word(100),
  hasEmail: fc.boolean(),
  phone: fc.tuple(fc.constantFrom('5585', '5511', '351', '34'), fc.integer({ min: 0, max: 99_999 })),
  hasExternalId: fc.boolean(),
  notes: optional(fc.oneof({ weight: 4, arbitrary: word(200) }, { weight: 1, arbitrary: fc.constant('n'.repeat(1001)) })),
  hasPicture: fc.boolean(),
  customFields,
});

const withoutUndefined = <Value extends object>(value: Value) => Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<Value>;

function kinboxFields(one: typeof person extends fc.Arbitrary<infer Person> ? Person : never, index: number): KinboxContactFields {
  const [prefix, number] = one.phone;
  const subscriber = String(index * 100_000 + number).padStart(prefix === '34' || prefix === '351' ? 7 : 8, '0').slice(-7);
  const phone = { 5585: `558599${subscriber}`, 5511: `551199${subscriber}`, 351: `35191${subscriber}`, 34: `3461${subscriber}` }[prefix]!;
  return withoutUndefined({
    name: one.name,
    email: one.hasEmail ? `person${index}@example.com` : undefined,
    phone,
    externalId: one.hasExternalId ? `ERP-${index}` : undefined,
    notes: one.notes,
    avatar: one.hasPicture ? `https://example.com/${index}.jpg` : undefined,
    customFields: Object.fromEntries(Object.entries(withoutUndefined(one.customFields)).map(([key, value]) => [key, { value }])),
  });
}

describe('Kinbox → Chatwoot → Callbell → Kinbox', () => {
  it('loses nothing that all three can hold, and names what one of them cannot', async () => {
    await fc.assert(fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 5 }), async (people) => {
      sandbox.reset();
      defineFields();
      const { state } = sandbox.kinbox;
      const before = people.map((one, index) => addKinboxContact(state, kinboxFields(one, index), Date.parse('2026-01-05')));
      const result = await chain(before.map(({ id }) => id), [
        ['Read', 'Kinbox', 'get', picked],
        ['To Chatwoot', 'Chatwoot', 'upsert', { ...previous, whenMissing: 'create' }],
        ['To Callbell', 'Callbell', 'upsert', previous],
        ['Back', 'Kinbox', 'create', previous],
      ]);
      expect(result.error).toBeUndefined();

      const after = result.json('Back').map(({ id }) => state.contacts.get(Number(id))!);
      const held = ({ name, email, phone, externalId, notes, customFields: fields }: KinboxContactFields) => withoutUndefined({ name, email, phone, externalId, notes: (notes?.length ?? 0) > 1000 ? undefined : notes, customFields: fields });
      expect(after.map(held)).toEqual(before.map(held));

      const pictures = result.json('To Chatwoot').filter(({ avatarUrl }) => avatarUrl !== null).length;
      const longNotes = before.filter(({ notes }) => (notes?.length ?? 0) > 1000).length;
      const lost = [[longNotes, 'notes of more than 1000 characters'], [pictures, 'picture']] as Array<[number, string]>;
      const named = lost.filter(([number]) => number > 0).sort(([a], [b]) => b - a).map(([number, name]) => `${name} (${count(number)})`);
      expect(hintsOf(result, 'To Callbell')).toEqual(named.length ? [`Callbell contacts of this account cannot hold these, so they were left out: ${named.join(', ')}.`] : []);
      expect([...hintsOf(result, 'To Chatwoot'), ...hintsOf(result, 'Back')]).toEqual([]);

      // Once more changes nothing and makes nothing. Of two contacts with one phone nobody knows which is meant.
      for (const { id } of before) state.contacts.delete(Number(id));
      const sizes = () => [sandbox.chatwoot.state.contacts.size, sandbox.callbell.state.contacts.length, state.contacts.size];
      const size = sizes();
      const again = await chain(after.map(({ id }) => id), [
        ['Read', 'Kinbox', 'get', picked],
        ['To Chatwoot', 'Chatwoot', 'upsert', { ...previous, whenMissing: 'fail' }],
        ['To Callbell', 'Callbell', 'upsert', { ...previous, whenMissing: 'fail' }],
        ['Back', 'Kinbox', 'upsert', previous],
      ]);
      expect(again.error).toBeUndefined();
      expect(sizes()).toEqual(size);
    }), search);
  });
});

describe('Callbell → Chatwoot → Callbell, and → Kinbox', () => {
  it('keeps the tags, makes labels of them, and says which tags Kinbox has no place for', async () => {
    const tags = ['Call back', 'Interested', 'VIP', 'Cliente', 'Sem interesse'];
    await fc.assert(fc.asyncProperty(fc.array(fc.subarray(tags), { minLength: 1, maxLength: 4 }), async (sets) => {
      sandbox.reset();
      const { state } = sandbox.callbell;
      const before = sets.map((set, index) => addCallbellContact(state, { source: 'whatsapp', identifier: `55859900000${10 + index}`, phoneNumber: `+55 85 99000 00${10 + index}`, name: `Ana ${index}`, tags: set }, Date.parse('2026-01-05')));
      const result = await chain(before.map(({ uuid }) => uuid), [
        ['Read', 'Callbell', 'get', picked],
        ['To Chatwoot', 'Chatwoot', 'upsert', { ...previous, whenMissing: 'create' }],
        ['Back', 'Callbell', 'upsert', previous],
        ['To Kinbox', 'Kinbox', 'upsert', previous],
      ]);
      expect(result.error).toBeUndefined();
      expect(result.json('To Chatwoot').map((row) => (row.tags as string[]).map(foldName).sort())).toEqual(sets.map((set) => set.map(foldName).sort()));
      expect(result.json('Back').map(({ id, tags: kept }) => [id, [...(kept as string[])].sort()])).toEqual(before.map(({ uuid }, index) => [uuid, [...sets[index]!].sort()]));
      expect([...hintsOf(result, 'To Chatwoot'), ...hintsOf(result, 'Back')]).toEqual([]);

      const named = hintsOf(result, 'To Kinbox');
      const used = new Map<string, number>();
      for (const tag of sets.flat()) used.set(tag, (used.get(tag) ?? 0) + 1);
      expect(named).toHaveLength(used.size > 0 ? 1 : 0);
      for (const [tag, number] of used) expect(named[0]).toContain(`${tag} (${count(number)})`);
      expect(result.json('To Kinbox').map((row) => (row as IDataObject).name)).toEqual(before.map(({ name }) => name));
    }), search);
  });
});
