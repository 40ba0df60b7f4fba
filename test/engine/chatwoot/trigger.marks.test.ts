/** What the trigger makes of single events of Chatwoot: their marks, what starts nothing by default, what is lost to nobody. */
import { createHmac } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ChatwootTrigger } from '../../../nodes/Chatwoot/ChatwootTrigger.node';
import { restoreMissing } from '../../../nodes/Chatwoot/trigger/watch';
import { fingerprint } from '../../../nodes/shared/trigger/webhook';
import { hook, webhookCall, type TriggerOptions } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { byId, credentials, credentialValues } from '../support';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.close());

const options = (parameters: INodeParameters, more: TriggerOptions = {}): TriggerOptions => ({
  credentials, credentialValues: credentialValues(sandbox), instanceUrl: 'https://n8n.example.com', parameters: { registration: 'manual', acceptUnsigned: true, ...parameters }, ...more,
});
/** Hands a delivery to the trigger. */
const call = async (body: object, parameters: INodeParameters = {}, more: TriggerOptions & { headers?: Record<string, string> } = {}) =>
  await webhookCall(ChatwootTrigger, { ...options({ events: ['message_created'], ...parameters }, more), rawBody: JSON.stringify(body), headers: { 'content-type': 'application/json', ...more.headers } });

const contact = { id: 9, name: 'Ana', email: 'ana@example.com', phone_number: '+5511999990000', identifier: null as string | null };
let ids = 1000;
function message(more: IDataObject = {}, conversation: IDataObject = {}): IDataObject {
  const id = (ids += 1);
  return {
    event: 'message_created', id, account: { id: 1 }, content: 'Olá', content_type: 'text', content_attributes: {}, message_type: 'incoming', private: false, sender: contact, inbox: { id: 2, name: 'Loja' }, created_at: '2026-05-11T10:00:00.000Z',
    conversation: { id: 12, inbox_id: 2, status: 'open', channel: 'Channel::Api', can_reply: true, labels: ['vip'], custom_attributes: { pedido: 7 }, additional_attributes: {}, contact_inbox: { source_id: 'abc' }, meta: { sender: { ...contact, type: 'contact' }, assignee: { id: 2, name: 'Caio' }, team: { id: 1, name: 'Vendas' } }, messages: [{ id, status: 'delivered' }], ...conversation },
    ...more,
  };
}

describe('trigger: marks of a message', () => {
  it('the conversation around it, its files, places and cards', async () => {
    const attachments = [
      null, { file_type: 'audio', data_url: 'https://x.example/voz.ogg', file_size: 900, transcribed_text: 'bom dia' },
      { file_type: 'location', coordinates_lat: -3.7, coordinates_long: -38.5, fallback_title: 'Praia' }, { file_type: 'contact', fallback_title: '+5585988887777', meta: { firstName: 'Rui', lastName: 'Paz' } },
    ];
    const { json } = await call(message({ attachments, content_attributes: { in_reply_to: 700, email: { subject: 'Pedido' } } }));
    expect(json[0]).toMatchObject({
      channel: 'Channel::Api', canReply: true, assignee: 'Caio', team: 'Vendas', labels: ['vip'], customAttributes: { pedido: 7 }, sourceId: 'abc', replyTo: '700', subject: 'Pedido', status: 'delivered',
      files: [{ type: null }, { type: 'audio', url: 'https://x.example/voz.ogg', size: 900, transcript: 'bom dia' }, { type: 'location' }, { type: 'contact', title: '+5585988887777', name: 'Rui Paz' }],
      location: { latitude: -3.7, longitude: -38.5, name: 'Praia' },
    });
  });

  it('what bridges and channels say in attributes, unknown ones in one key', async () => {
    const { json } = await call(message({ content: 'Quero 3', content_attributes: { is_edited: true, previous_content: 'Quero 2', referral: { source_id: 'ad-1' }, n8n_workflow: 'x', poll: { question: 'Sabor?' } } }));
    expect(json[0]).toMatchObject({ edited: true, previousContent: 'Quero 2', referral: { source_id: 'ad-1' }, extra: { poll: { question: 'Sabor?' } } });
    const [unsupported] = (await call(message({ content: null, content_attributes: { is_unsupported: true } }))).json;
    expect(unsupported).toMatchObject({ unsupported: true, content: null, files: [], extra: {} });
  });

  it('a person without phone has the name of the network', async () => {
    const sender = { id: 5, name: 'Bia', additional_attributes: { username: 'bia.doces' } };
    expect((await call(message({ sender }))).json[0]).toMatchObject({ username: 'bia.doces', contact: { id: '5', phone: null, username: 'bia.doces' } });
  });

  it('the status of another, newer message is not its own', async () => {
    expect((await call(message({}, { messages: [{ id: 1, status: 'read' }] }))).json[0]?.status).toBeNull();
  });
});

