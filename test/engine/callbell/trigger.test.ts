import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeHelpers, Workflow, type IDataObject, type INode, type INodeParameters } from 'n8n-workflow';

import { CallbellTrigger } from '../../../nodes/Callbell/CallbellTrigger.node';
import { receiverOf } from '../../../nodes/Callbell/trigger/registration';
import { binaryBuffer, hook, loadOptions, webhookCall, type TriggerOptions, type WebhookRequest } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { contactView } from '../../sandbox/callbell/contacts';
import { conversationView } from '../../sandbox/callbell/conversations';
import { addHistory, messageEvent, receive } from '../../sandbox/callbell/messages';
import { signature } from '../../sandbox/callbell/webhooks';
import { credentials, credentialValues } from '../support';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
/** The process remembers who has the webhook of an account; each test has an account of its own. */
let account = '';
beforeEach(() => {
  account += '/';
  sandbox.reset();
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.close());

const state = () => sandbox.callbell.state;
const instanceUrl = 'https://n8n.example.com';
const secret = 'whsec_Zk3v9Qm3vXwT7uLr2ZdEYh5N';

function options(parameters: INodeParameters = {}, more: TriggerOptions & { secret?: string } = {}): TriggerOptions {
  const values = credentialValues(sandbox);
  values.callbellApi = { ...values.callbellApi, baseUrl: `${String(values.callbellApi!.baseUrl)}${account}` };
  if (more.secret) values.callbellApi = { ...values.callbellApi, signingSecret: more.secret };
  return { credentials, credentialValues: values, instanceUrl, parameters: { events: ['message_created'], ...parameters }, ...more };
}

const call = async (event: object | undefined, parameters: INodeParameters = {}, more: TriggerOptions & WebhookRequest & { secret?: string } = {}) =>
  await webhookCall(CallbellTrigger, { ...options(parameters, more), ...(event === undefined ? {} : { body: event }), ...more });

const contact = () => state().contacts.find(({ source }) => source === 'whatsapp')!;
const incoming = (text = 'Olá', attachments: string[] = []) => ({ event: 'message_created', payload: messageEvent(state(), contact(), receive(state(), contact(), text, sandbox.clock.now()), attachments) });
const outgoing = () => ({ event: 'message_created', payload: messageEvent(state(), contact(), addHistory(state(), contact(), { text: 'Oi', status: 'sent', at: sandbox.clock.now() })) });
/** The log says that this address has answered an event. */
const answered = (url: string | undefined, code = 200) => state().webhookEvents.unshift({ event: 'message_created', payload: {}, code, answer: url === undefined ? { status: 'ok' } : { status: 'ok', receiver: receiverOf(url) }, at: sandbox.clock.now() });

describe('trigger: registration', () => {
  it('sets the webhook with the chosen events, knows it again, and removes it', async () => {
    const staticData: IDataObject = {};
    const both = options({ events: ['message_created', 'contact_created'], ifTaken: 'takeOver' }, { staticData });
    expect((await hook(CallbellTrigger, 'checkExists', both)).result).toBe(false);
    const { webhookUrl } = await hook(CallbellTrigger, 'create', both);
    expect(state().webhook).toMatchObject({ url: webhookUrl, subscriptions: ['message_created', 'contact_created'] });
    answered(webhookUrl);
    expect((await hook(CallbellTrigger, 'checkExists', both)).result).toBe(true);
    expect((await hook(CallbellTrigger, 'checkExists', options({ events: ['message_created'] }, { staticData }))).result).toBe(false);
    // n8n starts anew while nobody has written for long: what is registered stays.
    state().webhookEvents.length = 0;
    await hook(CallbellTrigger, 'create', options({ events: ['message_created', 'contact_created'] }, { staticData }));
    answered(webhookUrl);
    await hook(CallbellTrigger, 'delete', both);
    expect(state().webhook).toBeNull();
    expect(staticData.registered).toBeUndefined();
    // There is none any more: done all the same.
    await hook(CallbellTrigger, 'delete', both);
  });

  it('says before it takes the webhook from somebody, and takes it when told', async () => {
    state().webhook = { url: 'https://hooks.zapier.example/1', subscriptions: ['message_created'], enabled: true, createdAt: 0 };
    answered(undefined);
    await expect(hook(CallbellTrigger, 'create', options())).rejects.toThrow('Another webhook is in use in this Callbell account');
    expect(state().webhook?.url).toContain('zapier');
    await hook(CallbellTrigger, 'create', options({ ifTaken: 'takeOver' }));
    expect(state().webhook?.url).toContain(instanceUrl);
  });

  it.each([
    ['nothing', () => undefined],
    ["a failed delivery, which may be anybody's", () => answered(undefined, 502)],
    ['a delivery of last month', () => { answered(undefined); state().webhookEvents[0]!.at -= 30 * 86_400_000; }],
  ])('takes no webhook that may be of others: %s is in the log', async (_, log) => {
    state().webhook = { url: 'https://hooks.zapier.example/1', subscriptions: ['message_created'], enabled: true, createdAt: 0 };
    log();
    await expect(hook(CallbellTrigger, 'create', options())).rejects.toThrow('Whether another webhook is in use in this Callbell account cannot be told');
    expect(state().webhook?.url).toContain('zapier');
    await hook(CallbellTrigger, 'create', options({ ifTaken: 'takeOver' }));
    expect(state().webhook?.url).toContain(instanceUrl);
  });

  it('goes on with its own deliveries in the log, and with a webhook that it has given up itself', async () => {
    const staticData: IDataObject = {};
    answered(`${instanceUrl}/webhook/7b0c5f3e-0000-4000-8000-000000000001/webhook`);
    await hook(CallbellTrigger, 'create', options({}, { staticData }));
    state().webhookEvents.length = 0;
    await hook(CallbellTrigger, 'delete', options({}, { staticData }));
    expect(state().webhook).toBeNull();
    await hook(CallbellTrigger, 'create', options({}, { staticData }));
    expect(state().webhook?.url).toBe(`${instanceUrl}/webhook/7b0c5f3e-0000-4000-8000-000000000001/webhook`);
  });

  it('leaves the webhook to a new workflow when the old one is switched off before any event came', async () => {
    const [old, fresh]: [IDataObject, IDataObject] = [{}, {}];
    await hook(CallbellTrigger, 'create', options({ ifTaken: 'takeOver' }, { staticData: old }));
    const taking = options({ ifTaken: 'takeOver' }, { staticData: fresh, settings: { webhookId: '7b0c5f3e-0000-4000-8000-000000000002' } });
    const { webhookUrl } = await hook(CallbellTrigger, 'create', taking);
    const { logs } = await hook(CallbellTrigger, 'delete', options({}, { staticData: old }));
    expect(state().webhook?.url).toBe(webhookUrl);
    expect(logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('left as it is, because') }));
  });

  it('warns when somebody has taken over, and does not remove what is not its own', async () => {
    const staticData: IDataObject = {};
    await hook(CallbellTrigger, 'create', options({ ifTaken: 'takeOver' }, { staticData }));
    state().webhook = { url: 'https://other.example/hook', subscriptions: ['message_created'], enabled: true, createdAt: 0 };
    answered('https://other.example/hook');
    expect((await hook(CallbellTrigger, 'checkExists', options({}, { staticData }))).result).toBe(false);
    const again = await hook(CallbellTrigger, 'create', options({ ifTaken: 'takeOver' }, { staticData }));
    expect(again.logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('somebody else has taken the webhook') }));
    state().webhook = { url: 'https://other.example/hook', subscriptions: ['message_created'], enabled: true, createdAt: 0 };
    const left = await hook(CallbellTrigger, 'delete', options({}, { staticData }));
    expect(left.logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('left as it is, because') }));
    expect(state().webhook?.url).toBe('https://other.example/hook');
  });

  describe('tests of the editor', () => {
    /** n8n's address: the active workflow answers what is asked of its webhook, and 404 when there is none. */
    let server: Server;
    let address: string;
    let active: TriggerOptions | undefined;
    beforeAll(async () => {
      server = createServer((_request, response) => {
        if (active === undefined) response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":404,"message":"The requested webhook is not registered."}');
        else void webhookCall(CallbellTrigger, { ...active, method: 'GET', webhookName: 'setup' }).then(({ response: answer }) => response.writeHead(answer.statusCode, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body)));
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    beforeEach(() => { active = undefined; });
    afterAll(async () => await new Promise((done) => server.close(done)));

    it('do not take the webhook silently, and put the active one back afterwards', async () => {
      active = options({ events: ['message_created', 'contact_created'], ifTaken: 'takeOver' }, { staticData: {}, instanceUrl: address });
      const { webhookUrl } = await hook(CallbellTrigger, 'create', active);
      const test = (more: INodeParameters = {}) => options(more, { staticData: active!.staticData, instanceUrl: address, mode: 'manual' });
      await expect(hook(CallbellTrigger, 'create', test())).rejects.toThrow('Listening for a test event would take the one webhook');
      expect(state().webhook?.url).toBe(webhookUrl);
      await hook(CallbellTrigger, 'create', test({ testTakesOver: true }));
      expect(state().webhook?.url).toContain('/webhook-test/');
      await hook(CallbellTrigger, 'delete', test({ testTakesOver: true }));
      expect(state().webhook).toMatchObject({ url: webhookUrl, subscriptions: ['message_created', 'contact_created'] });
    });

    it('remove their address when no workflow is active', async () => {
      const test = options({ testTakesOver: true }, { staticData: {}, instanceUrl: address, mode: 'manual' });
      await hook(CallbellTrigger, 'create', test);
      const { logs } = await hook(CallbellTrigger, 'delete', test);
      expect(state().webhook).toBeNull();
      expect(logs).toEqual([]);
    });

    it('say so when n8n cannot reach itself', async () => {
      const test = options({ testTakesOver: true }, { staticData: {}, instanceUrl: 'http://127.0.0.1:1', mode: 'manual' });
      await hook(CallbellTrigger, 'create', test);
      const { logs } = await hook(CallbellTrigger, 'delete', test);
      expect(state().webhook).toBeNull();
      expect(logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('activate it again') }));
    });
  });

  it.each([
    ['a test that was not allowed to take it', { mode: 'manual' }, /would take the one webhook/],
    ['an activation that Callbell has refused', {}, /refused/],
  ] as Array<[string, TriggerOptions, RegExp]>)('leaves the webhook of others after %s: n8n tidies up then', async (_, more, message) => {
    // Nothing was sent yet, so the log does not tell of them.
    state().webhook = { url: 'https://hooks.zapier.example/1', subscriptions: ['message_created'], enabled: true, createdAt: 0 };
    sandbox.inject({ kind: 'status', vendor: 'callbell', operationId: 'subscribeWebhook', status: 422 });
    const given = options({ ifTaken: 'takeOver' }, { staticData: {}, ...more });
    await expect(hook(CallbellTrigger, 'create', given)).rejects.toThrow(message);
    await hook(CallbellTrigger, 'delete', given);
    expect(state().webhook?.url).toContain('zapier');
    expect(sandbox.requests.filter(({ operationId }) => operationId === 'unsubscribeWebhook')).toEqual([]);
  });

  it('changes nothing in Callbell when it is registered by hand', async () => {
    expect((await hook(CallbellTrigger, 'checkExists', options({ registration: 'manual' }))).result).toBe(true);
    await hook(CallbellTrigger, 'delete', options({ registration: 'manual' }));
    expect(sandbox.requests).toEqual([]);
  });

  it('tells what is wrong', async () => {
    const wrong = options();
    wrong.credentialValues!.callbellApi = { ...wrong.credentialValues!.callbellApi, token: 'wrongTokenOfSomeone' };
    await expect(hook(CallbellTrigger, 'create', wrong)).rejects.toThrow('Callbell did not accept the token');
    await expect(hook(CallbellTrigger, 'create', options({ ifTaken: 'takeOver' }, { instanceUrl: 'http://localhost:5678' }))).rejects.toThrow("Callbell refused the request: 'URL' is invalid");
  });
});

