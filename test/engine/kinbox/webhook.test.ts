import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { KinboxWebhookTrigger } from '../../../nodes/Kinbox/KinboxWebhookTrigger.node';
import { hook, webhookCall, type TriggerOptions, type WebhookRequest } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentials, credentialValues } from '../support';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.close());

const apiSecret = 'workspace-api-secret-71';
function options(parameters: INodeParameters, credential: ICredentialDataDecryptedObject = {}): TriggerOptions & { staticData: IDataObject } {
	const values = credentialValues(sandbox);
	return { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, ...credential } }, parameters, staticData: {} };
}
const sign = (body: string, secret = apiSecret) => ({ 'x-hub-signature': createHmac('sha256', secret).update(body).digest('base64'), 'content-type': 'application/json' });
const call = async (trigger: TriggerOptions, request: WebhookRequest) => await webhookCall(KinboxWebhookTrigger, { ...trigger, ...request });
const webhooks = () => [...sandbox.kinbox.state.records.webhooks.values()];

describe('webhook: subscription by API', () => {
	const parameters = { source: 'subscription', events: ['session:new'], moreEvents: 'deal:won, session:new' };

	it('registers its address with a key, is found again, and is removed', async () => {
		const trigger = options(parameters);
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(false);
		const { webhookUrl } = await hook(KinboxWebhookTrigger, 'create', trigger);
		const [registered] = webhooks();
		expect(registered?.fields).toEqual({ url: expect.stringMatching(/\?key=[0-9a-f]{48}$/), secret: expect.stringMatching(/^[0-9a-f]{48}$/), events: ['session:new', 'deal:won'] });
		expect(String(registered?.fields.url)).toContain(webhookUrl);
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(true);
		await hook(KinboxWebhookTrigger, 'delete', trigger);
		expect(webhooks()).toEqual([]);
		expect(trigger.staticData).toEqual({});
	});

	it('registers anew when events have changed, without leaving the old one', async () => {
		const trigger = options(parameters);
		await hook(KinboxWebhookTrigger, 'create', trigger);
		trigger.parameters = { ...parameters, moreEvents: '' };
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(false);
		await hook(KinboxWebhookTrigger, 'create', trigger);
		expect(webhooks().map(({ fields }) => fields.events)).toEqual([['session:new']]);
	});

	it('removes what it does not know of: the answer to the registration was lost', async () => {
		const trigger = options(parameters);
		sandbox.inject({ kind: 'reset-after-handling', vendor: 'kinbox', operationId: 'v3CreateWebhook', times: 1 });
		await expect(hook(KinboxWebhookTrigger, 'create', trigger)).rejects.toThrow();
		await hook(KinboxWebhookTrigger, 'delete', trigger);
		expect(webhooks()).toHaveLength(1);
		await hook(KinboxWebhookTrigger, 'create', trigger);
		expect(webhooks()).toHaveLength(1);
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(true);
	});

	it('is removed also when Kinbox has forgotten it', async () => {
		const trigger = options(parameters);
		await hook(KinboxWebhookTrigger, 'create', trigger);
		sandbox.kinbox.state.records.webhooks.clear();
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(false);
		expect((await hook(KinboxWebhookTrigger, 'delete', trigger)).result).toBe(true);
	});

	it('keeps test and production apart', async () => {
		const trigger = options(parameters);
		await hook(KinboxWebhookTrigger, 'create', trigger);
		await hook(KinboxWebhookTrigger, 'create', { ...trigger, mode: 'manual' });
		expect(webhooks()).toHaveLength(2);
		await hook(KinboxWebhookTrigger, 'delete', { ...trigger, mode: 'manual' });
		expect(webhooks()).toHaveLength(1);
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(true);
	});

	it('takes calls with its key once, and refuses others', async () => {
		const trigger = options(parameters);
		await hook(KinboxWebhookTrigger, 'create', trigger);
		const key = String(webhooks()[0]?.fields.url).split('key=')[1]!;
		const body = { id: '66e2', call: { id: 987654 } };
		const good = await call(trigger, { body, query: { key } });
		expect(good.error).toBeUndefined();
		expect(good.json).toEqual([body]);
		expect((await call(trigger, { body, query: { key } })).started).toBe(false);
		const session = { id: '66e3', tags: [3], contact: { id: 555, name: 'João', phone: '5585988887777', customFields: { cpf: { value: '1' } } } };
		expect((await call(trigger, { body: session, query: { key } })).json).toEqual([{ ...session, contact: expect.objectContaining({ id: '555', name: 'João', phone: '+5585988887777', customFields: { cpf: '1' }, platform: 'kinbox' }) }]);
		const raw = options({ ...parameters, simple: false });
		raw.staticData = trigger.staticData;
		expect((await call(raw, { body: { ...session, id: '66e4' }, query: { key } })).json).toEqual([{ ...session, id: '66e4' }]);
		for (const query of [{}, { key: `${key}0` }, { key: 'x' }] as Array<Record<string, string>>) {
			const bad = await call(trigger, { body: { id: '2' }, query });
			expect(bad.started).toBe(false);
			expect(bad.response.statusCode).toBe(401);
		}
	});

	it('says what is wrong when it cannot register', async () => {
		const v1 = options(parameters, { generation: 'v1', token: sandbox.kinbox.tokens.api });
		await expect(hook(KinboxWebhookTrigger, 'create', v1)).rejects.toThrow('The automatic registration of a webhook needs the Token V3');
		await expect(hook(KinboxWebhookTrigger, 'create', options({ source: 'subscription', events: [], moreEvents: '' }))).rejects.toThrow("'Events' is empty");
		await expect(hook(KinboxWebhookTrigger, 'create', options(parameters, { token: 'wrong' }))).rejects.toThrow('Kinbox did not accept the token');
	});
});