it('Detect Opt-Outs reads what people write', async () => {
  const told = async (content: string) => (await call(message({ content }), { detectOptOut: true })).json[0]?.optOut;
  expect([await told('Parar promoções'), await told('cancelar'), await told('quero 3')]).toEqual(['yes', 'unsure', 'no']);
  expect((await call(message())).json[0]).not.toHaveProperty('optOut');
});

describe('trigger: starts nothing by default, and tells by a mark when it is wanted', () => {
  const mail = (attributes: IDataObject, sender = contact) => message({ sender, content_attributes: attributes }, { channel: 'Channel::Email' });
  it.each([
    ['an absence note', () => mail({ email: { auto_reply: true } }), 'automaticMails', { automatic: true }],
    ['a mail in a conversation that a robot began', () => message({}, { additional_attributes: { auto_reply: true } }), 'automaticMails', { automatic: true }],
    ['a bounce', () => mail({}, { ...contact, email: 'MAILER-DAEMON@mx.example.com' }), 'automaticMails', { automatic: true }],
    ['a mail that nobody may answer', () => mail({ email: {} }, { ...contact, email: 'no-reply+77@loja.example' }), 'automaticMails', { automatic: true }],
    ['a WhatsApp group', () => message({ sender: { ...contact, identifier: '1203630@g.us' } }), 'groups', { isGroup: true }],
    ['a channel, by its source ID', () => message({}, { contact_inbox: { source_id: '1203@newsletter' } }), 'groups', { isGroup: true }],
    ['a status list', () => message({ sender: { ...contact, identifier: 'status@broadcast' } }), 'groups', { isGroup: true }],
    ['a reaction', () => message({ content: '❤️', content_attributes: { is_reaction: true } }), 'reactions', { reaction: true }],
    ['a message that is gone already', () => message({ content: 'This message was deleted', content_attributes: { deleted: true } }), 'deletedMessages', { deleted: true, content: null }],
  ] as Array<[string, () => IDataObject, string, IDataObject]>)('%s', async (_what, body, filter, marks) => {
    expect((await call(body())).started).toBe(false);
    expect((await call(body(), { events: ['first_message', 'conversation_created'] })).started).toBe(false);
    expect((await call(body(), { filters: { [filter]: true } })).json).toMatchObject([marks]);
  });

  it('but a person in a conversation that a robot began is heard', async () => {
    expect((await call(mail({ email: { auto_reply: false } }))).started).toBe(true);
    expect((await call(message({ content_attributes: { email: { auto_reply: false } } }, { additional_attributes: { auto_reply: true } }))).started).toBe(true);
    // A name that only looks like it, and a phone channel.
    expect((await call(mail({}, { ...contact, email: 'noreplyana@example.com' }))).started).toBe(true);
  });

  it('a new conversation by a robot or a group', async () => {
    const made = (more: IDataObject) => ({ event: 'conversation_created', id: (ids += 1), account: { id: 1 }, meta: { sender: { ...contact } }, additional_attributes: {}, ...more });
    const started = async (more: IDataObject) => (await call(made(more), { events: ['conversation_created'] })).started;
    expect([await started({}), await started({ additional_attributes: { auto_reply: true } }), await started({ meta: { sender: { ...contact, identifier: 'x@g.us' } } })]).toEqual([true, false, false]);
  });
});

