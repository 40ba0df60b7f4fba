import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { fieldsFor } from '../../../scripts/nodes';
import type { AnyNodeType } from '../../harness/engine';
import { fastClock } from '../../harness/fastClock';
import { addContact as addCallbellContact } from '../../sandbox/callbell/contacts';
import { addContact as addKinboxContact } from '../../sandbox/kinbox/contacts';
import { addSession } from '../../sandbox/kinbox/sessions';
import { apiToken } from '../kinbox/tokens';
import { byId, useNode, type Bench, type OperationOptions } from '../support';

jest.mock('../../../nodes/shared/http/pause', () => jest.requireActual<object>('../../harness/fastClock'));

const mapper = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, schema: Object.keys(value).map((id) => ({ id, displayName: id, required: false, defaultMatch: false, display: true, type: 'string' })) }) as unknown as INodeParameters;

interface Vendor {
  name: string;
  type: AnyNodeType;
  /** Channel, template and the value of its one variable. */
  fields(bench: Bench): INodeParameters;
  options(bench: Bench): OperationOptions;
  /** The call that sends, and the body of its refusal. */
  sends: string;
  refusal: object;
  /** Gives a person of this phone a contact with the tag `saiu`. */
  optOut(bench: Bench, digits: string): void;
  /** Messages that the vendor has taken, by digits of the phone. */
  taken(bench: Bench): string[];
}

const said = 'This number is not on WhatsApp';
const vendors: Vendor[] = [
  {
    name: 'Callbell', type: Callbell, sends: 'sendMessage', refusal: { error: said },
    fields({ sandbox: { callbell: { state } } }) {
      if (!state.customFields.some(({ label }) => label === 'Campaigns')) state.customFields.push({ label: 'Campaigns', type: 'text' });
      const template = state.templates.find(({ title }) => title === 'Boas-vindas')!;
      template.text = 'Seu pedido {{1}} saiu para entrega.';
      return { channelId: byId(state.channels[0]!.uuid), templateId: byId(template.uuid), templateValues: mapper({ 1: '={{ $json.value }}' }) };
    },
    options: () => ({}),
    optOut({ sandbox: { callbell: { state }, clock } }, digits) {
      state.tags.push('saiu');
      addCallbellContact(state, { source: 'whatsapp', identifier: digits, phoneNumber: digits, name: 'Opted Out', tags: ['saiu'] }, clock.now());
    },
    taken: ({ sandbox: { callbell: { state } } }) => [...state.sent.values()].map(({ contact }) => state.contactsByUuid.get(contact)!.phoneNumber!),
  },
  {
    name: 'Chatwoot', type: Chatwoot, sends: 'createMessage', refusal: { error: said },
    fields({ sandbox: { chatwoot: { state } } }) {
      const inbox = [...state.inboxes.values()].find(({ channelType }) => channelType === 'Channel::Whatsapp')!;
      (inbox.channel.message_templates as IDataObject[]).push({ name: 'pedido', language: 'pt_BR', status: 'APPROVED', category: 'MARKETING', components: [{ type: 'BODY', text: 'Seu pedido {{1}} saiu para entrega.' }] });
      return { inboxId: byId(String(inbox.id)), template: byId('pedido|pt_BR'), templateVariables: mapper({ body_1: '={{ $json.value }}' }) };
    },
    options: () => ({}),
    optOut({ sandbox: { chatwoot: { state } } }, digits) {
      const contact = [...state.contacts.values()].find(({ accountId, phoneNumber }) => accountId === 1 && phoneNumber)!;
      state.labels.set(900, { id: 900, accountId: 1, title: 'saiu', description: null, color: '#000000', showOnSidebar: false, createdAt: 0, updatedAt: 0 });
      state.contacts.change(contact.id, (one) => { one.phoneNumber = `+${digits}`; one.labels = ['saiu']; one.name = 'Opted Out'; });
    },
    taken: ({ sandbox: { chatwoot: { state } } }) => [...state.messages.values()].filter(({ contentAttributes }) => contentAttributes.n8n_once)
      .map(({ conversationId }) => state.contacts.get(state.conversations.get(conversationId)!.contactId)!.phoneNumber!.slice(1)),
  },
  {
    name: 'Kinbox', type: Kinbox, sends: 'sendMessage', refusal: { message: said },
    fields() {
      return { channelId: byId('103'), templateId: byId('902110002'), templateVariables: mapper({ body_1: '={{ $json.value }}' }) };
    },
    options: (bench) => apiToken(bench),
    optOut({ sandbox: { kinbox: { state }, clock } }, digits) {
      const contact = addKinboxContact(state, { phone: digits, name: 'Opted Out' }, clock.now());
      const tag = state.ids.number('tag', 900);
      state.tags.set(tag, { ...[...state.tags.values()][0]!, id: tag, name: 'saiu' });
      const session = addSession(state, { contactId: contact.id, channelId: 103 }, clock.now());
      session.tagIds = [tag];
    },
    taken: ({ sandbox: { kinbox: { state } } }) => [...state.records.queue.values()].map(({ body }) => String(body.to)),
  },
];

interface Row { phone: string; name: string; value: string; agreed: boolean; [key: string]: unknown }

