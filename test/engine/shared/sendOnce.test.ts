import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { onceKey } from '../../../nodes/shared/message/once';
import type { AnyNodeType } from '../../harness/engine';
import { fastClock } from '../../harness/fastClock';
import type { Vendor } from '../../sandbox';
import { addContact as addCallbellContact } from '../../sandbox/callbell/contacts';
import { mapped } from '../callbell/support';
import { addConversation, say } from '../chatwoot/threads';
import { apiToken } from '../kinbox/tokens';
import { byId, useNode, type Bench, type OperationOptions } from '../support';

jest.mock('../../../nodes/shared/http/pause', () => jest.requireActual<object>('../../harness/fastClock'));

const digits = ['5585988887701', '5585988887702'];
const key = (text: string) => onceKey(`message ${text}`);

interface Case {
  name: string;
  vendor: Vendor;
  type: AnyNodeType;
  /** Whatever the account needs; gives how the two people are named in an item. */
  people(bench: Bench): unknown[];
  fields(bench: Bench): INodeParameters;
  options?(bench: Bench): OperationOptions;
  sends: string;
  /** How many messages each of the two people has got. */
  got(bench: Bench): number[];
  /** Leaves a claim behind as a run that died; missing where the service itself takes a key once. */
  claim?(bench: Bench, entry: string): void;
}

const counted = (all: unknown[], people: unknown[]) => people.map((person) => all.filter((one) => String(one) === String(person)).length);
const stamp = (bench: Bench) => Math.floor(bench.sandbox.clock.now() / 1000).toString(36);
const callbellPeople = ({ sandbox: { callbell: { state }, clock } }: Bench) => {
  if (!state.customFields.some(({ label }) => label === 'Keys')) state.customFields.push({ label: 'Keys', type: 'text' });
  for (const phone of digits) addCallbellContact(state, { source: 'whatsapp', identifier: phone, phoneNumber: phone, name: phone }, clock.now());
  return digits.map((phone) => `+${phone}`);
};
const callbell: Omit<Case, 'name' | 'fields'> = {
  vendor: 'callbell', type: Callbell, people: callbellPeople, sends: 'sendMessage',
  got: ({ sandbox: { callbell: { state } } }) => counted([...state.sent.values()].map(({ contact }) => state.contactsByUuid.get(contact)!.phoneNumber), digits),
};
let threads: Array<{ displayId: number; id: number }> = [];

const cases: Case[] = [
  {
    name: 'Callbell with a claim field', ...callbell, fields: (bench) => ({ channelId: byId(bench.sandbox.callbell.state.channels[0]!.uuid), phone: '={{ $json.to }}', text: 'Seu pedido saiu', additionalFields: { sendOnce: '={{ $json.key }}', claimField: 'Keys' } }),
    claim({ sandbox: { callbell: { state } } }, entry) { state.contacts.find(({ phoneNumber }) => phoneNumber === digits[0])!.customFields.Keys = `${key('A-1')}=${entry.replaceAll(' ', '_')}`; },
  },
  {
    name: 'Chatwoot', vendor: 'chatwoot', type: Chatwoot, sends: 'createMessage',
    people(bench) {
      threads = [addConversation(bench, { contactId: 1 }), addConversation(bench, { contactId: 2 })];
      return threads.map(({ displayId }) => displayId);
    },
    fields: () => ({ conversationId: byId('={{ $json.to }}'), content: 'Seu pedido saiu', additionalFields: { sendOnce: '={{ $json.key }}' } }),
    got: ({ sandbox: { chatwoot: { state } } }) => counted([...state.messages.values()].filter(({ content }) => content === 'Seu pedido saiu').map(({ conversationId }) => conversationId), threads.map(({ id }) => id)),
    claim({ sandbox: { chatwoot: { state } } }, entry) { state.contacts.change(state.conversations.get(threads[0]!.id)!.contactId, (one) => { one.customAttributes = { ...one.customAttributes, [`n8n_campaign_${key('A-1')}`]: entry }; }); },
  },
  {
    name: 'Kinbox', vendor: 'kinbox', type: Kinbox, sends: 'sendMessage', people: () => digits.map((phone) => `+${phone}`), options: (bench) => apiToken(bench),
    fields: () => ({ channelId: byId('103'), to: '={{ $json.to }}', content: 'text', message: 'Seu pedido saiu', additionalFields: { sendOnce: '={{ $json.key }}' } }),
    got: ({ sandbox: { kinbox: { state } } }) => counted([...state.records.queue.values()].map(({ body }) => body.to), digits),
  },
];