describe('trigger: who has written', () => {
  it.each([
    ['the contact', message(), 'contact'],
    ['the contact, though the server names somebody else', message({ sender: null }), 'contact'],
    ["the shop's own phone", message({ message_type: 'outgoing', sender: null, content_attributes: { external_echo: true } }), 'user'],
    ['an agent', message({ message_type: 'outgoing', sender: { id: 2, type: 'user' } }), 'user'],
    ['a rule', message({ message_type: 'outgoing', sender: null, content_attributes: { automation_rule_id: 3 } }), 'agent_bot'],
    ['a campaign', message({ message_type: 'outgoing', sender: null, additional_attributes: { campaign_id: 3 } }), 'agent_bot'],
    ['a survey', message({ message_type: 'template', sender: null, content_type: 'input_csat' }), 'agent_bot'],
    ['the assistant', message({ message_type: 'outgoing', sender: { id: 1, type: 'captain_assistant' } }), 'agent_bot'],
    ['a bot', message({ message_type: 'outgoing', sender: { id: 1, type: 'agent_bot' } }), 'agent_bot'],
  ] as Array<[string, IDataObject, string]>)('%s', async (_who, body, kind) => {
    const { json } = await call(body, { filters: { direction: 'all' } });
    expect(json).toMatchObject([{ senderType: kind }]);
    for (const one of ['contact', 'user', 'agent_bot']) expect((await call({ ...body, id: (ids += 1) }, { filters: { direction: 'all', senders: [one] } })).started).toBe(one === kind);
  });
});

describe('trigger: updates of messages', () => {
  const updated = (attributes: IDataObject = {}, more: IDataObject = {}, conversation: IDataObject = {}): IDataObject => ({ ...message({ message_type: 'outgoing', sender: { id: 1, name: 'Marina', type: 'user' }, content_attributes: attributes, ...more }, conversation), event: 'message_updated' });
  const events = ['message_updated'];

  it.each([
    ['delivered', updated(), { status: 'delivered', error: null, deleted: false }],
    ['failed', updated({ external_error: '131026: Message undeliverable' }, {}, { messages: [] }), { status: 'failed', error: '131026: Message undeliverable' }],
    ['deleted', updated({ deleted: true }, { content: 'This message was deleted' }), { deleted: true, content: null }],
    ['answered', updated({ submitted_values: [{ name: 'n', value: 'Ana' }] }), { answers: [{ name: 'n', value: 'Ana' }] }],
  ] as Array<[string, IDataObject, IDataObject]>)('%s: starts without a filter', async (_what, body, expected) => {
    expect((await call(body, { events })).json).toMatchObject([expected]);
  });

  it("what becomes of the workflow's own messages starts it not, the customer's answer does", async () => {
    const workflowId = 'own-workflow';
    const mark = { n8n_workflow: fingerprint(`workflow ${workflowId}`) };
    const started = async (attributes: IDataObject, filters: INodeParameters = {}) => (await call(updated({ ...mark, ...attributes }), { events: ['message_updated', 'message_failed'], filters }, { workflowId })).started;
    expect(await started({})).toBe(false);
    expect(await started({ external_error: 'x' })).toBe(false);
    expect(await started({ submitted_values: [] })).toBe(true);
    expect(await started({}, { ownWorkflow: true })).toBe(true);
    expect((await call(updated({ n8n_workflow: 'another' }), { events }, { workflowId })).started).toBe(true);
  });

  it('Message Failed starts once for a message, with the reason', async () => {
    const staticData: IDataObject = {};
    const body = updated({ external_error: '131047: Re-engagement message' });
    const first = await call(body, { events: ['message_failed'] }, { staticData });
    expect(first.json).toMatchObject([{ matched: ['message_failed'], status: 'failed', error: '131047: Re-engagement message', id: String(body.id) }]);
    expect((await call({ ...body, conversation: { id: 12, status: 'resolved' } }, { events: ['message_failed'] }, { staticData })).started).toBe(false);
    expect((await call(updated({ external_error: '  ' }), { events: ['message_failed'] })).started).toBe(false);
    expect((await call(updated(), { events: ['message_failed'] })).started).toBe(false);
  });
});

