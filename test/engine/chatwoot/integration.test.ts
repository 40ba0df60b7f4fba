import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { connectionOf, integrationOf } from '../../../nodes/Chatwoot/actions/integration/integration';
import { listSearch, resourceMapping, type LoadOptionsOptions } from '../../harness/engine';
import { byId, byUrl, credentials, credentialValues, fromList, useNode } from '../support';
import { asAgent, describeFailures, mapped } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const apps = '/api/v1/accounts/1/integrations/apps';
const hooks = '/api/v1/accounts/1/integrations/hooks';
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('integration', operation, fields, options);
const using = (parameters = {}): LoadOptionsOptions => ({ credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'integration', ...parameters } });
const connection = () => ({ connectionId: byId(1) });
const stored = (id: number) => chatwoot.sandbox.chatwoot.state.integrationHooks.get(id);
const keyFile = { type: 'service_account', private_key: 'newPrivateKey' };
const badId: [string, IDataObject, RegExp] = ['an ID of letters', { connectionId: '={{ "abc" }}' }, /^'Connection' is not an ID \[item 0\]$/];

describe('integration: get, get many, get connections', () => {
	it('gets one by ID and by address', async () => {
		for (const integrationId of [byId('dialogflow'), byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/settings/integrations/dialogflow`)]) {
			const { rows, requests } = await run('get', { integrationId });
			expect(requests[0]).toMatchObject({ method: 'GET', path: `${apps}/dialogflow` });
			expect(rows).toEqual([{ id: 'dialogflow', name: 'Dialogflow', description: 'Bots built with Dialogflow', enabled: true, connectsTo: 'inbox', connections: 1 }]);
		}
	});

	it('gets many, for agents too', async () => {
		expect((await run('getAll', { returnAll: true })).rows.map(({ id, enabled }) => [id, enabled])).toEqual([['webhook', false], ['openai', false], ['dialogflow', true], ['google_translate', false], ['dyte', false], ['slack', false], ['leadsquared', false]]);
		expect((await run('getAll', { limit: 2 }, asAgent(chatwoot))).rows).toEqual([expect.objectContaining({ id: 'webhook', connectsTo: null }), expect.objectContaining({ id: 'openai' })]);
	});

	it('gets the connections of one and of all', async () => {
		const row = { id: '1', integration: 'dialogflow', enabled: true, connectsTo: 'inbox', inboxId: '1', inboxName: 'Site' };
		const all = await run('getConnections', { returnAll: true });
		expect(all.requests[0]?.path).toBe(apps);
		expect(all.rows).toEqual([row]);
		const one = await run('getConnections', { integrationId: fromList('dialogflow'), limit: 5 });
		expect(one.requests[0]?.path).toBe(`${apps}/dialogflow`);
		expect(one.rows).toEqual([row]);
		expect((await run('getConnections', { integrationId: byId('openai') })).rows).toEqual([]);
	});

	it('puts out no address of a sign-in page, which carries a signed state', async () => {
		const { rows, visibleText } = await run('get', { integrationId: byId('slack'), output: 'raw' });
		expect(rows[0]).toMatchObject({ id: 'slack', visible_properties: ['channel_name'] });
		expect(visibleText()).not.toContain('signedState');
	});

	it('puts out no keys, not even those that older servers show', () => {
		const hook = { id: 1, app_id: 'dialogflow', settings: { project_id: 'loja', credentials: { private_key: 'x' }, api_key: 'x', access_token: 'x' } };
		expect(connectionOf(hook)).toEqual({ id: 1, app_id: 'dialogflow', settings: { project_id: 'loja' } });
		expect(integrationOf({ id: 'slack', action: 'https://slack.com/oauth?state=signed', hooks: [hook] })).toEqual({ id: 'slack', hooks: [connectionOf(hook)] });
	});

	const unknown = { unknown: { integrationId: 'fax' } };
	describeFailures(chatwoot, 'integration', 'get', { good: () => ({ integrationId: byId('openai') }), ...unknown, bad: [['nothing', { integrationId: '={{ "" }}' }, /^'Integration' is empty/]] });
	describeFailures(chatwoot, 'integration', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'integration', 'getConnections', { good: () => ({ integrationId: byId('dialogflow') }), ...unknown });
});

describe('integration: connect', () => {
	it('connects an inbox, and makes an object of the key file', async () => {
		const { rows, requests, error } = await run('connect', {
			integrationId: byId('dialogflow'), inboxId: byId(2), settings: mapped({ project_id: 'loja', credentials: JSON.stringify(keyFile), language_code: 'pt-BR' }), additionalFields: { enabled: false },
		});
		expect(error).toBeUndefined();
		expect(requests.at(-1)).toMatchObject({ method: 'POST', path: hooks });
		expect(requests.at(-1)?.body).toEqual({ app_id: 'dialogflow', inbox_id: 2, status: 'disabled', settings: { project_id: 'loja', credentials: keyFile, language_code: 'pt-BR' } });
		expect(rows).toEqual([{ id: '2', integration: 'dialogflow', enabled: false, connectsTo: 'inbox', inboxId: '2', inboxName: 'Integração' }]);
	});

	it('connects the account; the JSON wins, and values get the types that are asked for', async () => {
		const { rows, requests, error } = await run('connect', {
			integrationId: byId('leadsquared'), settings: mapped({ access_key: 'a', secret_key: 'b', enable_conversation_activity: 'true' }),
			additionalFields: { settingsJson: '{"secret_key": "keyOfLeadSquared", "conversation_activity_code": "7"}' },
		});
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toEqual({ app_id: 'leadsquared', settings: { access_key: 'a', secret_key: 'keyOfLeadSquared', enable_conversation_activity: true, conversation_activity_code: 7 } });
		expect(rows).toEqual([{ id: '2', integration: 'leadsquared', enabled: true, connectsTo: 'account', inboxId: null, inboxName: null }]);
		const raw = await run('getConnections', { integrationId: byId('leadsquared'), output: 'raw' });
		expect(raw.visibleText()).not.toContain('keyOfLeadSquared');
	});

	it.each<[string, IDataObject, string]>([
		['an inbox that is missing', { integrationId: byId('dialogflow') }, "'Inbox' is empty [item 0]"],
		['settings that are missing', { integrationId: byId('dialogflow'), inboxId: byId(2), settings: mapped({ project_id: 'x' }) }, "'Settings' lacks 'Dialogflow Project Key File' [item 0]"],
		['a key file that is none', { integrationId: byId('dialogflow'), inboxId: byId(2), settings: mapped({ project_id: 'x', credentials: 'no file' }) }, "'Settings' has a value under 'Dialogflow Project Key File' that is not a JSON object [item 0]"],
		['an inbox that does not exist', { integrationId: byId('dialogflow'), inboxId: byId(99), settings: mapped({ project_id: 'x', credentials: '{}' }) }, "'Inbox' 99 is not in account 1 [item 0]"],
	])('names %s, and connects nothing', async (_what, fields, message) => {
		const { error, requests } = await run('connect', fields);
		expect(error?.message).toBe(message);
		expect(requests.some(({ method }) => method === 'POST')).toBe(false);
	});

	it.each([['slack', 'Slack'], ['webhook', 'Webhooks']])('does not pretend to connect what is signed in to elsewhere: %s', async (id, name) => {
		const { error, requests } = await run('connect', { integrationId: byId(id) });
		expect(error?.message).toBe(`'Integration' ${name} is connected on a page of Chatwoot only [item 0]`);
		expect(requests.some(({ method }) => method === 'POST')).toBe(false);
	});

	it('passes on that the integration is connected already', async () => {
		await run('connect', { integrationId: byId('openai'), settings: mapped({ api_key: 'x' }) });
		expect((await run('connect', { integrationId: byId('openai'), settings: mapped({ api_key: 'x' }) })).error?.message).toBe("Chatwoot refused 'App': App has already been taken [item 0]");
	});

	describeFailures(chatwoot, 'integration', 'connect', {
		good: () => ({ integrationId: byId('openai'), settings: mapped({ api_key: 'x' }) }), unknown: { integrationId: 'fax' }, adminOnly: true,
		bad: [['nothing', { integrationId: '={{ "" }}' }, /^'Integration' is empty/], ['settings that are no JSON', { additionalFields: { settingsJson: '{"a"' } }, /^'Settings \(JSON\)' is not a JSON object/]],
	});
});

describe('integration: update connection, disconnect', () => {
	it('switches off', async () => {
		const { rows, requests } = await run('updateConnection', { connectionId: fromList(1), updateFields: { enabled: false } });
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${hooks}/1`, body: { status: 'disabled' } });
		expect(rows[0]).toMatchObject({ id: '1', enabled: false });
	});

	it('replaces the settings', async () => {
		const { requests, error } = await run('updateConnection', { ...connection(), settings: mapped({ project_id: 'outra', credentials: JSON.stringify(keyFile) }), updateFields: { enabled: true } });
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toEqual({ status: 'enabled', settings: { project_id: 'outra', credentials: keyFile } });
		expect(stored(1)?.settings).toEqual({ project_id: 'outra', credentials: keyFile });
	});

	it('says which setting is missing, because they are replaced whole', async () => {
		const { error, requests } = await run('updateConnection', { ...connection(), settings: mapped({ project_id: 'outra' }) });
		expect(error?.message).toBe("'Settings' lacks 'Dialogflow Project Key File' [item 0]");
		expect(requests.some(({ method }) => method === 'PATCH')).toBe(false);
	});

	it('disconnects', async () => {
		const { rows, requests } = await run('disconnect', connection());
		expect(requests[0]).toMatchObject({ method: 'DELETE', path: `${hooks}/1` });
		expect(rows).toEqual([{ deleted: true }]);
		expect(stored(1)).toBeUndefined();
	});

	const unknown = { unknown: { connectionId: '99' } };
	describeFailures(chatwoot, 'integration', 'updateConnection', { good: () => ({ ...connection(), updateFields: { enabled: true } }), ...unknown, adminOnly: true, bad: [badId, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'integration', 'disconnect', { good: connection, ...unknown, adminOnly: true, bad: [badId] });
});

describe('integration: lists and fields', () => {
	it('lists integrations and connections', async () => {
		expect((await listSearch(Chatwoot, 'searchIntegrations', { ...using(), filter: 'open' })).results).toEqual([{ name: 'OpenAI', value: 'openai' }]);
		stored(1)!.enabled = false;
		expect((await listSearch(Chatwoot, 'searchIntegrationConnections', using())).results).toEqual([{ name: 'Dialogflow · Site · off', value: '1' }]);
		expect((await listSearch(Chatwoot, 'searchIntegrationConnections', { ...using(), filter: 'slack' })).results).toEqual([]);
	});

	it('shows the settings of the integration, and of that of the connection', async () => {
		const shown = ['project_id Dialogflow Project ID string true', 'credentials Dialogflow Project Key File object true', 'region Dialogflow Region options false', 'language_code Language Code options false'];
		for (const parameters of [{ operation: 'connect', integrationId: byId('dialogflow') }, { operation: 'updateConnection', connectionId: byId(1) }]) {
			const { fields } = await resourceMapping(Chatwoot, 'integrationSettings', using(parameters));
			expect(fields.map(({ id, displayName, type, required }) => `${id} ${displayName} ${type} ${required}`)).toEqual(shown);
		}
		const { fields } = await resourceMapping(Chatwoot, 'integrationSettings', using({ operation: 'connect', integrationId: byId('leadsquared') }));
		expect(fields.map(({ type }) => type)).toEqual(['string', 'string', 'options', 'number']);
	});

	it('says why there are no fields', async () => {
		expect((await resourceMapping(Chatwoot, 'integrationSettings', using({ operation: 'connect', integrationId: { __rl: true, mode: 'list', value: '' } }))).emptyFieldsNotice).toContain('Pick an integration');
		expect((await resourceMapping(Chatwoot, 'integrationSettings', using({ operation: 'connect', integrationId: byId('webhook') }))).emptyFieldsNotice).toContain('asks for no settings');
	});
});
