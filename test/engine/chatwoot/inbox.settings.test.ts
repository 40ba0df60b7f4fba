import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const run = async (operation: string, fields = {}) => await chatwoot.run('inbox', operation, fields);
const good = () => ({ inboxId: byId(2) });
const unknown = { inboxId: '99' };
const settings = {
	autoAssignment: false, businessName: 'Loja', businessHours: true, csatSurvey: true, emailCollect: false, greeting: 'Olá!', greetingEnabled: false, messagesAfterResolved: false, outOfOffice: 'Até amanhã',
	senderName: 'professional', singleConversation: true, timezone: 'America/Fortaleza',
};
const settingsBody = {
	enable_auto_assignment: false, business_name: 'Loja', working_hours_enabled: true, csat_survey_enabled: true, enable_email_collect: false, greeting_message: 'Olá!', greeting_enabled: false, allow_messages_after_resolved: false,
	out_of_office_message: 'Até amanhã', sender_name_type: 'professional', lock_to_single_conversation: true, timezone: 'America/Fortaleza',
};

describe('inbox: create, update, delete', () => {
	it.each([
		['api', { webhookUrl: 'https://example.com/hook' }, { type: 'api', webhook_url: 'https://example.com/hook' }],
		['email', { email: 'loja@example.com' }, { type: 'email', email: 'loja@example.com' }],
		['web_widget', { websiteUrl: 'https://loja.example', widgetColor: '#ff0000', welcomeTitle: 'Oi', welcomeTagline: 'Tudo bem?' }, { type: 'web_widget', website_url: 'https://loja.example', widget_color: '#ff0000', welcome_title: 'Oi', welcome_tagline: 'Tudo bem?' }],
	])('creates: %s', async (channel, fields, body) => {
		const { rows, requests, error } = await run('create', { name: 'Nova', channel, ...fields, settings });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path: '/api/v1/accounts/1/inboxes' });
		expect(requests[0]?.body).toEqual({ name: 'Nova', channel: body, ...settingsBody });
		expect(rows[0]).toMatchObject({ name: 'Nova', greeting: null, autoAssignment: false });
	});

	it('switches a greeting on that is filled in', async () => {
		const { requests, rows } = await run('update', { ...good(), name: 'Outra', settings: { greeting: 'Oi!' } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: '/api/v1/accounts/1/inboxes/2', body: { name: 'Outra', greeting_enabled: true, greeting_message: 'Oi!' } });
		expect(rows[0]).toMatchObject({ name: 'Outra', greeting: 'Oi!' });
	});

	it('deletes', async () => {
		expect((await run('delete', good())).rows).toEqual([{ deleted: true }]);
		await chatwoot.sandbox.settled();
		expect(chatwoot.sandbox.chatwoot.state.inboxes.has(2)).toBe(false);
	});

	describeFailures(chatwoot, 'inbox', 'create', {
		good: () => ({ name: 'Nova' }), adminOnly: true,
		bad: [['no name', { name: ' ' }, /^'Name' is empty/], ['no website', { channel: 'web_widget' }, /^'Website URL' is empty/], ['no address', { channel: 'email' }, /^'Email' is empty/], ['half an address', { channel: 'email', email: 'a@' }, /^'Email' is not an e-mail address/]],
	});
	describeFailures(chatwoot, 'inbox', 'update', { good: () => ({ ...good(), name: 'x' }), unknown, adminOnly: true, bad: [['nothing', { name: '' }, /^'Inbox' is given, but no field to change/]] });
	describeFailures(chatwoot, 'inbox', 'delete', { good, unknown, adminOnly: true });
});