describe('trigger: status of conversations', () => {
  const events = ['conversation_resolved', 'conversation_opened', 'conversation_status_changed'];
  const changed = (from: string, to: string, now: string, at: number) => ({ event: 'conversation_updated', id: 12, account: { id: 1 }, status: now, changed_attributes: [{ status: { previous_value: from, current_value: to } }, { updated_at: { previous_value: at - 1, current_value: at } }] });
  const plain = (status: string) => ({ event: 'conversation_status_changed', id: 12, account: { id: 1 }, status, changed_attributes: null, updated_at: 5 });
  const delivery = (id: string) => ({ headers: { 'x-chatwoot-delivery': id } });

  it('resolved, and open again before Chatwoot has sent either: both start, each once', async () => {
    const staticData: IDataObject = {};
    const rows = [];
    // As seen on 4.15.1: the status events are alike, byte for byte, and say what is true at the end.
    for (const [body, id] of [[changed('open', 'resolved', 'open', 7), 'a'], [plain('open'), 'b'], [plain('open'), 'c'], [changed('resolved', 'open', 'open', 8), 'd']] as const) rows.push(...(await call(body, { events }, { staticData, ...delivery(id) })).json);
    expect(rows.map(({ matched, status }) => [matched, status])).toEqual([[['conversation_resolved', 'conversation_status_changed'], 'resolved'], [['conversation_opened', 'conversation_status_changed'], 'open']]);
  });

  it('are told by the plain event where only that one was chosen in Chatwoot, with a word in the log', async () => {
    const staticData: IDataObject = {};
    const first = await call(plain('resolved'), { events }, { staticData, ...delivery('a') });
    expect(first.json).toMatchObject([{ matched: ['conversation_resolved', 'conversation_status_changed'], status: 'resolved' }]);
    expect(first.logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining("Choose 'Conversation Updated'") }));
    // The same status again is another event.
    expect((await call(plain('resolved'), { events }, { staticData, ...delivery('b') })).started).toBe(true);
  }, 20_000);

  it('an update that changes no status is none', async () => {
    expect((await call({ ...changed('open', 'open', 'open', 3) }, { events })).started).toBe(false);
    expect((await call({ event: 'conversation_updated', id: 12, changed_attributes: [{ team_id: { previous_value: null, current_value: 1 } }] }, { events })).started).toBe(false);
  });
});

