import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { receive } from '../../sandbox/callbell/messages';
import type { Sandbox, Vendor } from '../../sandbox';
import { addConversation } from '../chatwoot/threads';
import { mapped } from '../callbell/support';
import { byId, useNode, type Bench } from '../support';

const callbell = useNode('Callbell', Callbell);
const chatwoot = useNode('Chatwoot', Chatwoot);
const kinbox = useNode('Kinbox', Kinbox);

interface Case {
  vendor: Vendor;
  bench: Bench;
  resource: string;
  operation: string;
  call: string;
  fields: (sandbox: Sandbox) => INodeParameters;
  count: (sandbox: Sandbox) => number;
  what: string;
}

const hintsOf = ({ hints }: { hints?: Array<{ message: string }> }) => (hints ?? []).map(({ message }) => message);
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const conversation = () => byId(String(([...chatwoot.sandbox.chatwoot.state.conversations.values()][0] ?? addConversation(chatwoot)).displayId));

/** Somebody who has just written to Callbell, and may be written to. */
const writer = () => {
  const { state } = callbell.sandbox.callbell;
  const contact = state.contacts.find(({ source, phoneNumber }) => source === 'whatsapp' && phoneNumber)!;
  if (contact.messages.at(-1)?.status !== 'received') receive(state, contact, 'Oi', callbell.sandbox.clock.now());
  return `+${contact.phoneNumber!.replace(/\D/g, '')}`;
};
const callbellChannel = () => byId(callbell.sandbox.callbell.state.channels[0]!.uuid);

const cases: Case[] = [
  { vendor: 'callbell', bench: callbell, resource: 'contact', operation: 'create', call: 'createContact', what: 'contact', fields: () => ({ identifier: '+351910000222', name: 'Rita' }), count: ({ callbell: { state } }) => state.contacts.length },
  { vendor: 'callbell', bench: callbell, resource: 'message', operation: 'send', call: 'sendMessage', what: 'message', count: ({ callbell: { state } }) => state.sent.size, fields: () => ({ channelId: callbellChannel(), phone: writer(), text: 'Seu pedido saiu' }) },
  {
    vendor: 'callbell', bench: callbell, resource: 'message', operation: 'sendTemplate', call: 'sendMessage', what: 'message', count: ({ callbell: { state } }) => state.sent.size,
    fields: ({ callbell: { state } }) => ({ channelId: callbellChannel(), phone: '+351910000111', templateId: byId(state.templates.find(({ title }) => title === 'Boas-vindas')!.uuid), templateValues: mapped({ 1: 'Ana' }), optIn: true }),
  },
  { vendor: 'chatwoot', bench: chatwoot, resource: 'message', operation: 'send', call: 'createMessage', what: 'message', fields: () => ({ conversationId: conversation(), content: 'Seu pedido saiu' }), count: ({ chatwoot: { state } }) => [...state.messages.values()].filter(({ content }) => content === 'Seu pedido saiu').length },
  { vendor: 'chatwoot', bench: chatwoot, resource: 'contactNote', operation: 'create', call: 'createContactNote', what: 'note', fields: () => ({ contactId: byId('1'), content: 'Ligou hoje' }), count: ({ chatwoot: { state } }) => [...state.notes.values()].filter(({ content }) => content === 'Ligou hoje').length },
  { vendor: 'chatwoot', bench: chatwoot, resource: 'conversation', operation: 'create', call: 'createConversation', what: 'conversation', fields: () => ({ contactId: byId('1'), inboxId: byId('2'), additionalFields: { newLink: true } }), count: ({ chatwoot: { state } }) => state.conversations.size },
  {
    vendor: 'chatwoot', bench: chatwoot, resource: 'campaign', operation: 'create', call: 'createCampaign', what: 'campaign', count: ({ chatwoot: { state } }) => state.campaigns.length,
    fields: ({ chatwoot: { state } }) => ({ campaignKind: 'oneOff', title: 'Natal', message: 'Boas festas', inboxId: byId(String([...state.inboxes.values()].find(({ channelType }) => channelType === 'Channel::Sms')!.id)), scheduledAt: tomorrow(), audience: ['1'] }),
  },
  {
    vendor: 'kinbox', bench: kinbox, resource: 'campaign', operation: 'create', call: 'v3CreateCampaign', what: 'campaign', count: ({ kinbox: { state } }) => [...state.campaigns.values()].length,
    fields: () => ({ name: 'Natal', channelId: byId('103'), channelType: '1', leadType: 'file', leadsAssetUrl: 'https://example.com/customers.csv', message: 'Boas festas', scheduledTo: tomorrow() }),
  },
  {
    vendor: 'kinbox', bench: kinbox, resource: 'deal', operation: 'create', call: 'v3CreateDeal', what: 'deal', count: ({ kinbox: { state } }) => [...state.records.deals.values()].length,
    fields: ({ kinbox: { state } }) => {
      const [pipeline] = [...state.pipelines.values()];
      return { name: 'Pedido A-1', contactId: byId(String([...state.contacts.values()][0]!.id)), pipelineId: byId(String(pipeline!.id)), stageId: byId(String(pipeline!.stages[0]!.id)), value: 10 };
    },
  },
  { vendor: 'kinbox', bench: kinbox, resource: 'task', operation: 'create', call: 'v3CreateTask', what: 'task', fields: () => ({ name: 'Ligar', operatorId: byId('42') }), count: ({ kinbox: { state } }) => state.records.tasks.size },
];

