import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { seedChatwootContacts } from '../../sandbox/chatwoot/state';
import { byId, useNode } from '../support';
import { mapped } from './support';
import { addConversation, say } from './threads';

/** The version that the sandbox plays; each test sets its own. */
const server: { version?: string } = {};
const chatwoot = useNode('Chatwoot', Chatwoot, { chatwoot: server });
const state = () => chatwoot.sandbox.chatwoot.state;
afterEach(() => {
	delete server.version;
});
const asked = (requests: Array<{ path: string }>) => requests.filter(({ path }) => path === '/api').length;

describe('server versions: too old', () => {
	const message = () => {
		const one = addConversation(chatwoot);
		return { conversationId: byId(one.displayId), messageId: byId(say(chatwoot, one, 'x').id), deliveryStatus: 'read' };
	};
	it.each([
		['conversation', 'delete', () => ({ conversationId: byId(addConversation(chatwoot).displayId) }), '4.2.9', '4.3', 'Delete conversation'],
		['conversation', 'assignAgentBot', () => ({ conversationId: byId(addConversation(chatwoot).displayId), agentBotId: byId(1) }), '4.7.0', '4.8', 'Assign Agent Bot'],
		['contact', 'getAttachments', () => ({ contactId: byId(1) }), '4.13.2', '4.14', 'Get attachments of contact'],
		['contact', 'getAll', () => ({ filters: { online: true } }), '3.16.0', '4.3', 'Online Now'],
		['message', 'updateStatus', message, '4.1.0', '4.2', 'Update status of message'],
		['message', 'send', () => ({ conversationId: byId(addConversation(chatwoot).displayId), content: 'x', additionalFields: { voiceNote: true } }), '4.14.1', '4.14.2', 'Voice Note'],
		['report', 'getFirstResponseDistribution', () => ({}), '4.10.1', '4.11', 'Get report of first responses by time'],
		['report', 'getInboxLabels', () => ({}), '4.10.1', '4.11', 'Get report of labels by inbox'],
		['report', 'getOutgoingMessages', () => ({}), '4.10.1', '4.11', 'Get outgoing messages report'],
		['inbox', 'resetSecret', () => ({ inboxId: byId(2) }), '4.12.1', '4.13', 'Reset secret of inbox'],
		['agentBot', 'resetSecret', () => ({ agentBotId: byId(1) }), '4.12.1', '4.13', 'Reset secret of agent bot'],
		['webhook', 'create', () => ({ url: 'https://example.com/a', events: ['message_created', 'inbox_created', 'conversation_typing_on'] }), '4.1.0', '4.2', 'Typing Started'],
		['webhook', 'create', () => ({ url: 'https://example.com/b', events: ['inbox_updated'] }), '3.1.0', '3.2', 'Inbox Updated'],
		['campaign', 'create', () => ({ campaignKind: 'oneOff', title: 'x', inboxId: byId(4), audience: ['1'], template: byId('pedido_pronto|pt_BR'), templateVariables: mapped({ body_1: 'a', body_2: 'b' }) }), '4.3.0', '4.4', 'WhatsApp campaigns'],
	])('%s: %s: names the version that has it, not a missing record', async (resource, operation, good, version, since, what) => {
		const fields = good();
		server.version = version;
		const { error } = await chatwoot.run(resource, operation, fields as never, { skipSchema: true });
		expect(error?.message).toBe(`This Chatwoot is too old for '${what}' [item 0]`);
		expect(error?.description).toContain(`It came with version ${since}; the server has ${version}. Update Chatwoot.`);
		// As soon as the server has it, it works.
		server.version = since;
		expect((await chatwoot.run(resource, operation, good() as never, { skipSchema: true })).error).toBeUndefined();
	});

	it('does not give the conversation to the agent who has the ID of the bot', async () => {
		const one = addConversation(chatwoot);
		server.version = '4.7.0';
		await chatwoot.run('conversation', 'assignAgentBot', { conversationId: byId(one.displayId), agentBotId: byId(1) });
		expect(one.assigneeId).toBeNull();
	});

	it('tells that it keeps no names of webhooks', async () => {
		const fields = { url: 'https://example.com/c', events: ['message_created'], additionalFields: { name: 'Pedidos' } };
		server.version = '4.7.0';
		const old = await chatwoot.run('webhook', 'create', fields, { skipSchema: true });
		expect([old.error, old.rows[0]?.name]).toEqual([undefined, null]);
		expect(old.hints).toContainEqual(expect.objectContaining({ message: expect.stringContaining('they came with version 4.8') }));
	});

	it('is asked for its version once for all items, and only when something is missing', async () => {
		const conversations = [1, 2, 3].map(() => ({ id: addConversation(chatwoot).displayId }));
		server.version = '4.0.0';
		const old = await chatwoot.run('conversation', 'delete', { conversationId: byId('={{ $json.id }}') }, { items: conversations, continueOnFail: true });
		expect(asked(old.requests)).toBe(1);
		expect(old.first.map(({ json }) => String(json.error).slice(0, 27))).toEqual(conversations.map(() => 'This Chatwoot is too old fo'));
		server.version = '4.3.0';
		const current = await chatwoot.run('conversation', 'delete', { conversationId: byId('={{ $json.id }}') }, { items: conversations });
		expect([asked(current.requests), current.rows.length]).toEqual([0, 3]);
	});

	it('still tells a record that is missing, also where the version cannot be asked', async () => {
		for (const prepare of [() => {}, () => chatwoot.sandbox.inject({ kind: 'html', vendor: 'chatwoot', operationId: 'getServerInfo' })]) {
			prepare();
			const { error } = await chatwoot.run('conversation', 'delete', { conversationId: byId(999) });
			expect(error?.message).toBe("'Conversation' 999 is not in account 1 [item 0]");
		}
	});
});