describe('trigger: bookkeeping', () => {
  const update = (event: string, ...changes: Array<Record<string, [unknown, unknown]>>) => ({
    event, id: 9, account: { id: 1 }, name: 'Ana', changed_attributes: changes.flatMap((one) => Object.entries(one)).map(([key, [previous_value, current_value]]) => ({ [key]: { previous_value, current_value } })),
  });
  it.each([
    ['contact_updated', [{ last_activity_at: [1, 2] }, { updated_at: [1, 2] }], false],
    ['contact_updated', [{ last_activity_at: [1, 2] }, { name: ['A', 'Ana'] }], true],
    ['contact_updated', [{ additional_attributes: [{ city: 'A' }, { city: 'A', avatar_url_hash: 'x', last_avatar_sync_at: 'y' }] }], false],
    ['contact_updated', [{ additional_attributes: [{ city: 'A' }, { city: 'B', avatar_url_hash: 'x' }] }], true],
    ['contact_updated', [{ label_list: [[], ['vip']] }], true],
    // What a campaign of ours writes, beside what people do.
    ['contact_updated', [{ custom_attributes: [{ a: 1 }, { a: 1, n8n_campaign_abcdefghij: 'sent' }] }, { updated_at: [1, 2] }], false],
    ['contact_updated', [{ custom_attributes: [{ a: 1 }, { a: 2, n8n_campaign_abcdefghij: 'sent' }] }], true],
    ['conversation_updated', [{ waiting_since: [1, null] }, { updated_at: [1, 2] }], false],
    ['conversation_updated', [{ display_id: [null, 1] }, { first_reply_created_at: [null, 1] }, { waiting_since: [null, 1] }, { cached_label_list: [null, ''] }], false],
    ['conversation_updated', [{ cached_label_list: ['', 'vip'] }], true],
    ['conversation_updated', [{ custom_attributes: [{}, { a: 1 }] }], true],
    ['conversation_updated', [], true],
  ] as Array<[string, Array<Record<string, [unknown, unknown]>>, boolean]>)('%s %j starts: %s', async (event, changes, starts) => {
    expect((await call(update(event, ...changes), { events: [event] })).started).toBe(starts);
    expect((await call(update(event, ...changes), { events: [event], filters: { bookkeeping: true } })).started).toBe(true);
  });
});

describe('trigger: answer first, and lose nothing by one failed question', () => {
  it('a first message is still a message when Chatwoot cannot be asked', async () => {
    sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'listMessages', status: 404 });
    const both = await call(message(), { events: ['first_message', 'message_created'] });
    expect(both.response.statusCode).toBe(200);
    expect(both.json).toMatchObject([{ matched: ['message_created'] }]);
    expect(both.logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('could not be looked up') }));
    expect((await call(message(), { events: ['first_message'] })).started).toBe(false);
  });

  it("Ignore Own Messages takes the message when the token's owner cannot be asked", async () => {
    sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'getProfile', status: 404 });
    const { started, response } = await call(message({ message_type: 'outgoing', sender: { id: 1, type: 'user' } }), { filters: { direction: 'all', ignoreOwn: true } });
    expect([started, response.statusCode]).toEqual([true, 200]);
  });
});

describe('trigger: doubles', () => {
  it('conversation 12 of two accounts are two', async () => {
    const staticData: IDataObject = {};
    const made = (account: number) => ({ event: 'conversation_created', id: 12, account: { id: account }, meta: { sender: contact } });
    const started = async (account: number) => (await call(made(account), { events: ['conversation_created'] }, { staticData })).started;
    expect([await started(1), await started(2), await started(1)]).toEqual([true, true, false]);
  });

  it('without signatures, an ID sent in advance does not keep the true message out', async () => {
    const staticData: IDataObject = {};
    const genuine = message({ content: 'Quero comprar' });
    expect((await call({ ...genuine, content: 'x' }, {}, { staticData })).started).toBe(true);
    expect((await call(genuine, {}, { staticData })).started).toBe(true);
    expect((await call(genuine, {}, { staticData })).started).toBe(false);
  });

  it('IDs of any length take the same room', async () => {
    const staticData: IDataObject = {};
    await call(message({ id: 'x'.repeat(1_000_000) }), {}, { staticData });
    expect(JSON.stringify(staticData).length).toBeLessThan(200);
  });
});

