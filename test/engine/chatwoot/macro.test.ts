import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, byUrl, credentials, credentialValues, useNode } from '../support';
import { asAgent, describeFailures } from './support';
import { addConversation } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/macros';
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('macro', operation, fields, options);
const rows = (...action: Array<Record<string, unknown>>) => ({ action });
const unknown = { unknown: { macroId: '99' } };
const bad: Array<[string, Record<string, string>, RegExp]> = [['an ID of letters', { macroId: '={{ "abc" }}' }, /^'Macro' is not an ID \[item 0\]$/]];

describe('macro: create', () => {
	it('sends every kind of action', async () => {
		const { rows: [macro], requests, error } = await run('create', {
			name: 'Tudo', visibility: 'global',
			actions: rows(
				{ name: 'send_message', message: 'Obrigado, até logo!' }, { name: 'add_label', labels: ['VIP', 'troca'] }, { name: 'remove_label', labels: ['newsletter'] }, { name: 'assign_team', teamId: '2' },
				{ name: 'assign_agent', agentId: '3' }, { name: 'change_priority', priority: 'urgent' }, { name: 'change_status', status: 'pending' }, { name: 'add_private_note', message: 'Ver, depois' },
				{ name: 'send_email_transcript', emails: 'ana@example.com' }, { name: 'send_webhook_event', url: 'https://example.com/x' }, { name: 'mute_conversation', message: 'nobody reads this' }, { name: 'resolve_conversation' },
			),
		});
		expect(error).toBeUndefined();
		expect(requests[1]).toMatchObject({ method: 'POST', path });
		expect(requests[1]?.body).toEqual({
			name: 'Tudo', visibility: 'global',
			actions: [
				['send_message', ['Obrigado, até logo!']], ['add_label', ['vip', 'troca']], ['remove_label', ['newsletter']], ['assign_team', [2]], ['assign_agent', [3]], ['change_priority', ['urgent']], ['change_status', ['pending']],
				['add_private_note', ['Ver, depois']], ['send_email_transcript', ['ana@example.com']], ['send_webhook_event', ['https://example.com/x']], ['mute_conversation', []], ['resolve_conversation', []],
			].map(([action_name, action_params]) => ({ action_name, action_params })),
		});
		expect(macro).toMatchObject({ name: 'Tudo', visibility: 'global', createdBy: 'Marina Duarte' });
	});

	describeFailures(chatwoot, 'macro', 'create', {
		good: () => ({ name: 'x', actions: rows({ name: 'resolve_conversation' }) }),
		bad: [
			['no name', { name: ' ' }, /^'Name' is empty/], ['no actions', { actions: {} }, /^'Actions' is empty/], ['a text that is missing', { actions: rows({ name: 'send_message', message: ' ' }) }, /^'Message' is empty/],
			['a team by name', { actions: rows({ name: 'assign_team', teamId: 'vendas' }) }, /^'Team Name or ID' is not an ID/], ['another priority', { actions: rows({ name: 'change_priority', priority: 'soon' }) }, /^'Priority' is not one of the possible values/],
			['no label', { actions: rows({ name: 'add_label', labels: [] }) }, /^'Label Names or IDs' is empty/],
			['an action that only automation rules know', { actions: rows({ name: '={{ "send_email_to_team" }}', teamIds: ['1'], message: 'x' }) }, /^'Action' is not one of the possible values/],
			['an unknown action', { actions: rows({ name: '={{ "fly" }}' }) }, /^'Action' is not one of the possible values/],
		],
	});
});

describe('macro: files', () => {
	const file = { json: {}, binary: { data: { data: Buffer.from('%PDF-1.4 menu').toString('base64'), mimeType: 'application/pdf', fileName: 'menu.pdf' } } };
	const sendFile = rows({ name: 'send_attachment', file: 'data' });

	it('uploads the file of a new macro, which sends it', async () => {
		const { rows: [macro], requests, error } = await run('create', { name: 'Cardápio', actions: sendFile }, { items: [file] });
		expect(error).toBeUndefined();
		expect(requests.map((request) => `${request.method} ${request.path}`)).toEqual(['POST /api/v1/accounts/1/upload', `POST ${path}`]);
		expect(requests[1]?.body).toEqual({ name: 'Cardápio', visibility: 'personal', actions: [{ action_name: 'send_attachment', action_params: [expect.stringMatching(/^eyJ/)] }] });
		expect(macro).toMatchObject({ actions: [{ action: 'send_attachment', params: [1] }] });
		const conversation = addConversation(chatwoot);
		await run('execute', { macroId: byId(String(macro?.id)), conversationId: byId(conversation.displayId) });
		await chatwoot.sandbox.settled();
		const sent = [...chatwoot.sandbox.chatwoot.state.messages.values()].find((message) => message.conversationId === conversation.id);
		expect(sent?.attachments).toEqual([expect.objectContaining({ file_type: 'file', data_url: expect.stringContaining('menu.pdf') })]);
	});

	it('uploads the file of an update', async () => {
		const { rows: [macro], requests } = await run('update', { macroId: byId(1), updateFields: { actions: sendFile } }, { items: [file] });
		expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'PATCH']);
		expect(macro).toMatchObject({ name: 'Encerrar', actions: [{ action: 'send_attachment', params: [1] }] });
	});

	it('names the input field that has no file', async () => {
		const { error, requests } = await run('create', { name: 'x', actions: rows({ name: 'send_attachment', file: 'photo' }) }, { items: [file] });
		expect(error?.message).toContain('photo');
		expect(requests).toEqual([]);
	});
});

