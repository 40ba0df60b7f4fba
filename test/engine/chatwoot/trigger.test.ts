import { createHmac, randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { ChatwootTrigger } from '../../../nodes/Chatwoot/ChatwootTrigger.node';
import { isPrivateAddress } from '../../../nodes/Chatwoot/trigger/registration';
import { hook, loadOptions, runNode, runWorkflow, webhookCall, type TriggerOptions, type WebhookRequest } from '../../harness/engine';
import { startSandbox, type Delivery, type Sandbox } from '../../sandbox';
import { linkToInbox } from '../../sandbox/chatwoot/contacts';
import { changeConversation, startConversation, type ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { addMessage } from '../../sandbox/chatwoot/messages';
import type { Identity } from '../../sandbox';
import { byId, credentials, credentialValues, secretsOf } from '../support';
import { useFileServer } from './fileServer';

let sandbox: Sandbox;
const version: { version?: string } = {};
beforeAll(async () => {
	sandbox = await startSandbox({ chatwoot: version });
});
beforeEach(() => {
	delete version.version;
	sandbox.reset();
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.close());

const state = () => sandbox.chatwoot.state;
const webhooks = () => [...state().webhooks.values()];
const instanceUrl = 'https://n8n.example.com';

function options(parameters: INodeParameters = {}, { token, credential = {}, ...more }: TriggerOptions & { token?: string; credential?: IDataObject } = {}): TriggerOptions {
	const values = credentialValues(sandbox);
	values.chatwootAccessTokenApi = { ...values.chatwootAccessTokenApi, ...(token ? { accessToken: token } : {}), ...credential } as never;
	return { credentials, credentialValues: values, instanceUrl, parameters: { events: ['message_created'], ...parameters }, ...more };
}

const admin: Identity = { kind: 'administrator', userId: 1, role: 'administrator' };
/** Everything the sandbox does as if by its dashboard; it delivers to what is registered. */
const acting = () => ({
	state: state(), clock: sandbox.clock,
	deliver: async (delivery: object) => {
		sandbox.deliveries.push(delivery as Delivery);
		return await Promise.resolve(delivery as Delivery);
	},
});
const conversation = (inboxId = 2): ChatwootConversation => startConversation(acting(), linkToInbox(state(), state().contacts.get(1)!, state().inboxes.get(inboxId)!, undefined), state().inboxes.get(inboxId)!);
const incoming = (one: ChatwootConversation, content = 'Olá') => addMessage(acting(), one, { content, message_type: 'incoming' }, admin);
const outgoing = (one: ChatwootConversation, more: object = {}) => addMessage(acting(), one, { content: 'Oi', message_type: 'outgoing', ...more }, admin);

/** Registers the trigger, lets something happen, and hands what Chatwoot sends to the trigger. */
async function onEvents(events: string[], parameters: INodeParameters, happen: () => unknown, request: (delivery: Delivery) => Partial<WebhookRequest> = () => ({}), workflowId?: string) {
	const staticData: IDataObject = {};
	const given = options({ events, ...parameters }, { staticData, workflowId });
	await hook(ChatwootTrigger, 'create', given);
	sandbox.deliveries.length = 0;
	await happen();
	const results = [];
	for (const delivery of [...sandbox.deliveries]) {
		results.push(await webhookCall(ChatwootTrigger, { ...given, rawBody: delivery.body, headers: { 'content-type': 'application/json', ...delivery.headers }, ...request(delivery) }));
	}
	return results;
}

/** Runs the Chatwoot node in a workflow of this ID. */
async function runIn(id: string, parameters: INodeParameters): Promise<void> {
	const { error } = await runWorkflow({
		id,
		nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 }, { name: 'Chatwoot', type: 'chatwoot', parameters }],
		connections: { Start: { main: [[{ node: 'Chatwoot', type: 'main', index: 0 }]] } },
	}, { ...options(), nodes: [Chatwoot], input: [{}], startNode: 'Start' });
	expect(error).toBeUndefined();
}

const started = async (events: string[], parameters: INodeParameters, happen: () => unknown) => (await onEvents(events, parameters, happen)).filter((result) => result.started).flatMap(({ json }) => json);

describe('trigger: registration', () => {
	it('registers the chosen events under its own address, finds itself again, and leaves nothing behind', async () => {
		const staticData: IDataObject = {};
		const given = options({ events: ['message_created', 'conversation_resolved', 'assignee_changed', 'label_added'] }, { staticData });
		expect((await hook(ChatwootTrigger, 'checkExists', given)).result).toBe(false);
		const { webhookUrl } = await hook(ChatwootTrigger, 'create', given);
		expect(webhooks()).toMatchObject([{ url: webhookUrl, accountId: 1, subscriptions: ['conversation_updated', 'message_created'], name: expect.stringMatching(/^n8n: /) }]);
		// A restart of n8n, also one that lost what the node knew.
		expect((await hook(ChatwootTrigger, 'checkExists', given)).result).toBe(true);
		expect((await hook(ChatwootTrigger, 'checkExists', options(given.parameters, { staticData: {} }))).result).toBe(true);
		expect(webhooks()).toHaveLength(1);
		await hook(ChatwootTrigger, 'delete', given);
		expect(webhooks()).toEqual([]);
		expect(staticData.production).toBeUndefined();
		// Gone already: done all the same.
		await hook(ChatwootTrigger, 'delete', given);
	});

	it('adopts a registration of its address, and changes the events in place', async () => {
		const staticData: IDataObject = {};
		await hook(ChatwootTrigger, 'create', options({}, { staticData }));
		const [before] = webhooks();
		const more = options({ events: ['contact_created', 'message_created'] }, { staticData: {} });
		expect((await hook(ChatwootTrigger, 'checkExists', more)).result).toBe(false);
		await hook(ChatwootTrigger, 'create', more);
		expect(webhooks()).toMatchObject([{ id: before?.id, secret: before?.secret, subscriptions: ['contact_created', 'message_created'] }]);
	});

	it('adopts what another process has registered in between', async () => {
		const other = options({}, { staticData: {} });
		await hook(ChatwootTrigger, 'create', other);
		sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'listWebhooks', status: 200, times: 1, body: { payload: { webhooks: [] } } });
		const staticData: IDataObject = {};
		await hook(ChatwootTrigger, 'create', options({}, { staticData }));
		expect(webhooks()).toHaveLength(1);
		expect(staticData.production).toMatchObject({ id: String(webhooks()[0]?.id) });
	});

	it('leaves webhooks of others alone, and has one of its own for tests', async () => {
		state().webhooks.set(90, { id: 90, accountId: 1, inboxId: null, url: 'https://other.example/hook', name: null, subscriptions: ['message_created'], secret: 's' });
		const staticData: IDataObject = {};
		await hook(ChatwootTrigger, 'create', options({}, { staticData }));
		await hook(ChatwootTrigger, 'create', options({}, { staticData, mode: 'manual' }));
		expect(webhooks()).toHaveLength(3);
		await hook(ChatwootTrigger, 'delete', options({}, { staticData, mode: 'manual' }));
		expect(webhooks().map(({ url }) => url)).toEqual(['https://other.example/hook', expect.stringContaining(`${instanceUrl}/webhook/`)]);
		expect(staticData).toMatchObject({ production: { account: '1' } });
	});

	it('leaves the active workflow alone when a test cannot listen', async () => {
		const staticData: IDataObject = {};
		await hook(ChatwootTrigger, 'create', options({}, { staticData }));
		const test = options({}, { staticData, mode: 'manual' });
		sandbox.inject({ kind: 'status', vendor: 'chatwoot', method: 'GET', status: 404 });
		await expect(hook(ChatwootTrigger, 'checkExists', test)).rejects.toThrow();
		sandbox.clearFaults();
		await hook(ChatwootTrigger, 'delete', test);
		expect(webhooks()).toHaveLength(1);
	});

	it('moves to another account without leaving the old registration behind', async () => {
		const staticData: IDataObject = {};
		await hook(ChatwootTrigger, 'create', options({}, { staticData }));
		const moved = options({ account: byId(2) }, { staticData });
		expect((await hook(ChatwootTrigger, 'checkExists', moved)).result).toBe(false);
		await hook(ChatwootTrigger, 'create', moved);
		expect(webhooks().map(({ accountId }) => accountId)).toEqual([2]);
	});

	it('says that an agent needs an administrator, or Registration: By Hand', async () => {
		const agent = hook(ChatwootTrigger, 'create', options({}, { token: sandbox.chatwoot.tokens.agent }));
		await expect(agent).rejects.toThrow('Only administrators may register webhooks in Chatwoot');
		await expect(agent).rejects.toMatchObject({ description: expect.stringContaining('By Hand') });
		await expect(hook(ChatwootTrigger, 'create', options({}, { token: 'wrong' }))).rejects.toThrow('Chatwoot did not accept the access token');
		await expect(hook(ChatwootTrigger, 'create', options({ events: [] }))).rejects.toThrow("'Trigger On' is empty");
	});

	it('by hand: needs a secret, and changes nothing in Chatwoot', async () => {
		await expect(hook(ChatwootTrigger, 'create', options({ registration: 'manual' }))).rejects.toThrow("The credential has no 'Webhook Signing Secret'");
		await hook(ChatwootTrigger, 'create', options({ registration: 'manual' }, { token: sandbox.chatwoot.tokens.agent, credential: { webhookSecret: 'abc' } }));
		await hook(ChatwootTrigger, 'delete', options({ registration: 'manual' }, { credential: { webhookSecret: 'abc' } }));
		expect(sandbox.requests).toEqual([]);
	});

	it('keeps to the events that the version of the server knows', async () => {
		version.version = '4.1.0';
		await expect(hook(ChatwootTrigger, 'create', options({ events: ['conversation_typing_on'], acceptUnsigned: true }))).rejects.toThrow("This Chatwoot does not know the event 'Typing Started'");
		await hook(ChatwootTrigger, 'create', options({ events: ['inbox_created'], acceptUnsigned: true }));
		expect(sandbox.requests.find(({ operationId }) => operationId === 'createWebhook')?.body).not.toHaveProperty('name');
		version.version = '3.1.0';
		await expect(hook(ChatwootTrigger, 'create', options({ events: ['inbox_created'], acceptUnsigned: true }))).rejects.toThrow("'Inbox Created'");
	});

	it('does not listen to a server that does not sign, unless told', async () => {
		version.version = '4.9.1';
		await expect(hook(ChatwootTrigger, 'create', options())).rejects.toThrow('Chatwoot 4.9.1 does not sign its events');
		expect(webhooks()).toEqual([]);
		await hook(ChatwootTrigger, 'create', options({ acceptUnsigned: true }));
		expect(webhooks()).toHaveLength(1);
	});

	it('warns of an address that Chatwoot will not send to', async () => {
		const { logs } = await hook(ChatwootTrigger, 'create', options({}, { instanceUrl: 'http://127.0.0.1:5678' }));
		expect(logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('SAFE_FETCH_ALLOW_PRIVATE_NETWORK') }));
		expect(['http://localhost:5678/x', 'http://n8n:5678', 'http://10.1.2.3', 'http://172.20.0.3', 'http://192.168.1.5', 'http://[::1]:5678', 'http://box.local'].filter((url) => !isPrivateAddress(url))).toEqual([]);
		expect(['https://n8n.example.com', 'http://172.32.0.1', 'http://8.8.8.8', 'https://10.example.com', 'https://fd.example.com'].filter(isPrivateAddress)).toEqual([]);
	});

	it('lists the inboxes to filter by', async () => {
		const { parameters: _events, ...rest } = options();
		expect((await loadOptions(ChatwootTrigger, 'inboxIds', rest)).map(({ name }) => name)).toContain('WhatsApp');
	});
});