describe.each(cases)('Send Only Once: $name', ({ name, vendor, type, people, fields, options, sends, got, claim }) => {
  const bench = useNode(name.split(' ')[0]!, type);
  let ana: unknown;
  let bia: unknown;
  beforeEach(() => {
    fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds);
    [ana, bia] = people(bench);
  });
  const send = async (...items: Array<[unknown, string]>) => await bench.run('message', 'send', fields(bench), { ...options?.(bench), items: items.map(([to, one]) => ({ to, key: one })) as IDataObject[] });
  const already = (rows: IDataObject[]) => rows.map(({ alreadySent }) => alreadySent === true);

  it('never sends a key twice to one person: not in one run, not in the next, and does to others and under other keys', async () => {
    const first = await send([ana, 'A-1'], [ana, 'A-1'], [bia, 'A-1']);
    expect(first.error).toBeUndefined();
    expect(already(first.rows)).toEqual([false, true, false]);
    expect(got(bench)).toEqual([1, 1]);
    const second = await send([ana, 'A-1'], [ana, 'A-2']);
    expect(second.error).toBeUndefined();
    expect(already(second.rows)).toEqual([true, false]);
    expect(got(bench)).toEqual([2, 1]);
  });

  it('finds the message of a lost answer, and sends it once', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor, operationId: sends, times: 1 });
    expect((await send([ana, 'A-1'])).error).toBeUndefined();
    expect((await send([ana, 'A-1'])).error).toBeUndefined();
    expect(got(bench)).toEqual([1, 0]);
  });

  it('is free again when the service refuses the message', async () => {
    bench.sandbox.inject({ kind: 'status', status: 403, vendor, operationId: sends, times: 1, body: { error: 'no', message: 'no' } });
    expect((await send([ana, 'A-1'])).error).toBeDefined();
    expect((await send([ana, 'A-1'])).error).toBeUndefined();
    expect(got(bench)).toEqual([1, 0]);
  });

  if (!claim) return;

  it('goes on where a run has died: it sends what was not sent, and finds what was', async () => {
    claim(bench, `claimed dead.1 ${stamp(bench)}`);
    expect(already((await send([ana, 'A-1'])).rows)).toEqual([false]);
    expect(got(bench)).toEqual([1, 0]);
    claim(bench, `claimed dead.1 ${stamp(bench)}`);
    expect(already((await send([ana, 'A-1'])).rows)).toEqual([true]);
    expect(got(bench)).toEqual([1, 0]);
  });

  it('says when it is not known, and does not send', async () => {
    claim(bench, 'unsure');
    expect((await send([ana, 'A-1'])).error?.message).toMatch(/^It is not known whether the message of this key has gone out before, so it was not sent/);
    expect(got(bench)).toEqual([0, 0]);
  });
});

describe('Send Only Once: Callbell without a claim field', () => {
  const bench = useNode('Callbell', Callbell);
  beforeEach(() => { fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds); });
  const send = async (fields: INodeParameters, additionalFields: INodeParameters = { sendOnce: 'A-1' }) => await bench.run('message', 'send', { channelId: byId(bench.sandbox.callbell.state.channels[0]!.uuid), phone: `+${digits[0]!}`, text: 'Seu pedido saiu', ...fields, additionalFields }, { skipSchema: true });

  it('leaves out who got the same text within a day', async () => {
    expect((await send({})).rows[0]).not.toHaveProperty('alreadySent');
    const again = await send({});
    expect(again.rows[0]).toMatchObject({ alreadySent: true, id: expect.any(String), status: null });
    expect(bench.sandbox.callbell.state.sent.size).toBe(1);
    for (const { messages } of bench.sandbox.callbell.state.contacts) for (const message of messages) message.at -= 25 * 3_600_000;
    expect((await send({})).rows[0]).not.toHaveProperty('alreadySent');
  });

  it.each([
    ['a file without a text', { messageType: 'document', fileUrl: 'https://files.example.com/f' }, { sendOnce: 'A-1' }, /^'Send Only Once' cannot tell files without a text apart/],
    ['somebody without a phone', { sendTo: 'bsuid', bsuid: 'BR.77' }, { sendOnce: 'A-1' }, /^'Send Only Once' needs a phone or a contact/],
    ['a claim field without a key', {}, { claimField: 'Keys' }, /^'Send Only Once' is empty, but 'Claim Field' is filled in/],
    ['a claim field that is none', {}, { sendOnce: 'A-1', claimField: 'Keys' }, /^'Claim Field' is 'Keys', which is no custom field/],
  ])('refuses %s before anything is sent', async (_, fields, additionalFields, message) => {
    expect((await send(fields, additionalFields)).error?.message).toMatch(message);
    expect(bench.sandbox.callbell.state.sent.size).toBe(0);
  });
});