describe('webhook: on the settings screen', () => {
	const body = () => JSON.stringify({ event: 'message', text: 'Olá', timestamp: Date.now() });

	it('registers nothing', async () => {
		const trigger = options({ source: 'settings' });
		expect((await hook(KinboxWebhookTrigger, 'checkExists', trigger)).result).toBe(true);
		await hook(KinboxWebhookTrigger, 'delete', trigger);
		expect(sandbox.requests).toEqual([]);
	});

	it('takes what is signed with the API Secret, once', async () => {
		const trigger = options({ source: 'settings' }, { apiSecret });
		const rawBody = body();
		const first = await call(trigger, { rawBody, headers: sign(rawBody) });
		expect(first.error).toBeUndefined();
		expect(first.json).toEqual([JSON.parse(rawBody)]);
		expect((await call(trigger, { rawBody, headers: sign(rawBody) })).started).toBe(false);
	});

	it('takes a call again that could not be handed on', async () => {
		const trigger = options({ source: 'settings' }, { apiSecret });
		const rawBody = body();
		const broken = options({ source: 'settings', simple: "={{ $('Nowhere').item.json.simple }}" }, { apiSecret });
		broken.staticData = trigger.staticData;
		expect((await call(broken, { rawBody, headers: sign(rawBody) })).started).toBe(false);
		expect((await call(trigger, { rawBody, headers: sign(rawBody) })).started).toBe(true);
	});

	it.each<[string, (rawBody: string) => Record<string, string>]>([
		['no signature', () => ({ 'content-type': 'application/json' })],
		['another secret', (rawBody) => sign(rawBody, 'other')],
		['another body', (rawBody) => sign(`${rawBody} `)],
		['nonsense', () => ({ 'x-hub-signature': '!!!', 'content-type': 'application/json' })],
	])('refuses %s', async (_what, headers) => {
		const rawBody = body();
		const { started, response } = await call(options({ source: 'settings' }, { apiSecret }), { rawBody, headers: headers(rawBody) });
		expect(started).toBe(false);
		expect(response.statusCode).toBe(401);
	});

	it('refuses a call that is sent again later', async () => {
		const rawBody = JSON.stringify({ event: 'message', timestamp: Date.now() - 600_000 });
		const { started, response } = await call(options({ source: 'settings' }, { apiSecret }), { rawBody, headers: sign(rawBody) });
		expect(started).toBe(false);
		expect(response.statusCode).toBe(401);
	});

	it('takes unsigned calls when the credential has no secret', async () => {
		const { json } = await call(options({ source: 'settings' }), { body: { event: 'message' } });
		expect(json).toEqual([{ event: 'message' }]);
	});
});