/** Good, bad, doubled in two spellings, opted out, without consent, without a value; the vendor refuses the first. */
const rows: Row[] = [
  ...Array.from({ length: 22 }, (_, index): Row => ({ phone: `+55 85 98888-77${String(index).padStart(2, '0')}`, name: `Person ${index}`, value: `A-${index}`, agreed: true })),
  { phone: '(85) 98888-7701', name: 'Twice', value: 'x', agreed: true },
  { phone: '+55 85 8888-7702', name: 'Old spelling', value: 'x', agreed: true },
  { phone: '+55 85 98888-7799', name: 'Opted Out', value: 'x', agreed: true },
  { phone: '+55 85 97777-0001', name: 'No consent', value: 'x', agreed: false },
  { phone: '+55 85 97777-0002', name: 'No value', value: '', agreed: true },
  { phone: '12', name: 'Bad', value: 'x', agreed: true },
  { phone: '+351 910 000 111', name: 'Abroad', value: 'Ç', agreed: true },
  { phone: '+55 85 97777-0003', name: 'On the list', value: 'x', agreed: true },
];
const comparable = (output: IDataObject[]) => output.map(({ messageId, at, error, ...row }) => ({
  ...row, ...(error === undefined ? { ...(row.status === 'skipped' ? {} : { hasMessageId: messageId !== null }), hasTime: !Number.isNaN(Date.parse(String(at))) } : { error }),
}));

describe('campaign: send in the three nodes', () => {
  const results = new Map<string, { first: IDataObject[]; closed: IDataObject[]; again: IDataObject[]; taken: string[] }>();

  describe.each(vendors)('$name', ({ name, type, fields, options, sends, refusal, optOut, taken }) => {
    const bench = useNode(name, type);

    it('writes to whom it may, once, and says of the others why not', async () => {
      fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds);
      optOut(bench, '5585988887799');
      const parameters: INodeParameters = {
        campaignName: 'Novembro', dryRun: false, phone: '={{ $json.phone }}', recipientName: '={{ $json.name }}', optIn: '={{ $json.agreed }}', leaveOutTags: ['Saiu'],
        pacing: { perMinute: 0 }, safety: { skip: '["(85) 97777-0003"]' }, ...fields(bench),
      };
      const send = async (more: INodeParameters, executionId: string) => await bench.run('campaign', 'send', { ...parameters, ...more }, { ...options(bench), items: rows as never, continueOnFail: true, skipSchema: executionId !== '1', executionId });
      const hour = (offset: number) => `${String(new Date(Date.now() + offset * 3_600_000).getUTCHours()).padStart(2, '0')}:00`;
      const closed = await send({ sendingHours: { from: hour(2), until: hour(3), timezone: 'UTC' } }, '0');
      expect(closed.error).toBeUndefined();
      bench.sandbox.inject({ kind: 'status', status: 422, vendor: name.toLowerCase() as never, operationId: sends, times: 1, body: refusal });
      const first = await send({ additionalFields: { report: true } }, '1');
      expect(first.error).toBeUndefined();
      // Of the one campaign the first item has the page.
      expect(first.first.map(({ binary }) => binary?.report?.fileName).filter(Boolean)).toEqual(['Novembro.html']);
      expect(first.first[0]!.binary).toBeDefined();
      const again = await send({}, '2');
      expect(again.error).toBeUndefined();
      results.set(name, { first: comparable(first.rows), closed: comparable(closed.rows), again: comparable(again.rows), taken: taken(bench).sort() });
      const counts: Record<string, number> = {};
      for (const { status, error } of first.rows) counts[String(error === undefined ? status : 'error')] = (counts[String(error === undefined ? status : 'error')] ?? 0) + 1;
      expect(counts).toEqual({ queued: 22, failed: 1, skipped: 5, notSent: 1, error: 1 });
      // Whom the vendor refused is tried again; nobody else is written to twice.
      expect(again.rows[0]).toMatchObject({ status: 'queued' });
      expect(new Set(taken(bench)).size).toBe(taken(bench).length);
      expect(taken(bench)).toHaveLength(23);
    });
  });

  it('gives the same rows in all three', () => {
    const [callbell, chatwoot, kinbox] = vendors.map(({ name }) => results.get(name)!);
    for (const other of [chatwoot, kinbox]) expect(other).toEqual(callbell);
  });

  it('has the same fields, in the same order, with the same names', () => {
    const campaignFields = (type: AnyNodeType) => fieldsFor(new (type as new () => INodeType)().description.properties, 'campaign', 'send')
      .filter(({ name }) => !['resource', 'operation', 'options'].includes(name)).map(({ displayName }) => displayName);
    const own = ['Channel', 'Inbox', 'Account', 'Header Media', 'Header From', 'Header URL', 'Input Data Field Name', 'Template Fields'];
    const [callbell, chatwoot, kinbox] = vendors.map(({ type }) => campaignFields(type).filter((label) => !own.includes(label)));
    expect(callbell).toEqual([
      'Campaign Name', 'Dry Run', 'Recipients', 'Phone', 'Default Country', 'Name', 'Tags', 'Match Tags', 'Leave Out Tags', 'Max Recipients', 'Template', 'Template Variables', 'Contact Has Opted In',
      'Pacing', 'Sending Hours', 'Safety', 'Additional Fields',
    ]);
    expect(chatwoot).toEqual(callbell);
    expect(kinbox).toEqual(callbell);
  });
});