describe('Send Only Once: templates and options', () => {
  const callbellBench = useNode('Callbell', Callbell);
  const chatwootBench = useNode('Chatwoot', Chatwoot);
  beforeEach(() => { fastClock.onJump = () => undefined; });
  const chatwootConversation = (inboxId: number) => byId(String(addConversation(chatwootBench, { inboxId }).displayId));

  it.each<[string, () => Bench, string, (bench: Bench) => INodeParameters]>([
    ['Callbell', () => callbellBench, 'sendTemplate', ({ sandbox: { callbell: { state } } }) => ({ channelId: byId(state.channels[0]!.uuid), phone: '+351910000111', templateId: byId(state.templates.find(({ title }) => title === 'Boas-vindas')!.uuid), templateValues: mapped({ 1: 'Ana' }), optIn: true })],
    ['Chatwoot', () => chatwootBench, 'sendTemplate', () => ({ conversationId: chatwootConversation(4), template: byId('bienvenida'), templateVariables: mapped({ body_nombre: 'Ana' }) })],
    ['Chatwoot', () => chatwootBench, 'sendInteractive', () => ({ conversationId: chatwootConversation(2), contentType: 'input_select', content: 'Qual?', selectOptions: { option: [{ title: 'A', value: 'a' }] } })],
  ])('%s %s %s: the second time nothing is sent', async (_, bench, operation, fields) => {
    const given = { ...fields(bench()), additionalFields: { sendOnce: 'A-1' } };
    const runs = [await bench().run('message', operation, given), await bench().run('message', operation, given)];
    expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(runs.map(({ rows }) => rows[0]!.alreadySent === true)).toEqual([false, true]);
    expect(bench().sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage' || operationId === 'createMessage')).toHaveLength(1);
  });
});

describe('Send Only Once: several messages of one item', () => {
  const bench = useNode('Chatwoot', Chatwoot);
  beforeEach(() => { fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds); });
  const file = { data: Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64'), mimeType: 'image/jpeg', fileName: 'f.jpg' };

  it('tells what is out when the next one is refused, and sends only the rest at the next try', async () => {
    const conversation = addConversation(bench, { inboxId: 4 });
    Object.assign(say(bench, conversation, 'Oi', { private: true }), { type: 0, private: false });
    const fields = { conversationId: byId(String(conversation.displayId)), content: 'Foto', attachments: 'a, b', additionalFields: { sendOnce: 'A-1' } };
    const send = async () => await bench.run('message', 'send', fields, { skipSchema: true, items: [{ json: {}, binary: { a: file, b: file } }] as never });
    const ours = () => [...bench.sandbox.chatwoot.state.messages.values()].filter(({ contentAttributes }) => contentAttributes.n8n_once);
    // The second message of the item.
    bench.sandbox.inject({ kind: 'latency', vendor: 'chatwoot', operationId: 'createMessage', times: 1, ms: 1 });
    const running = send();
    for (let tries = 0; tries < 500 && ours().length === 0; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 2); });
    bench.sandbox.inject({ kind: 'status', status: 422, vendor: 'chatwoot', operationId: 'createMessage', times: 1, body: { error: 'no' } });
    const first = await running;
    expect(first.error?.message).toMatch(/^Only 1 of 2 messages were sent/);
    expect(first.error?.description).toContain(`Sent are the messages ${ours()[0]!.id}`);
    const second = await send();
    expect(second.error).toBeUndefined();
    expect(second.rows).toHaveLength(2);
    expect(ours().map(({ contentAttributes }) => String(contentAttributes.n8n_once).split('.')[1] ?? '')).toEqual(['', '1']);
  });
});