it('custom channel: gives what the agent wrote', async () => {
	const rawBody = JSON.stringify({ recipient: '5585988887777', content: 'Olá', operator: { email: 'agente@example.com' }, timestamp: Date.now() });
	const { json, error } = await call(options({ source: 'customChannel' }, { apiSecret }), { rawBody, headers: sign(rawBody) });
	expect(error).toBeUndefined();
	expect(json).toEqual([{ event: 'agentMessage', recipient: '5585988887777', phone: '+5585988887777', text: 'Olá', operatorEmail: 'agente@example.com', sentAt: expect.stringMatching(/Z$/) }]);
});

describe('webhook: scenario or bot', () => {
	it('takes any body, also twice: a scenario may send the same again', async () => {
		const trigger = options({ source: 'scenario' });
		for (const round of [1, 2]) {
			const { json } = await call(trigger, { body: { name: 'Ana' } });
			expect([round, json]).toEqual([round, [{ name: 'Ana' }]]);
		}
	});

	it('can ask for the API Secret', async () => {
		const parameters = { source: 'scenario', checkHeader: true };
		const good = await call(options(parameters, { apiSecret }), { body: { name: 'Ana' }, headers: { 'x-api-token': apiSecret } });
		expect(good.started).toBe(true);
		for (const [credential, headers] of [[{ apiSecret }, {}], [{ apiSecret }, { 'x-api-token': 'other' }], [{}, { 'x-api-token': '' }]] as Array<[ICredentialDataDecryptedObject, Record<string, string>]>) {
			const { started, response } = await call(options(parameters, credential), { body: { name: 'Ana' }, headers });
			expect(started).toBe(false);
			expect(response.statusCode).toBe(401);
		}
	});
});

describe('webhook: a step that waits for an answer', () => {
	it('gets it from the workflow, or at once when chosen', async () => {
		const waiting = await call(options({ source: 'scenario' }), { body: { telefone: '5511999990000' }, query: { passo: '1' } });
		expect(waiting.json).toEqual([{ telefone: '5511999990000', query: { passo: '1' } }]);
		expect(waiting.returned).not.toHaveProperty('noWebhookResponse');
		const atOnce = await call(options({ source: 'scenario', respond: 'onReceived' }), { body: { a: 1 } });
		expect([atOnce.started, atOnce.response.statusCode, atOnce.returned?.noWebhookResponse]).toEqual([true, 200, true]);
	});

	it('of a secret that is wrong stands in the log, once', async () => {
		const trigger = options({ source: 'scenario', checkHeader: true }, { apiSecret });
		const first = await call(trigger, { body: { a: 1 }, headers: { 'content-type': 'application/json', 'x-api-token': 'x' } });
		expect(first.response.statusCode).toBe(401);
		expect(first.logs).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('x-api-token is not the API Secret') }));
		expect((await call(trigger, { body: { a: 1 } })).logs.filter(({ level }) => level === 'warn')).toEqual([]);
	});
});

it('keeps no key that would start the workflow, and leaves the webhook of a copy alone', async () => {
	const trigger = options({ source: 'subscription', events: ['session:new'] });
	await hook(KinboxWebhookTrigger, 'create', trigger);
	const key = new URL(String(webhooks()[0]!.fields.url)).searchParams.get('key')!;
	expect(JSON.stringify(trigger.staticData)).not.toContain(key);
	// The same node in another n8n remembers the webhook, too, but has another address.
	await hook(KinboxWebhookTrigger, 'delete', { ...options({ source: 'subscription', events: ['session:new'] }), staticData: structuredClone(trigger.staticData), instanceUrl: 'https://copy.example.com' });
	expect(webhooks()).toHaveLength(1);
});
