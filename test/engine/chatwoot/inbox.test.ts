import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, byUrl, useNode } from '../support';
import { asAgent, describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const secrets = ['hmacSite', 'hmacApi', 'apiInboxSecret', 'whatsappCloudKey', 'twilioAuth', 'bandwidthKey'];

describe('inbox: get many', () => {
	it('gives all of them with their channel, and none of the keys that administrators see', async () => {
		const { rows, requests, error } = await chatwoot.run('inbox', 'getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'GET', path: '/api/v1/accounts/1/inboxes' });
		expect(rows.map(({ name, channel }) => `${String(name)}: ${String(channel)}`)).toEqual(expect.arrayContaining(['Site: Website', 'Integração: API', 'WhatsApp: WhatsApp', 'E-mail: E-Mail', 'SMS: SMS']));
		const raw = await chatwoot.run('inbox', 'getAll', { returnAll: true, output: 'raw' });
		const text = raw.visibleText();
		expect(raw.rows).toHaveLength(rows.length);
		for (const secret of secrets) expect(text).not.toContain(secret);
	});

	it('stops at the limit, and shows an agent its own inboxes', async () => {
		expect((await chatwoot.run('inbox', 'getAll', { limit: 2 })).rows).toHaveLength(2);
		expect((await chatwoot.run('inbox', 'getAll', { returnAll: true }, asAgent(chatwoot))).rows.map(({ name }) => name)).toEqual(['Integração', 'Site']);
	});

	describeFailures(chatwoot, 'inbox', 'getAll', { good: () => ({ limit: 1 }), bad: [['a limit of 0', { limit: 0 }, /^'Limit' is less than 1 \[item 0\]$/]] });
});

describe('inbox: get', () => {
	it.each([['ID', () => byId(4)], ['settings address', (host: string) => byUrl(`${host}/app/accounts/1/settings/inboxes/4`)], ['address of its conversations', (host: string) => byUrl(`${host}/app/accounts/1/inbox/4/conversations/7`)]])('by %s', async (_how, named) => {
		const inboxId = named(chatwoot.sandbox.chatwoot.url);
		const { rows, error } = await chatwoot.run('inbox', 'get', { inboxId });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id: '4', name: 'WhatsApp', channel: 'WhatsApp', phone: '+5511930002000', provider: 'whatsapp_cloud' });
		expect(rows[0]?.url).toBe(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/settings/inboxes/4`);
	});

	it('leaves the keys of the channel out of the raw answer, too', async () => {
		const { rows, visibleText } = await chatwoot.run('inbox', 'get', { inboxId: byId(4), output: 'raw' });
		expect(rows[0]).toHaveProperty('message_templates');
		expect(rows[0]).not.toHaveProperty('provider_config');
		for (const secret of secrets) expect(visibleText()).not.toContain(secret);
	});

	it('tells an agent that it may not see an inbox it does not work in', async () => {
		const { error } = await chatwoot.run('inbox', 'get', { inboxId: byId(4) }, asAgent(chatwoot));
		expect(error?.message).toBe('The access token is valid, but its owner may not do this in Chatwoot [item 0]');
	});

	describeFailures(chatwoot, 'inbox', 'get', { good: () => ({ inboxId: byId(1) }), unknown: { inboxId: '99' } });
});
