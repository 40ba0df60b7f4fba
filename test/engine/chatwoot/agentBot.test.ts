import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, fromList, useNode } from '../support';
import { asAgent, describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/agent_bots';
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('agentBot', operation, fields, options);
const good = () => ({ agentBotId: byId(1) });
const unknown = { unknown: { agentBotId: '99' } };
const badId: [string, IDataObject, RegExp] = ['an ID of letters', { agentBotId: '={{ "abc" }}' }, /^'Agent Bot' is not an ID \[item 0\]$/];
const picture = { json: {}, binary: { data: { data: Buffer.from('picture of a robot').toString('base64'), mimeType: 'image/png', fileName: 'robot.png' } } };
const botOne = () => chatwoot.sandbox.chatwoot.state.agentBots.get(1)!;

/** A bot of the system, which every account sees and none changes. */
function addSystemBot() {
	chatwoot.sandbox.chatwoot.state.agentBots.set(50, { id: 50, accountId: null, name: 'Sistema', description: null, outgoingUrl: null, botConfig: {}, accessToken: 'systemToken', secret: 'systemSecret' });
}

describe('agent bot: create, update', () => {
	it('creates with all fields, and shows neither token nor secret', async () => {
		const { rows: [bot], requests, error, visibleText } = await run('create', { name: 'Noite', additionalFields: { callbackUrl: 'https://n8n.example.com/webhook/bot', description: 'Responde à noite', avatarUrl: 'https://example.com/robot.png' } });
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({ method: 'POST', path });
		expect(requests[0]?.body).toEqual({ name: 'Noite', description: 'Responde à noite', outgoing_url: 'https://n8n.example.com/webhook/bot', avatar_url: 'https://example.com/robot.png' });
		expect(bot).toEqual({ id: '2', name: 'Noite', description: 'Responde à noite', callbackUrl: 'https://n8n.example.com/webhook/bot', systemBot: false });
		const { accessToken, secret } = chatwoot.sandbox.chatwoot.state.agentBots.get(2)!;
		for (const hidden of [accessToken, secret]) expect(visibleText()).not.toContain(hidden);
	});

	it('uploads the picture', async () => {
		const { requests, error } = await run('create', { name: 'Noite', additionalFields: { avatarField: 'data' } }, { items: [picture] });
		expect(error).toBeUndefined();
		expect(requests.map((request) => `${request.method} ${request.path}`)).toEqual([`POST ${path}`, `PATCH ${path}/2`]);
		const { rows: [raw] } = await run('get', { agentBotId: byId(2), output: 'raw' });
		expect(raw?.thumbnail).toContain('robot.png');
		expect(raw).not.toHaveProperty('access_token');
		expect(raw).not.toHaveProperty('secret');
	});

	it('updates only what is given, and takes the picture away', async () => {
		const { rows: [bot], requests } = await run('update', { agentBotId: fromList(1), updateFields: { description: 'Faz triagem' } });
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { description: 'Faz triagem' } });
		expect(bot).toMatchObject({ name: 'Robô de triagem', description: 'Faz triagem', callbackUrl: 'https://bot.example.com/chatwoot' });
		await run('update', { ...good(), updateFields: { avatarField: 'data' } }, { items: [picture] });
		expect(botOne().thumbnail).toContain('robot.png');
		const gone = await run('deleteAvatar', good());
		expect(gone.requests[0]).toMatchObject({ method: 'DELETE', path: `${path}/1/avatar` });
		expect(gone.rows[0]).toMatchObject({ id: '1', name: 'Robô de triagem' });
		expect(botOne().thumbnail).toBe('');
	});

	it('does not change a bot of the system', async () => {
		addSystemBot();
		expect((await run('update', { agentBotId: byId(50), updateFields: { name: 'x' } })).error?.message).toBe('Chatwoot does not do this with agent bot 50 [item 0]');
		expect((await run('get', { agentBotId: byId(50) })).rows[0]).toEqual({ id: '50', name: 'Sistema', description: null, callbackUrl: null, systemBot: true });
	});

	describeFailures(chatwoot, 'agentBot', 'create', {
		good: () => ({ name: 'x' }), adminOnly: true,
		bad: [['no name', { name: ' ' }, /^'Name' is empty \[item 0\]/], ['half an address', { additionalFields: { callbackUrl: 'example' } }, /^'Callback URL' is not a web address/], ['a long name', { name: 'x'.repeat(256) }, /^'Name' is longer than 255 characters/]],
	});
	describeFailures(chatwoot, 'agentBot', 'update', { good: () => ({ ...good(), updateFields: { name: 'x' } }), ...unknown, adminOnly: true, bad: [badId, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'agentBot', 'deleteAvatar', { good, ...unknown, adminOnly: true });
});

describe('agent bot: get, get many, delete', () => {
	it('gets one, and many with those of the system', async () => {
		addSystemBot();
		expect((await run('get', good())).rows[0]).toEqual({ id: '1', name: 'Robô de triagem', description: null, callbackUrl: 'https://bot.example.com/chatwoot', systemBot: false });
		expect((await run('getAll', { returnAll: true })).rows.map(({ id }) => id)).toEqual(['1', '50']);
		expect((await run('getAll', { limit: 1 }, asAgent(chatwoot))).rows).toHaveLength(1);
	});

	it('deletes, and the inbox has no bot any more', async () => {
		chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.agentBotId = 1;
		expect((await run('delete', good())).rows).toEqual([{ deleted: true }]);
		expect(chatwoot.sandbox.chatwoot.state.agentBots.size).toBe(0);
		expect(chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.agentBotId).toBeNull();
	});

	describeFailures(chatwoot, 'agentBot', 'get', { good, ...unknown, bad: [badId] });
	describeFailures(chatwoot, 'agentBot', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'agentBot', 'delete', { good, ...unknown, adminOnly: true, bad: [badId] });
});

describe('agent bot: reset', () => {
	it('gives a new token, and does not show it', async () => {
		const before = botOne().accessToken;
		const { rows, requests, visibleText } = await run('resetToken', good());
		expect(requests.map((request) => `${request.method} ${request.path}`)).toEqual([`POST ${path}/1/reset_access_token`]);
		expect(rows).toEqual([{ agentBotId: '1', tokenReset: true }]);
		expect(botOne().accessToken).not.toBe(before);
		expect(visibleText()).not.toContain(botOne().accessToken);
	});

	it('gives a new secret, and does not show it', async () => {
		const before = botOne().secret;
		const { rows, requests, visibleText } = await run('resetSecret', good());
		expect(requests.map((request) => `${request.method} ${request.path}`)).toEqual([`POST ${path}/1/reset_secret`]);
		expect(rows).toEqual([{ agentBotId: '1', secretReset: true }]);
		expect(botOne().secret).not.toBe(before);
		expect(visibleText()).not.toContain(botOne().secret);
	});

	describeFailures(chatwoot, 'agentBot', 'resetToken', { good, ...unknown, adminOnly: true, bad: [badId] });
	describeFailures(chatwoot, 'agentBot', 'resetSecret', { good, ...unknown, adminOnly: true });
});