describe('trigger: deliveries', () => {
	it('starts with a signed message, simplified', async () => {
		const rows = await started(['message_created'], {}, () => incoming(conversation()));
		expect(rows).toEqual([{
			event: 'message_created', matched: ['message_created'], accountId: '1', id: expect.any(String), content: 'Olá', direction: 'incoming', private: false, conversationId: '1', conversationStatus: 'open',
			inboxId: '2', inboxName: 'Integração', sender: expect.any(String), senderType: 'contact', contact: expect.objectContaining({ id: '1', platform: 'chatwoot', phone: expect.stringMatching(/^\+/), url: `${sandbox.chatwoot.url}/app/accounts/1/contacts/1` }), attachments: [], files: [], location: null, answers: null,
			contentType: 'text', status: 'sent', error: null, deleted: false, edited: false, previousContent: null, reaction: false, unsupported: false, automatic: false, isGroup: false, replyTo: null, subject: null, referral: null,
			canReply: true, channel: 'Channel::Api', assignee: null, team: null, labels: [], customAttributes: {}, sourceId: expect.any(String), username: null, extra: {}, createdAt: expect.stringMatching(/Z$/),
		}]);
	});

	it('gives the raw event without tokens', async () => {
		const [row] = await started(['message_created'], { simple: false }, () => incoming(conversation()));
		expect(row).toMatchObject({ event: 'message_created', content: 'Olá', conversation: { id: 1 }, matched: ['message_created'] });
		expect(JSON.stringify(row)).not.toContain('pubsub_token');
	});

	const refusals: Array<[string, (delivery: Delivery) => Partial<WebhookRequest>]> = [
		['no signature', () => ({ headers: { 'content-type': 'application/json' } })],
		['a changed body', ({ body }) => ({ rawBody: body.replace('Olá', 'Ola') })],
		['another secret', ({ body, headers }) => ({ headers: { ...headers, 'x-chatwoot-signature': `sha256=${createHmac('sha256', 'x').update(`${String(headers?.['x-chatwoot-timestamp'])}.${body}`).digest('hex')}` } })],
		['a signature that is no hex', ({ headers }) => ({ headers: { ...headers, 'x-chatwoot-signature': 'sha256=zz' } })],
		['an old delivery sent again', ({ body }) => {
			const timestamp = String(Math.floor(Date.now() / 1000) - 3600);
			return { headers: { 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', webhooks()[0]!.secret).update(`${timestamp}.${body}`).digest('hex')}` } };
		}],
	];
	it('learns the secret again when it has another one than Chatwoot, and asks no more than once a minute', async () => {
		const staticData: IDataObject = {};
		const given = options({}, { staticData });
		await hook(ChatwootTrigger, 'create', given);
		// As after a delivery that was under way while the workflow was published anew.
		Object.assign(staticData.production as IDataObject, { id: '9999', secret: 'the one before' });
		await incoming(conversation());
		const { body: rawBody, headers } = sandbox.deliveries.at(-1)!;
		const send = async (more: Record<string, string> = {}) => await webhookCall(ChatwootTrigger, { ...given, rawBody, headers: { 'content-type': 'application/json', ...headers, ...more } });
		expect((await send()).started).toBe(true);
		expect(staticData.production).toMatchObject({ id: String(webhooks()[0]?.id) });
		expect(JSON.stringify(staticData)).not.toContain(webhooks()[0]?.secret);
		const asked = sandbox.requests.length;
		const forged = await send({ 'x-chatwoot-signature': `sha256=${'0'.repeat(64)}` });
		expect(forged.response.statusCode).toBe(401);
		expect(sandbox.requests).toHaveLength(asked);
	});

	it.each(refusals)('refuses %s', async (_what, request) => {
		const [result] = await onEvents(['message_created'], {}, () => incoming(conversation()), request);
		expect(result?.started).toBe(false);
		expect(result?.response.statusCode).toBe(401);
	});

	it('takes unsigned events of an old server when told', async () => {
		version.version = '4.9.1';
		const results = await onEvents(['message_created'], { acceptUnsigned: true }, () => incoming(conversation()));
		expect(results.map((result) => result.started)).toEqual([true]);
	});

	it('by hand: checks with the secrets of the credential', async () => {
		const body = JSON.stringify({ event: 'contact_created', id: 5, name: 'Ana', account: { id: 1, name: 'x' } });
		const timestamp = String(Math.floor(Date.now() / 1000));
		const call = async (secret: string) => await webhookCall(ChatwootTrigger, {
			...options({ events: ['contact_created'], registration: 'manual' }, { credential: { webhookSecret: 'of another webhook, abc' } }), rawBody: body,
			headers: { 'content-type': 'application/json', 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}` },
		});
		expect((await call('abc')).json).toMatchObject([{ event: 'contact_created', id: '5', name: 'Ana' }]);
		expect((await call('abd')).started).toBe(false);
	});

	it('drops doubles', async () => {
		const staticData: IDataObject = {};
		const given = options({}, { staticData });
		await hook(ChatwootTrigger, 'create', given);
		incoming(conversation());
		const delivery = sandbox.deliveries.find(({ event }) => event === 'message_created')!;
		const request = { ...given, rawBody: delivery.body, headers: { 'content-type': 'application/json', ...delivery.headers } };
		expect((await webhookCall(ChatwootTrigger, request)).started).toBe(true);
		expect((await webhookCall(ChatwootTrigger, request)).started).toBe(false);
	});

	it.each([
		['received messages only, by default', {}, ['in']],
		['sent ones', { direction: 'outgoing' }, ['out', 'mine', 'bot']],
		['both', { direction: 'all' }, ['in', 'out', 'mine', 'bot']],
		['private notes, too', { direction: 'all', privateNotes: true }, ['in', 'out', 'mine', 'bot', 'note']],
		['not those of the owner of the token', { direction: 'all', ignoreOwn: true }, ['in', 'out', 'bot']],
		['those of bots', { direction: 'all', senders: ['agent_bot'] }, ['bot']],
		['those of contacts and agents', { direction: 'all', senders: ['contact', 'user'] }, ['in', 'out', 'mine']],
		['those of an inbox', { inboxes: ['2'] }, ['in']],
		['none of another inbox', { inboxes: [1] }, []],
	] as Array<[string, INodeParameters, string[]]>)('filters: %s', async (_what, filters, expected) => {
		const rows = await started(['message_created'], { filters }, () => {
			const one = conversation();
			incoming(one, 'in');
			addMessage(acting(), one, { content: 'out', message_type: 'outgoing' }, { kind: 'agent', userId: 2, role: 'agent' });
			outgoing(one, { content: 'mine' });
			addMessage(acting(), one, { content: 'bot' }, { kind: 'bot', userId: 1, role: 'bot' });
			addMessage(acting(), one, { content: 'note', private: true }, { kind: 'agent', userId: 2, role: 'agent' });
		});
		expect(rows.map(({ content }) => content)).toEqual(expected);
	});

	it.each([
		['leaves out what its own workflow has sent', {}, ['other workflow']],
		['takes that, too, when told', { ownWorkflow: true }, ['own', 'other workflow']],
	] as Array<[string, INodeParameters, string[]]>)('%s', async (_what, filters, expected) => {
		const own = randomUUID();
		const results = await onEvents(['message_created'], { filters: { direction: 'all', ...filters } }, async () => {
			const conversationId = byId(conversation().displayId);
			for (const [content, id] of [['own', own], ['other workflow', randomUUID()]] as const) await runIn(id, { resource: 'message', operation: 'send', conversationId, content });
		}, undefined, own);
		expect(results.filter((result) => result.started).flatMap(({ json }) => json).map(({ content }) => content)).toEqual(expected);
	});

	it('takes the answer to a form that its own workflow has sent', async () => {
		const own = randomUUID();
		const results = await onEvents(['message_updated'], { filters: { direction: 'all' } }, async () => {
			const conversationId = byId(conversation().displayId);
			await runIn(own, { resource: 'message', operation: 'sendInteractive', conversationId, contentType: 'form', content: 'Dados', formFields: { formField: [{ type: 'text', name: 'n', label: 'Nome' }] } });
			const sent = [...state().messages.values()].at(-1)!;
			expect(sent.contentAttributes).toMatchObject({ n8n_workflow: expect.stringMatching(/^[0-9a-f]{16}$/) });
			const { sourceId } = [...state().contactInboxes.values()][0]!;
			await runIn(own, { resource: 'publicInbox', operation: 'answerMessage', inboxIdentifier: byId('pUbInbox4LojaExemplo'), sourceId, conversationId, messageId: byId(sent.id), answerKind: 'form', formAnswers: { field: [{ name: 'n', value: 'Ana' }] } });
		}, undefined, own);
		expect(results.flatMap(({ json }) => json)).toMatchObject([{ event: 'message_updated', answers: [{ name: 'n', value: 'Ana' }] }]);
	});

	it('by hand, too, leaves out what the owner of the token has sent', async () => {
		const parameters = { registration: 'manual', acceptUnsigned: true, filters: { direction: 'all', ignoreOwn: true } };
		const call = async (id: number, senderId: number) => await webhookCall(ChatwootTrigger, { ...options(parameters), body: { event: 'message_created', id, message_type: 'outgoing', private: false, sender: { id: senderId, name: 'x', type: 'user' }, conversation: { id: 1 } } });
		expect((await call(70, 1)).started).toBe(false);
		expect((await call(71, 2)).started).toBe(true);
	});

	describe('attachments', () => {
		const files = useFileServer();
		const upload = (filename: string) => ({ field: 'attachments[]', filename, contentType: 'image/png', data: Buffer.from('png!') });
		const withFiles = (...names: string[]) => addMessage({ ...acting(), url: files.address, files: names.map(upload) } as never, conversation(), { content: 'Veja', message_type: 'incoming' }, admin);

		it('come as binary data, when asked, without the token of the credential', async () => {
			const [result] = await onEvents(['message_created'], { download: true, privateFiles: true }, () => withFiles('foto bonita.png', 'perdida.png', 'outra.png'));
			const item = result!.outputs[0]![0]!;
			expect(Object.keys(item.binary ?? {})).toEqual(['attachment_0', 'attachment_2']);
			expect(item.binary?.attachment_0).toMatchObject({ fileName: 'foto bonita.png', mimeType: 'image/png' });
			expect(item.json).toMatchObject({ attachments: [expect.stringContaining('foto'), expect.stringContaining('perdida'), expect.stringContaining('outra')], filesNotFetched: ['perdida.png'] });
			expect(files.tokens.length).toBeGreaterThan(3);
			expect(files.tokens.filter(Boolean)).toEqual([]);
			expect(result!.response.statusCode).toBe(200);
		});

		it('stay where they are otherwise', async () => {
			const before = files.tokens.length;
			const [result] = await onEvents(['message_created'], {}, () => withFiles('foto.png'));
			expect(result!.outputs[0]![0]!.binary).toBeUndefined();
			expect(files.tokens).toHaveLength(before);
		});

		it('that are places, too large or broken addresses do not stop the event', async () => {
			const attachments = [{ file_type: 'location', coordinates_lat: 1 }, { file_type: 'file', data_url: 'not an address' }, { file_type: 'video', data_url: `${files.address}/rails/gross.mp4`, file_size: 70 * 1024 * 1024 }];
			const { json } = await webhookCall(ChatwootTrigger, { ...options({ registration: 'manual', acceptUnsigned: true, download: true, privateFiles: true }), body: { event: 'message_created', id: 80, message_type: 'incoming', conversation: { id: 1 }, attachments } });
			expect(json).toMatchObject([{ id: '80', filesNotFetched: ['gross.mp4'] }]);
		});
	});

	it.each([
		['message_created', { id: 1, message_type: 'incoming', conversation: { id: 4 }, sender: { id: 9, name: 'Ana', phone_number: '+5511999990000' } }],
		['message_updated', { id: 1, message_type: 'incoming', conversation: { id: 4, meta: { sender: { id: 9, name: 'Ana', phone_number: '+5511999990000', type: 'contact' } } }, sender: { id: 2, name: 'Caio', type: 'user' } }],
		['conversation_created', { id: 4, meta: { sender: { id: 9, name: 'Ana', phone_number: '+5511999990000', type: 'contact' } } }],
		['conversation_typing_on', { conversation: { id: 4, inbox_id: 2 }, user: { id: 9, name: 'Ana', phone_number: '+5511999990000', type: 'contact' } }],
		['conversation_typing_off', { conversation: { id: 4, inbox_id: 2, meta: { sender: { id: 9, name: 'Ana', phone_number: '+5511999990000' } } }, user: { id: 2, name: 'Caio', type: 'user' } }],
		['webwidget_triggered', { contact: { id: 9, name: 'Ana', phone_number: '+5511999990000' }, inbox: { id: 1, name: 'Site' } }],
	])('%s carries the common contact', async (event, body) => {
		const { json } = await webhookCall(ChatwootTrigger, { ...options({ events: [event], registration: 'manual', acceptUnsigned: true }), body: { event, account: { id: 1 }, ...body } });
		expect(json[0]?.contact).toEqual({
			id: '9', name: 'Ana', email: null, phone: '+5511999990000', externalId: null, avatarUrl: null, tags: [], customFields: {}, notes: null, url: `${sandbox.chatwoot.url}/app/accounts/1/contacts/9`, createdAt: null, updatedAt: null, platform: 'chatwoot',
		});
	});

	it('knows the account of events that do not name it, before 4.14.2', async () => {
		const staticData = { production: { id: '1', account: '2', url: 'https://n8n.example.com/webhook/x', secret: null, ownerId: null } };
		const { json } = await webhookCall(ChatwootTrigger, { ...options({ events: ['conversation_created'], acceptUnsigned: true }, { staticData }), body: { event: 'conversation_created', id: 4, meta: { sender: { id: 9, name: 'Ana', type: 'contact' } } } });
		expect(json).toMatchObject([{ accountId: '2', contact: { url: `${sandbox.chatwoot.url}/app/accounts/2/contacts/9` } }]);
	});

	it('contact events are the common contact themselves', async () => {
		const rows = await started(['contact_created'], {}, async () => await runNode(Chatwoot, { resource: 'contact', operation: 'create', name: 'Ana', email: 'ana.nova@example.com' } as never, options() as never));
		expect(rows).toMatchObject([{ event: 'contact_created', accountId: '1', name: 'Ana', email: 'ana.nova@example.com', tags: [], customFields: {}, url: expect.stringMatching(/\/app\/accounts\/1\/contacts\/\d+$/), platform: 'chatwoot', blocked: false }]);
	});

	it('tells what has happened to a conversation', async () => {
		const events = ['assignee_changed', 'team_changed', 'label_added', 'conversation_resolved', 'conversation_opened'];
		const rows = await started(events, {}, () => {
			const one = conversation();
			const change = (values: Partial<ChatwootConversation>) => {
				sandbox.clock.advance(1000);
				changeConversation(acting(), one, () => Object.assign(one, values));
			};
			change({ assigneeId: 2 });
			change({ teamId: 1 });
			change({ labels: ['vip'] });
			change({ labels: [] });
			change({ priority: 'high' });
			change({ status: 'resolved' });
			change({ status: 'open' });
			change({ status: 'snoozed' });
		});
		expect(rows.map(({ matched }) => matched)).toEqual([['assignee_changed'], ['team_changed'], ['label_added'], ['conversation_resolved'], ['conversation_opened']]);
		expect(rows[0]).toMatchObject({ event: 'conversation_updated', id: '1', assignee: 'Caio Nogueira', changes: { assignee_id: { from: null, to: 2 } } });
		expect(rows[2]).toMatchObject({ addedLabels: ['vip'], labels: ['vip'] });
		expect(rows[3]).toMatchObject({ status: 'resolved', changes: { status: { from: 'open', to: 'resolved' } } });
	});

	it('has one output for each event, when asked', async () => {
		const results = await onEvents(['conversation_updated', 'message_created', 'assignee_changed'], { separateOutputs: true }, () => {
			const one = conversation();
			incoming(one);
			changeConversation(acting(), one, () => { one.assigneeId = 2; });
		});
		// What Chatwoot keeps for itself in a conversation starts nothing.
		expect(results.map(({ outputs }) => outputs.map(({ length }) => length)).filter((lengths) => lengths.length > 0)).toEqual([[0, 1, 0], [1, 0, 1]]);
	});

	it('knows the first message of a contact in a conversation', async () => {
		const rows = await started(['first_message'], {}, () => {
			const one = conversation();
			for (let count = 0; count < 25; count += 1) outgoing(one);
			incoming(one, 'first');
			outgoing(one);
			incoming(one, 'second');
		});
		expect(rows.map(({ content }) => content)).toEqual(['first']);
	});

	it('survives changed_attributes that are null, and events it does not know', async () => {
		const call = async (body: object) => await webhookCall(ChatwootTrigger, { ...options({ events: ['conversation_updated', 'assignee_changed', 'label_added', 'webwidget_triggered', 'inbox_updated', 'conversation_typing_on'], registration: 'manual', acceptUnsigned: true }), body });
		expect((await call({ event: 'conversation_updated', id: 3, changed_attributes: null })).json).toMatchObject([{ matched: ['conversation_updated'], changes: {} }]);
		expect((await call({ event: 'automation_event', id: 3 })).started).toBe(false);
		expect((await call({})).started).toBe(false);
		expect((await call({ event: 'webwidget_triggered', contact: { id: 9, name: 'Ana' }, inbox: { id: 1, name: 'Site' }, source_id: 's', event_info: { referer: 'https://a.example' } })).json).toMatchObject([{ contact: { id: '9' }, inboxId: '1', page: { referer: 'https://a.example' } }]);
		expect((await call({ event: 'conversation_typing_on', user: { id: 2, name: 'Caio', type: 'user' }, conversation: { id: 4, inbox_id: 2 }, is_private: false })).json).toMatchObject([{ who: 'Caio', conversationId: '4' }]);
		const inbox = await call({ event: 'inbox_updated', account: { id: 1 }, channel: { hmac_token: 'secret!' }, changed_attributes: [{ name: { previous_value: 'a', current_value: 'b' } }] });
		expect(inbox.json).toMatchObject([{ event: 'inbox_updated', accountId: '1' }]);
		expect(JSON.stringify(inbox.json)).not.toContain('secret!');
	});

	it('shows no token or secret in logs and errors', async () => {
		const { logs } = await hook(ChatwootTrigger, 'create', options());
		const text = JSON.stringify(logs);
		for (const secret of [...secretsOf(sandbox), ...webhooks().map(({ secret: own }) => own)]) expect(text).not.toContain(secret);
	});
});