describe('server versions: what works on every one', () => {
	it.each(['3.0.0', '4.10.1', '4.18.0'])('%s: search reads on to the last page, whatever the server counts', async (version) => {
		server.version = version;
		seedChatwootContacts(state(), 40);
		for (const contact of state().contacts.values()) contact.name = 'Igual';
		expect((await chatwoot.run('contact', 'search', { searchText: 'igual', returnAll: true })).rows).toHaveLength(43);
	});

	it.each(['3.0.0', '4.16.1', '4.17.0', '4.18.0'])('%s: the priority is taken away with an explicit null, custom attributes are changed one by one', async (version) => {
		const one = addConversation(chatwoot, { priority: 'high', customAttributes: { pedido: 'A-1', motivo: 'troca' } });
		server.version = version;
		const { requests } = await chatwoot.run('conversation', 'setPriority', { conversationId: byId(one.displayId), priority: 'none' });
		expect(requests[0]?.body).toEqual({ priority: null });
		await chatwoot.run('conversation', 'updateCustomAttributes', { conversationId: byId(one.displayId), customAttributes: mapped({ pedido: 'A-2' }) });
		expect(one).toMatchObject({ priority: null, customAttributes: { pedido: 'A-2', motivo: 'troca' } });
		await chatwoot.run('conversation', 'removeCustomAttributes', { conversationId: byId(one.displayId), attributeKeys: ['motivo'] });
		expect(one.customAttributes).toEqual({ pedido: 'A-2' });
	});

	it('4.17.0: the server merges custom attributes, so that nobody else\'s change is undone', async () => {
		const one = addConversation(chatwoot, { customAttributes: { pedido: 'A-1' } });
		const conversationId = byId(one.displayId);
		server.version = '4.17.0';
		const updated = await chatwoot.run('conversation', 'updateCustomAttributes', { conversationId: byId('={{ $json.id }}'), customAttributes: mapped({ motivo: 'troca' }) }, { items: [{ id: one.displayId }, { id: one.displayId }] });
		expect(updated.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api', ...[1, 2].map(() => `POST /api/v1/accounts/1/conversations/${one.displayId}/custom_attributes`), `GET /api/v1/accounts/1/conversations/${one.displayId}`]);
		expect(updated.requests[1]?.body).toEqual({ custom_attributes: { motivo: 'troca' }, merge: true });
		expect(updated.rows[0]).toEqual({ conversationId: String(one.displayId), customAttributes: { pedido: 'A-1', motivo: 'troca' } });
		const removed = await chatwoot.run('conversation', 'removeCustomAttributes', { conversationId, attributeKeys: ['pedido'] });
		expect(removed.requests.find(({ path }) => path.endsWith('destroy_custom_attributes'))).toMatchObject({ method: 'POST', path: `/api/v1/accounts/1/conversations/${one.displayId}/destroy_custom_attributes`, body: { custom_attributes: ['pedido'] } });
		expect(removed.rows[0]?.customAttributes).toEqual({ motivo: 'troca' });
		// Refused, as bots are: the way of older servers.
		chatwoot.sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'removeConversationCustomAttributes', status: 401, body: { error: 'Access to this endpoint is not authorized for bots' } });
		expect((await chatwoot.run('conversation', 'removeCustomAttributes', { conversationId, attributeKeys: ['motivo'] })).rows[0]?.customAttributes).toEqual({});
	});

	it('a version that cannot be asked: custom attributes are kept all the same', async () => {
		const one = addConversation(chatwoot, { customAttributes: { pedido: 'A-1' } });
		chatwoot.sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'getServerInfo', status: 404, body: { error: 'no' } });
		const { rows, requests } = await chatwoot.run('conversation', 'updateCustomAttributes', { conversationId: byId(one.displayId), customAttributes: mapped({ motivo: 'troca' }) });
		expect(rows[0]?.customAttributes).toEqual({ pedido: 'A-1', motivo: 'troca' });
		expect(requests.find(({ method }) => method === 'POST')?.body).not.toHaveProperty('merge');
	});

	it('3.18.0: files go without the attributes over which that version stumbles', async () => {
		const one = addConversation(chatwoot);
		server.version = '3.18.0';
		const { error, requests } = await chatwoot.run('message', 'send', { conversationId: byId(one.displayId), content: 'Veja', attachments: 'data' }, { items: [{ json: {}, binary: { data: { data: 'YQ==', mimeType: 'image/png', fileName: 'a.png' } } }] });
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).not.toHaveProperty('content_attributes');
		expect([...state().messages.values()].at(-1)?.attachments).toHaveLength(1);
	});
});