describe('macro: get, get many, update, delete', () => {
	it('gets one by ID and by address', async () => {
		for (const macroId of [byId(1), byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/settings/macros/1/edit`)]) {
			expect((await run('get', { macroId })).rows[0]).toEqual({
				id: '1', name: 'Encerrar', visibility: 'global', createdBy: 'Marina Duarte', updatedBy: 'Marina Duarte',
				actions: [{ action: 'add_label', params: ['vip'] }, { action: 'resolve_conversation', params: [] }],
			});
		}
	});

	it('gets many: global ones and own ones', async () => {
		expect((await run('getAll', { returnAll: true })).rows.map(({ name }) => name)).toEqual(['Encerrar']);
		expect((await run('getAll', { returnAll: true }, asAgent(chatwoot))).rows.map(({ name }) => name)).toEqual(['Encerrar', 'Do Caio']);
		expect((await run('getAll', { limit: 1 }, asAgent(chatwoot))).rows).toHaveLength(1);
		const { results } = await listSearch(Chatwoot, 'searchMacros', { credentials, credentialValues: credentialValues(chatwoot.sandbox) });
		expect(results).toEqual([{ name: 'Encerrar · global', value: '1' }]);
	});

	it('updates, and keeps the visibility that the server would lose', async () => {
		const { rows: [macro], requests } = await run('update', { macroId: byId(1), updateFields: { name: 'Fechar' } });
		expect(requests[1]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { name: 'Fechar', visibility: 'global' } });
		expect(macro).toMatchObject({ name: 'Fechar', visibility: 'global' });
		const given = await run('update', { macroId: byId(1), updateFields: { visibility: 'personal', actions: rows({ name: 'resolve_conversation' }) } });
		expect(given.requests.map(({ body }) => body)).toEqual([{ visibility: 'personal', actions: [{ action_name: 'resolve_conversation', action_params: [] }] }]);
	});

	it('deletes', async () => {
		expect((await run('delete', { macroId: byId(1) })).rows).toEqual([{ deleted: true }]);
		expect([...chatwoot.sandbox.chatwoot.state.macros.keys()]).toEqual([2]);
	});

	describeFailures(chatwoot, 'macro', 'get', { good: () => ({ macroId: byId(1) }), ...unknown, bad });
	describeFailures(chatwoot, 'macro', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'macro', 'update', { good: () => ({ macroId: byId(1), updateFields: { name: 'x' } }), ...unknown, adminOnly: true, bad: [...bad, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'macro', 'delete', { good: () => ({ macroId: byId(1) }), ...unknown, adminOnly: true, bad });
});

describe('macro: execute', () => {
	it('carries out the actions on the conversation', async () => {
		const conversation = addConversation(chatwoot);
		const { rows: [answer], requests, error } = await run('execute', { macroId: byId(1), conversationId: byId(conversation.displayId) });
		expect(error).toBeUndefined();
		expect(requests.at(-1)).toMatchObject({ method: 'POST', path: `${path}/1/execute`, body: { conversation_ids: [conversation.displayId] } });
		expect(answer).toEqual({ queued: true });
		await chatwoot.sandbox.settled();
		expect(conversation).toMatchObject({ labels: ['vip'], status: 'resolved' });
	});

	it('says that the conversation is not known, where the server would say yes', async () => {
		const { error, requests } = await run('execute', { macroId: byId(1), conversationId: byId(77) });
		expect(error?.message).toBe("'Conversation' 77 is not in account 1 [item 0]");
		expect(requests.some(({ method }) => method === 'POST')).toBe(false);
	});

	it('takes the priority away', async () => {
		const { rows: [macro], requests } = await run('create', { name: 'Sem pressa', actions: rows({ name: 'change_priority', priority: 'none' }) });
		expect(requests[0]?.body).toMatchObject({ actions: [{ action_name: 'change_priority', action_params: ['nil'] }] });
		const conversation = addConversation(chatwoot);
		conversation.priority = 'high';
		await run('execute', { macroId: byId(String(macro?.id)), conversationId: byId(conversation.displayId) });
		await chatwoot.sandbox.settled();
		expect(conversation.priority).toBeNull();
	});

	describeFailures(chatwoot, 'macro', 'execute', { good: () => ({ macroId: byId(1), conversationId: byId(addConversation(chatwoot).displayId) }), ...unknown, bad });
});