describe('inbox: members, bot, templates', () => {
	it('keeps members', async () => {
		expect((await run('addMembers', { ...good(), agentIds: ['3'] })).requests[0]).toMatchObject({ method: 'POST', path: '/api/v1/accounts/1/inbox_members', body: { inbox_id: 2, user_ids: [3] } });
		expect((await run('getMembers', good())).rows.map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect((await run('removeMembers', { ...good(), agentIds: [2] })).requests[0]).toMatchObject({ method: 'DELETE', body: { inbox_id: 2, user_ids: [2] } });
		expect((await run('setMembers', { ...good(), agentIds: ['2'] })).rows.map(({ name }) => name)).toEqual(['Caio Nogueira']);
	});

	it('connects and disconnects a bot, and shows no token of it', async () => {
		expect((await run('getAgentBot', good())).rows).toEqual([]);
		expect((await run('setAgentBot', { ...good(), agentBotId: byId(1) })).requests[0]).toMatchObject({ path: '/api/v1/accounts/1/inboxes/2/set_agent_bot', body: { agent_bot: 1 } });
		expect((await run('getAgentBot', good())).rows).toEqual([{ inboxId: '2', id: '1', name: 'Robô de triagem', description: null, callbackUrl: 'https://bot.example.com/chatwoot', systemBot: false }]);
		expect((await run('setAgentBot', good())).requests[0]?.body).toEqual({ agent_bot: null });
	});

	it('has templates fetched again, of WhatsApp only', async () => {
		expect((await run('syncTemplates', { inboxId: byId(4) })).rows).toEqual([{ inboxId: '4', queued: true }]);
		expect((await run('syncTemplates', good())).error?.message).toMatch(/^Chatwoot refused the request: Template sync is only available/);
	});

	describeFailures(chatwoot, 'inbox', 'getMembers', { good, unknown });
	describeFailures(chatwoot, 'inbox', 'getAgentBot', { good, unknown });
	describeFailures(chatwoot, 'inbox', 'setAgentBot', { good, unknown, adminOnly: true });
	describeFailures(chatwoot, 'inbox', 'syncTemplates', { good: () => ({ inboxId: byId(4) }), unknown, adminOnly: true });
	for (const operation of ['addMembers', 'setMembers', 'removeMembers']) describeFailures(chatwoot, 'inbox', operation, { good: () => ({ ...good(), agentIds: [2] }), unknown, adminOnly: true, bad: [['nobody', { agentIds: '={{ [] }}' }, /^'Agent Names or IDs' is empty/]] });
});

describe('inbox: delete avatar, reset secret', () => {
	it('takes the picture away', async () => {
		const inbox = chatwoot.sandbox.chatwoot.state.inboxes.get(2)!;
		inbox.avatarUrl = 'https://example.com/shop.png';
		const { rows, requests } = await run('deleteAvatar', good());
		expect(requests[0]).toMatchObject({ method: 'DELETE', path: '/api/v1/accounts/1/inboxes/2/avatar' });
		expect(rows).toEqual([{ inboxId: '2', avatarDeleted: true }]);
		expect(inbox.avatarUrl).toBeUndefined();
	});

	it('gives a new secret, and does not show it', async () => {
		const { secrets } = chatwoot.sandbox.chatwoot.state.inboxes.get(2)!;
		const before = secrets.secret;
		const { rows, requests, visibleText } = await run('resetSecret', good());
		expect(requests.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/accounts/1/inboxes/2/reset_secret' });
		expect(rows).toEqual([{ inboxId: '2', secretReset: true }]);
		expect(secrets.secret).not.toBe(before);
		expect(visibleText()).not.toContain(String(secrets.secret));
	});

	it('says that other channels have no secret, where the server says nothing', async () => {
		const { error, requests } = await run('resetSecret', { inboxId: byId(1) });
		expect(error?.message).toBe("'Inbox' is of the kind Website, which has no secret [item 0]");
		expect(requests.some(({ method }) => method === 'POST')).toBe(false);
	});

	const badId: [string, Record<string, string>, RegExp] = ['an ID of letters', { inboxId: '={{ "abc" }}' }, /^'Inbox' is not an ID \[item 0\]$/];
	describeFailures(chatwoot, 'inbox', 'deleteAvatar', { good, unknown, adminOnly: true, bad: [badId] });
	describeFailures(chatwoot, 'inbox', 'resetSecret', { good, unknown, adminOnly: true, bad: [badId] });
});