it('a wrong signature is told in the log, with the reason, once a minute', async () => {
  const staticData: IDataObject = {};
  const given = options({ events: ['message_created'], registration: 'manual', acceptUnsigned: false }, { staticData });
  given.credentialValues!.chatwootAccessTokenApi = { ...given.credentialValues!.chatwootAccessTokenApi, webhookSecret: 'abc' };
  const rawBody = JSON.stringify(message());
  const send = async (headers: Record<string, string>) => await webhookCall(ChatwootTrigger, { ...given, rawBody, headers: { 'content-type': 'application/json', ...headers } });
  const first = await send({});
  expect(first.response.statusCode).toBe(401);
  expect(first.logs.filter(({ level }) => level === 'warn')).toMatchObject([{ message: expect.stringContaining('it has no signature (header x-chatwoot-signature)') }]);
  expect((await send({})).logs.filter(({ level }) => level === 'warn')).toEqual([]);
  const timestamp = String(Math.floor(Date.now() / 1000));
  expect((await send({ 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', 'abc').update(`${timestamp}.${rawBody}`).digest('hex')}` })).started).toBe(true);
});

describe('trigger: registrations', () => {
  const webhooks = () => [...sandbox.chatwoot.state.webhooks.values()];
  const automatic = (more: TriggerOptions & { parameters?: INodeParameters } = {}) => ({ ...options({ events: ['message_created'], registration: 'automatic', acceptUnsigned: false, ...more.parameters }), ...more, parameters: { events: ['message_created'], ...more.parameters } });

  it("when n8n's address has changed, the webhook of the old one goes", async () => {
    const staticData: IDataObject = {};
    await hook(ChatwootTrigger, 'create', automatic({ staticData, instanceUrl: 'https://old.example.com' }));
    await hook(ChatwootTrigger, 'checkExists', automatic({ staticData }));
    await hook(ChatwootTrigger, 'create', automatic({ staticData }));
    expect(webhooks().map(({ url }) => new URL(url).host)).toEqual(['n8n.example.com']);
  });

  it("a copy of the workflow in another n8n touches the first one's webhook neither when it starts nor when it ends", async () => {
    const staticData: IDataObject = {};
    await hook(ChatwootTrigger, 'create', automatic({ staticData, instanceUrl: 'https://first.example.com' }));
    const [first] = webhooks();
    const copy: IDataObject = { production: { ...(staticData.production as IDataObject), instance: 'another instance' } };
    await hook(ChatwootTrigger, 'checkExists', automatic({ staticData: copy }));
    expect(webhooks()).toContainEqual(first);
    await hook(ChatwootTrigger, 'delete', automatic({ staticData: { production: { ...(staticData.production as IDataObject), instance: 'another instance' } } }));
    expect(webhooks()).toContainEqual(first);
  });

  it('a webhook that was deleted in Chatwoot is registered again, asked for once an hour at most, and its new secret is learned', async () => {
    const kept: IDataObject = {};
    const lost: IDataObject = {};
    const own = { settings: { webhookId: '7b0c5f3e-0000-4000-8000-0000000000aa', id: 'node-a' } };
    const other = { settings: { webhookId: '7b0c5f3e-0000-4000-8000-0000000000bb', id: 'node-b' } };
    await hook(ChatwootTrigger, 'create', automatic({ staticData: kept, ...own }));
    const { webhookUrl } = await hook(ChatwootTrigger, 'create', automatic({ staticData: lost, ...other, workflowId: 'workflow-2' }));
    const gone = webhooks().find(({ url }) => url === webhookUrl)!;
    sandbox.chatwoot.state.webhooks.delete(gone.id);
    const place = { baseUrl: sandbox.chatwoot.url, account: '1' };
    const lines: string[] = [];
    const values = credentialValues(sandbox).chatwootAccessTokenApi;
    const context = {
      getCredentials: async () => await Promise.resolve(values), getNode: () => ({ name: 'Chatwoot Trigger', id: 'node-a' }), getWorkflow: () => ({ id: 'workflow-1' }), logger: { warn: (line: string) => lines.push(line) },
      helpers: {
        async httpRequestWithAuthentication(_type: string, { url, method, body }: { url: string; method: string; body?: string }) {
          const answer = await fetch(url, { method, headers: { 'api-access-token': String(values!.accessToken), 'content-type': 'application/json' }, ...(body ? { body } : {}) });
          return { statusCode: answer.status, headers: { 'content-type': answer.headers.get('content-type') }, body: await answer.json() as unknown };
        },
      },
    };
    const before = sandbox.requests.length;
    await restoreMissing(context as never, place.baseUrl, place.account, Date.now() + 60_000);
    expect(sandbox.requests.length).toBe(before);
    await restoreMissing(context as never, place.baseUrl, place.account, Date.now() + 3_700_000);
    expect(webhooks().find(({ url }) => url === webhookUrl)).toMatchObject({ subscriptions: ['message_created'], name: gone.name });
    expect(lines).toEqual([expect.stringContaining('was gone from Chatwoot\'s account 1; it was registered again')]);
    await restoreMissing(context as never, place.baseUrl, place.account, Date.now() + 3_710_000);
    // The old secret does not fit any more; the node asks for the new one.
    const fresh = webhooks().find(({ url }) => url === webhookUrl)!;
    const rawBody = JSON.stringify(message());
    const timestamp = String(Math.floor(Date.now() / 1000));
    const { started } = await webhookCall(ChatwootTrigger, {
      ...automatic({ staticData: lost, ...other, workflowId: 'workflow-2' }), rawBody,
      headers: { 'content-type': 'application/json', 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', fresh.secret).update(`${timestamp}.${rawBody}`).digest('hex')}` },
    });
    expect(started).toBe(true);
  });

  it('moves to another account by its number, and remembers no secret as it is', async () => {
    const staticData: IDataObject = {};
    await hook(ChatwootTrigger, 'create', automatic({ staticData, parameters: { account: byId(2) } }));
    expect(JSON.stringify(staticData)).not.toContain(webhooks()[0]!.secret);
    expect(staticData.production).toMatchObject({ account: '2', secret: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
  });
});

describe('trigger: gather messages', () => {
  const gather = async (bodies: Array<[object, number]>, staticData: IDataObject, seconds = 0.4) => await Promise.all(bodies.map(async ([body, after]) => {
    await new Promise((resolve) => { setTimeout(resolve, after); });
    return await call(body, { gather: seconds }, { staticData });
  }));

  it('three lines of one conversation start once, in their order; another conversation starts for itself', async () => {
    const [one, two, three, other] = [message({ content: 'oi' }), message({ content: 'tudo bem?' }), message({ content: 'quero 3' }), message({ content: 'Bom dia' }, { id: 77 })];
    const results = await gather([[two, 0], [one, 100], [other, 150], [three, 300]], {});
    expect(results.map(({ json }) => json.map(({ content }) => content))).toEqual([['oi', 'tudo bem?', 'quero 3'], [], ['Bom dia'], []]);
    expect(results.map(({ response }) => response.statusCode)).toEqual([200, 200, 200, 200]);
  });

  it('ends after five times as long at the latest', async () => {
    const results = await gather(Array.from({ length: 10 }, (_, index) => [message({ content: String(index) }), index * 150]), {}, 0.2);
    const starts = results.filter(({ started }) => started).map(({ json }) => json.length);
    expect(starts.length).toBeGreaterThan(1);
    expect(starts.reduce((sum, one) => sum + one)).toBe(10);
  });

  it('what n8n had stored when it stopped starts with the next message', async () => {
    const left = message({ content: 'antes' });
    const staticData: IDataObject = { gathering: { '1 12': { messages: [{ order: Number(left.id), event: { ...left, matched: ['message_created'] } }], firstAt: Date.now() - 60_000, lastAt: Date.now() - 60_000 } } };
    const [result] = await gather([[message({ content: 'depois' }), 0]], staticData, 0.1);
    expect(result!.json.map(({ content }) => content)).toEqual(['antes', 'depois']);
    expect(staticData.gathering).toEqual({});
  });
});