describe.each(cases)('an answer that is lost: $vendor $resource: $operation', ({ bench, vendor, resource, operation, call, fields, count, what }) => {
  const run = async (options: object = {}) => await bench.run(resource, operation, fields(bench.sandbox), { skipSchema: true, ...options });

  it('what was made is found, and given as if it had been answered', async () => {
    const before = count(bench.sandbox);
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor, operationId: call, times: 1 });
    const result = await run();
    expect(result.error).toBeUndefined();
    expect(result.rows).toHaveLength(1);
    expect(result.rows[0]!.id).toBeTruthy();
    expect(count(bench.sandbox) - before).toBe(1);
    expect(result.requests.filter(({ operationId }) => operationId === call)).toHaveLength(1);
    expect(hintsOf(result)).toContainEqual(expect.stringContaining(`was lost; the ${what} that it had made was found, and not made again`));
  });

  it('what was not made stays unsure, is not repeated, and is told', async () => {
    const before = count(bench.sandbox);
    bench.sandbox.inject({ kind: 'reset', vendor, operationId: call, times: 1 });
    const { error, requests } = await run();
    expect(error?.description).toMatch(/It is not known whether \w+ has carried the request out, so it was not sent again\./);
    expect(error?.description).toContain(`It was looked for: there is no such ${what} yet`);
    expect(count(bench.sandbox)).toBe(before);
    expect(requests.filter(({ operationId }) => operationId === call)).toHaveLength(1);
  });

  it('two items that make the same: neither is taken for the other', async () => {
    const before = count(bench.sandbox);
    bench.sandbox.inject({ kind: 'reset', vendor, operationId: call, times: 1 });
    const { rows } = await run({ items: [{ a: 1 }, { a: 2 }] as IDataObject[], continueOnFail: true });
    expect(rows.filter((row) => 'error' in row)).toHaveLength(1);
    expect(count(bench.sandbox) - before).toBe(1);
  });

  it('an old one with the same content is not taken for the new one', async () => {
    bench.sandbox.clock.advance(-60_000);
    expect((await run()).error).toBeUndefined();
    bench.sandbox.clock.advance(60_000);
    const before = count(bench.sandbox);
    bench.sandbox.inject({ kind: 'reset', vendor, operationId: call, times: 1 });
    const { error } = await run();
    expect(error?.description).toContain(`there is no such ${what} yet`);
    expect(count(bench.sandbox)).toBe(before);
  });
});