describe('trigger: events', () => {
  it('starts with a message in plain form, and says who has answered', async () => {
    const event = incoming();
    const { started, json, response } = await call(event);
    expect(started).toBe(true);
    expect(json[0]).toMatchObject({
      event: 'message_created', id: expect.stringMatching(/^wamid\./), type: 'text', text: 'Olá', direction: 'incoming',
      from: `+${contact().phoneNumber!.replace(/\D/g, '')}`, to: '+5511912340000', channel: 'whatsapp', attachments: [], repliesTo: null, metadata: null,
      contact: { id: contact().uuid, platform: 'callbell' }, createdAt: expect.stringMatching(/Z$/),
    });
    expect(response).toMatchObject({ statusCode: 200, body: { status: 'ok', receiver: receiverOf(`${instanceUrl}/webhook/7b0c5f3e-0000-4000-8000-000000000001/webhook`) } });
  });

  it('gives the raw event', async () => {
    const event = incoming();
    expect((await call(event, { simple: false })).json).toEqual([JSON.parse(JSON.stringify(event))]);
  });

  it('does not start for messages that go out, unless told: else a workflow would answer itself', async () => {
    expect((await call(outgoing())).started).toBe(false);
    expect((await call(outgoing())).response.statusCode).toBe(200);
    expect((await call(outgoing(), { filters: { direction: 'all' } })).json[0]?.direction).toBe('outgoing');
    expect((await call(incoming(), { filters: { direction: 'sent' } })).started).toBe(false);
  });

  it('starts for the chosen events only', async () => {
    expect((await call({ event: 'contact_created', payload: contactView(state(), contact()) })).started).toBe(false);
  });

  it.each([
    [{ channelTypes: ['instagram'] }, false],
    [{ channelTypes: ['whatsapp', 'instagram'] }, true],
    [{ ownNumbers: ['+55 11 91234-0000'] }, true],
    [{ ownNumbers: ['+55 11 91234-0001'] }, false],
    [{ tags: ['VIP'] }, false],
    [{ tags: ['Interested', 'VIP'] }, true],
  ])('filters %j: %s', async (filters, started) => {
    contact().tags = ['Interested'];
    expect((await call(incoming(), { filters })).started).toBe(started);
  });

  it('filters by the channel, and lists the channels to choose from', async () => {
    const event = incoming();
    const of = (uuid: string) => ({ ...event, payload: { ...event.payload, contact: { ...(event.payload as IDataObject).contact as object, channel: { uuid } } } });
    expect([(await call(of('brand-1'), { filters: { channels: ['brand-1'] } })).started, (await call(of('brand-2'), { filters: { channels: ['brand-1'] } })).started]).toEqual([true, false]);
    const { parameters: _events, ...rest } = options();
    const listed = await loadOptions(CallbellTrigger, 'channelIds', rest);
    expect(listed.length).toBeGreaterThan(0);
  });

  it('takes the time beside the payload, and keeps what else stands there', async () => {
    const { event, payload } = incoming();
    const { json } = await call({ event, payload: { ...payload, createdAt: undefined }, createdAt: '2026-05-11T10:00:00Z', account: 'a1' });
    expect(json[0]).toMatchObject({ createdAt: '2026-05-11T10:00:00.000Z', extra: { account: 'a1' } });
  });

  it('Message Failed has the reason, once; it is subscribed as a status', async () => {
    const staticData: IDataObject = {};
    const events = ['message_failed'];
    const status = (value: string) => ({ event: 'message_status_updated', payload: { uuid: 'm1', status: value, messageStatusPayload: { payload: { reason: 'Not on WhatsApp' } } } });
    expect((await call(status('sent'), { events }, { staticData })).started).toBe(false);
    expect((await call(status('failed'), { events }, { staticData })).json).toMatchObject([{ status: 'failed', error: 'Not on WhatsApp' }]);
    expect((await call(status('failed'), { events }, { staticData })).started).toBe(false);
    await hook(CallbellTrigger, 'create', options({ events, ifTaken: 'takeOver' }));
    expect(state().webhook?.subscriptions).toEqual(['message_status_updated']);
  });

  it("Message Failed has the reason of numbers on WhatsApp's own API, too", async () => {
    const of = (error: object) => ({ event: 'message_status_updated', payload: { uuid: 'm2', status: 'failed', messageStatusPayload: { messaging: { value: { statuses: [{ id: 'wamid.9', recipient_id: '351910000111', errors: [error] }] } } } } });
    const row = async (error: object) => (await call(of(error), { events: ['message_failed'] })).json[0];
    expect(await row({ code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours have passed' } })).toMatchObject({ error: 'More than 24 hours have passed', channelMessageId: 'wamid.9', to: '+351910000111' });
    expect(await row({ title: 'Message undeliverable' })).toMatchObject({ error: 'Message undeliverable' });
  });

  it('starts once for events without an ID that Callbell sends three times', async () => {
    const staticData: IDataObject = {};
    const payloads = { contact_updated: contactView(state(), contact()), conversation_closed: conversationView(state(), contact()), agent_session_updated: { action: 'user_logged_in', user: { email: 'a@example.com' } }, team_membership_updated: { team: { uuid: 't' }, user: { email: 'a@example.com' }, reason: 'agent_added' } };
    for (const [event, payload] of Object.entries(payloads)) {
      const started = [];
      for (let time = 0; time < 3; time += 1) started.push((await call({ event, payload }, { events: [event] }, { staticData })).started);
      expect(started).toEqual([true, false, false]);
    }
  });

  it('reads on request whether somebody wants no messages any more', async () => {
    expect((await call(incoming('SAIR 👍'), { detectOptOut: true })).json[0]).toMatchObject({ optOut: 'yes' });
  });

  it('gathers what a customer writes in a row', async () => {
    const staticData: IDataObject = {};
    const bodies = ['oi', 'tudo bem?', 'quero 3'].map((text) => { sandbox.clock.advance(1000); return incoming(text); });
    const results = await Promise.all(bodies.map(async (body, index) => {
      await new Promise((resolve) => { setTimeout(resolve, index * 100); });
      return await call(body, { gather: 0.5 }, { staticData });
    }));
    expect(results.map(({ json }) => json.map(({ text }) => text))).toEqual([['oi', 'tudo bem?', 'quero 3'], [], []]);
  });

  it('without signatures, an ID sent in advance does not keep the true message out', async () => {
    const staticData: IDataObject = {};
    const genuine = incoming('Quero comprar');
    expect((await call({ ...genuine, payload: { ...genuine.payload, text: 'x' } }, {}, { staticData })).started).toBe(true);
    expect((await call(genuine, {}, { staticData })).started).toBe(true);
    expect((await call(genuine, {}, { staticData })).started).toBe(false);
  });

  describe('called by a step of a bot', () => {
    const bot = { calledBy: 'bot' };
    it('leaves the answer to the workflow, and hands over what the step has sent', async () => {
      const answer = await call({ phone: '5511999990000', nome: 'Ana' }, bot, { query: { flow: '1' } });
      expect(answer.json).toEqual([{ phone: '5511999990000', nome: 'Ana', query: { flow: '1' } }]);
      expect(answer.returned).not.toHaveProperty('noWebhookResponse');
      const now = await call({ a: 1 }, { ...bot, respond: 'onReceived' });
      expect([now.started, now.response.statusCode, now.returned?.noWebhookResponse]).toEqual([true, 200, true]);
    });

    it("does not touch the account's webhook", async () => {
      expect((await hook(CallbellTrigger, 'checkExists', options(bot))).result).toBe(true);
      await hook(CallbellTrigger, 'delete', options(bot));
      expect(sandbox.requests).toEqual([]);
    });
  });

  it('counts a repeated event once, and each status of a message', async () => {
    const staticData: IDataObject = {};
    const event = incoming();
    expect((await call(event, {}, { staticData })).started).toBe(true);
    const again = await call(event, {}, { staticData });
    expect([again.started, again.response.statusCode]).toEqual([false, 200]);
    const events = ['message_status_updated'];
    const status = (value: string) => ({ event: 'message_status_updated', payload: { uuid: 'm1', status: value, metadata: { order: '1' }, contact: { uuid: 'c1', name: 'Ana', phoneNumber: '+351 910 000 111' }, messageStatusPayload: { id: 'wamid.1', destination: '351910000111', payload: { reason: 'Not on WhatsApp' } } } });
    expect((await call(status('sent'), { events }, { staticData })).started).toBe(true);
    expect((await call(status('sent'), { events }, { staticData })).started).toBe(false);
    expect((await call(status('failed'), { events }, { staticData })).json[0]).toEqual({ event: 'message_status_updated', id: 'm1', status: 'failed', reason: 'Not on WhatsApp', error: 'Not on WhatsApp', deleted: false, createdAt: null, channelMessageId: 'wamid.1', to: '+351910000111', contactId: 'c1', contact: expect.objectContaining({ id: 'c1', name: 'Ana', phone: '+351910000111', platform: 'callbell' }), metadata: { order: '1' } });
  });

  it('takes an event again that could not be handed on', async () => {
    const staticData: IDataObject = {};
    const event = incoming();
    expect((await call(event, { simple: "={{ $('Nowhere').item.json.simple }}" }, { staticData })).started).toBe(false);
    expect((await call(event, {}, { staticData })).started).toBe(true);
  });

  it('gives each event its own output on request', async () => {
    const parameters = { events: ['contact_created', 'message_created'], separateOutputs: true };
    const message = await call(incoming(), parameters);
    expect(message.outputs.map((items) => items.length)).toEqual([0, 1]);
    const created = await call({ event: 'contact_created', payload: contactView(state(), contact()) }, parameters);
    expect(created.outputs.map((items) => items.length)).toEqual([1, 0]);
  });

  it('shows those outputs in the editor, named by event', () => {
    const outputsOf = (parameters: INodeParameters) => {
      const type = new CallbellTrigger();
      const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
      const node: INode = { id: '1', name: 'Trigger', type: 'callbellTrigger', typeVersion: 1, position: [0, 0], parameters };
      return NodeHelpers.getNodeOutputs(new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes }), node, type.description);
    };
    expect(outputsOf({ events: ['contact_created', 'message_created'], separateOutputs: true })).toEqual([{ type: 'main', displayName: 'contact_created' }, { type: 'main', displayName: 'message_created' }]);
    expect(outputsOf({ events: ['message_created'], separateOutputs: false })).toEqual(['main']);
  });

  it.each([
    ['contact_created', () => contactView(state(), contact()), { id: expect.any(String), phone: expect.stringMatching(/^\+\d+$/), platform: 'callbell' }],
    ['contact_updated', () => contactView(state(), contact()), { id: expect.any(String), platform: 'callbell' }],
    ['contact_deleted', () => ({ uuid: 'c1', deleted: '2026-05-11T10:00:00Z' }), { id: 'c1', deletedAt: '2026-05-11T10:00:00.000Z' }],
    ['conversation_opened', () => conversationView(state(), contact()), { channel: 'whatsapp', closingReason: null, contact: expect.objectContaining({ platform: 'callbell' }) }],
    ['conversation_closed', () => ({ ...conversationView(state(), contact()), closingReason: 'sold', closedAt: '2026-05-11T11:00:00Z' }), { closingReason: 'sold', closedAt: '2026-05-11T11:00:00.000Z' }],
    ['agent_status_updated', () => ({ email: 'a@example.com', name: 'A', available: false, lastUpdatedAt: '2026-05-11T11:00:00Z', userCustomStatus: { id: 's', name: 'Lunch' } }), { email: 'a@example.com', available: false, customStatus: 'Lunch' }],
    ['agent_session_updated', () => ({ action: 'user_logged_in', user: { email: 'a@example.com', name: 'A', available: true } }), { action: 'user_logged_in', email: 'a@example.com' }],
    ['team_membership_updated', () => ({ team: { uuid: 't', name: 'Vendas' }, user: { email: 'a@example.com', name: 'A', available: true }, reason: 'agent_added', lastUpdateAt: '2026-05-11T11:00:00Z' }), { reason: 'agent_added', team: 'Vendas', teamId: 't', email: 'a@example.com', updatedAt: '2026-05-11T11:00:00.000Z' }],
  ])('gives %s in plain form', async (event, payload, expected) => {
    const { json } = await call({ event, payload: payload() }, { events: [event] });
    expect(json[0]).toMatchObject({ event, ...expected });
  });

  it.each([
    [{ attachments: ['https://files.example.com/a/foto%20nova.JPG?sig=1'] }, 'image'],
    [{ attachments: ['https://files.example.com/voz.ogg'] }, 'audio'],
    [{ attachments: ['https://files.example.com/v.mp4'] }, 'video'],
    [{ attachments: ['https://files.example.com/s.webp'] }, 'sticker'],
    [{ attachments: ['https://files.example.com/menu.pdf'] }, 'document'],
    [{ attachments: ['https://files.example.com/noextension'] }, 'document'],
    [{ messageLocation: { coordinates: { x: -3.7, y: -38.5 }, googleMapsLocation: 'https://maps.example.com' } }, 'location'],
    [{ messageContactCard: { contactsInfo: [{ name: 'Rui' }] } }, 'contacts'],
    [{ messageReplyButton: { metadata: { type: 'button', content: 'Yes' } } }, 'button'],
    [{ messageInteractiveList: { metadata: '{"header":"h"}' } }, 'list'],
    [{}, 'text'],
  ])('tells the type of %j: %s', async (extra, type) => {
    const event = incoming();
    const { json } = await call({ ...event, payload: { ...event.payload, ...extra } });
    expect(json[0]?.type).toBe(type);
    if (type === 'location') expect(json[0]?.location).toEqual({ latitude: -3.7, longitude: -38.5, mapUrl: 'https://maps.example.com' });
    if (type === 'list') expect(json[0]?.interaction).toEqual({ header: 'h' });
  });

  it('reads what a message replies to in both spellings', async () => {
    const event = incoming();
    for (const key of ['mesageContext', 'messageContext']) {
      expect((await call({ ...event, payload: { ...event.payload, [key]: { target: { text: 'Before' } } } })).json[0]?.repliesTo).toBe('Before');
    }
  });
});

describe('trigger: probes and signature', () => {
  it('answers GET, empty bodies and bodies without event, and does not start', async () => {
    for (const probe of [{ method: 'GET', webhookName: 'setup' as const }, { method: 'POST' }, { method: 'POST', body: {} }, { method: 'POST', body: { ping: true } }]) {
      const { started, response } = await call(undefined, {}, { ...probe, secret });
      expect([started, response.statusCode, (response.body as IDataObject).status]).toEqual([false, 200, 'ok']);
    }
  });

  it('checks the signature over the raw bytes when the credential has the secret', async () => {
    const rawBody = `  ${JSON.stringify(incoming())}`;
    const signed = async (header: string | undefined) => await call(undefined, {}, { secret, rawBody, headers: { 'content-type': 'application/json', ...(header ? { 'X-Callbell-Signature': header } : {}) } });
    expect((await signed(signature(secret, rawBody, Date.now()))).started).toBe(true);
    for (const bad of [signature('whsec_other', rawBody, Date.now()), signature(secret, rawBody.trim(), Date.now()), signature(secret, rawBody, Date.now() - 301_000), 't=1,v1=', undefined]) {
      const { started, response } = await signed(bad);
      expect([started, response.statusCode]).toEqual([false, 401]);
    }
    expect((await call(undefined, {}, { rawBody, headers: { 'content-type': 'application/json' } })).started).toBe(true);
  });
});

describe('trigger: attachments', () => {
  let files: Server;
  const seen: Array<string | undefined> = [];
  let url = '';
  beforeAll(async () => {
    files = createServer((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url?.includes('gone')) response.writeHead(403).end();
      else response.writeHead(200, { 'content-type': 'image/jpeg; charset=binary' }).end(Buffer.from([0xff, 0xd8, 0x00, 0xfe]));
    });
    await new Promise<void>((resolve) => { files.listen(0, '127.0.0.1', resolve); });
    url = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    files.closeAllConnections();
    files.close();
  });

  it('downloads the files at once, without our token, and tells which could not be fetched', async () => {
    const { items, response } = await call(incoming('', [`${url}/foto.jpg?sig=1`, `${url}/gone.pdf`]), { download: true, privateFiles: true });
    expect(response.statusCode).toBe(200);
    expect(items[0]?.binary?.attachment_0).toMatchObject({ fileName: 'foto.jpg', mimeType: 'image/jpeg' });
    expect(await binaryBuffer(items[0]?.binary?.attachment_0)).toEqual(Buffer.from([0xff, 0xd8, 0x00, 0xfe]));
    expect(items[0]?.json).toMatchObject({ type: 'image', filesNotFetched: ['gone.pdf'] });
    expect(seen).toEqual([undefined, undefined]);
  });

  it('leaves them alone otherwise', async () => {
    seen.length = 0;
    expect((await call(incoming('', [`${url}/foto.jpg`]))).items[0]?.binary).toBeUndefined();
    expect(seen).toEqual([]);
  });
});
