import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { byId, byUrl, useNode } from '../support';
import { asAgent, asBot, describeFailures, mapped } from './support';
import { addConversation, say } from './threads';

/** Whether pauses take no time. */
const mockPause = { none: false };
jest.mock('../../../nodes/shared/http/pause', () => {
	const actual = jest.requireActual<typeof import('../../../nodes/shared/http/pause')>('../../../nodes/shared/http/pause');
	return { ...actual, pause: async (milliseconds: number, signal?: AbortSignal) => await actual.pause(mockPause.none ? 0 : milliseconds, signal) };
});

const chatwoot = useNode('Chatwoot', Chatwoot);
const base = '/api/v1/accounts/1/conversations';
let one: ChatwootConversation;
beforeEach(() => {
	one = addConversation(chatwoot, { labels: ['vip'], customAttributes: { pedido: 'A-1', motivo: 'troca' } });
});
const good = () => ({ conversationId: byId(1) });
const unknown = { conversationId: '999' };
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('conversation', operation, { ...good(), ...fields }, options);

describe('conversation: create', () => {
	const create = async (fields = {}, options = {}) => await chatwoot.run('conversation', 'create', { contactId: byId(2), inboxId: byId(2), ...fields }, options);

	it('sends every field', async () => {
		const { rows, requests, error } = await create({
			message: 'Olá!',
			customAttributes: mapped({ pedido: 'A-7' }),
			additionalFields: {
				additionalAttributesJson: '{"referer": "https://example.com"}', assigneeId: byId(2), customAttributesJson: '{"motivo": "compra"}', mailSubject: 'Pedido', snoozedUntil: '2099-01-05T09:00:00Z',
				sourceId: 'customer-2', status: 'snoozed', teamId: byId(1),
			},
		});
		expect(error).toBeUndefined();
		expect(requests.map(({ operationId }) => operationId)).toEqual(['listCustomAttributeDefinitions', 'listInboxes', 'createConversation']);
		expect(requests[2]).toMatchObject({ method: 'POST', path: base });
		expect(requests[2]?.body).toEqual({
			inbox_id: 2, contact_id: 2, source_id: 'customer-2', status: 'snoozed', assignee_id: 2, team_id: 1, snoozed_until: '2099-01-05T09:00:00.000Z',
			additional_attributes: { referer: 'https://example.com', mail_subject: 'Pedido' }, custom_attributes: { pedido: 'A-7', motivo: 'compra' }, message: { content: 'Olá!', content_attributes: { n8n_workflow: expect.stringMatching(/^[0-9a-f]{16}$/) } },
		});
		expect(rows[0]).toMatchObject({ id: '2', status: 'snoozed', assignee: 'Caio Nogueira', team: 'vendas', lastMessage: 'Olá!', contactId: '2', inboxId: '2', url: expect.stringContaining('/app/accounts/1/conversations/2') });
	});

	it('adds labels in any spelling; an unknown one is refused before there is a conversation, or left out and said', async () => {
		const { rows, error } = await create({ additionalFields: { labels: ['VIP', 'Troca'] } });
		expect(error).toBeUndefined();
		expect(rows[0]?.labels).toEqual(['vip', 'troca']);
		const unknown = await create({ additionalFields: { labels: ['vipp'] } });
		expect(unknown.error?.message).toMatch(/^'Label Names or IDs' has 'vipp', and account 1 has no such label/);
		expect(unknown.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		const skipped = await create({ additionalFields: { labels: ['vipp', 'vip'], whenMissing: 'skip' } }, { skipSchema: true });
		expect(skipped.rows[0]).toMatchObject({ labels: ['vip'], notApplied: [{ field: 'Labels', asked: 'vipp', got: null }] });
	});

	it('keeps to the link that the contact has, so that a locked inbox gets no second conversation', async () => {
		chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.lockToSingleConversation = true;
		const first = await create();
		const second = await create();
		expect(second.rows[0]?.id).toBe(first.rows[0]?.id);
		expect([first, second].map(({ rows }) => rows[0]?.created)).toEqual([true, false]);
		expect(second.requests.map(({ operationId }) => operationId)).toEqual(['listInboxes', 'listContactConversations', 'getContact', 'createConversation']);
		const third = await create({ additionalFields: { newLink: true } });
		expect(third.requests.at(-1)?.body).toEqual({ inbox_id: 2, contact_id: 2 });
		expect(third.rows[0]?.id).not.toBe(first.rows[0]?.id);
	});

	it('opens the old conversation of a locked inbox, and sets what the server left as it was', async () => {
		chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.lockToSingleConversation = true;
		const first = await create();
		await chatwoot.run('conversation', 'setStatus', { conversationId: byId(String(first.rows[0]?.id)), status: 'resolved' }, { skipSchema: true });
		const { rows, error } = await create({ message: 'Oi', additionalFields: { assigneeId: byId(2), teamId: byId(1), customAttributesJson: '{"motivo": "troca"}' } });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id: first.rows[0]?.id, created: false, status: 'open', assignee: 'Caio Nogueira', team: 'vendas', customAttributes: { motivo: 'troca' } });
		expect(rows[0]).not.toHaveProperty('notApplied');
	});

	it('uses the open conversation when asked to, and does not greet twice', async () => {
		const fields = { message: 'Olá!', additionalFields: { useOpen: true } };
		const { rows, requests } = await create(fields, { items: [{ a: 1 }, { a: 2 }] });
		expect(rows.map(({ created }) => created)).toEqual([true, false]);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
		expect(requests.filter(({ operationId }) => operationId === 'createConversation')).toHaveLength(1);
	});

	it('reads the links of many contacts at once', async () => {
		const { state } = chatwoot.sandbox.chatwoot;
		const items = [...state.contacts.values()].slice(0, 3).map(({ id, phoneNumber, email }) => ({ id: String(id), phone: phoneNumber, email, platform: 'chatwoot' }));
		const { requests, error } = await create({ contactId: byId('={{ $json.id }}') }, { items });
		expect(error).toBeUndefined();
		expect(requests.map(({ operationId }) => operationId).sort()).toEqual(['createConversation', 'createConversation', 'createConversation', 'filterContacts', 'listInboxes']);
	});

	it('says what did not take effect', async () => {
		chatwoot.sandbox.inject({ kind: 'status', status: 200, vendor: 'chatwoot', operationId: 'assignConversation', times: 1, body: null });
		chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.lockToSingleConversation = true;
		await create();
		const { rows } = await create({ additionalFields: { assigneeId: byId(2) } });
		expect(rows[0]).toMatchObject({ created: false, notApplied: [{ field: 'Assignee', asked: 2 }] });
	});

	it('uses one link for many items of one contact', async () => {
		await create({}, { items: [{ a: 1 }, { a: 2 }, { a: 3 }] });
		expect([...chatwoot.sandbox.chatwoot.state.contactInboxes.values()].filter(({ contactId }) => contactId === 2)).toHaveLength(1);
	});

	it('says that the source ID belongs to somebody else', async () => {
		const { sourceId } = [...chatwoot.sandbox.chatwoot.state.contactInboxes.values()][0]!;
		expect((await create({ additionalFields: { sourceId } })).error?.message).toBe('Chatwoot refused the request: source_id should be unique [item 0]');
	});

	describeFailures(chatwoot, 'conversation', 'create', {
		good: () => ({ contactId: byId(2), inboxId: byId(2) }), unknown: { contactId: '999' },
		bad: [['a date without its status', { additionalFields: { snoozedUntil: '2099-01-01' } }, /^'Snooze Until' is given, but 'Status' is not Snoozed/]],
	});
});

describe('conversation: get, get many, counts', () => {
	it.each([['ID', () => byId(1)], ['address', (host: string) => byUrl(`${host}/app/accounts/1/conversations/1`)], ['address in an inbox', (host: string) => byUrl(`${host}/app/accounts/1/inbox/2/conversations/1?messageId=3`)]])('gets one by %s', async (_how, named) => {
		const conversationId = named(chatwoot.sandbox.chatwoot.url);
		const { rows, error } = await chatwoot.run('conversation', 'get', { conversationId });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id: '1', status: 'open', labels: ['vip'], assignee: null, priority: null });
	});

	it('reads all pages, in the server\'s size', async () => {
		for (let count = 0; count < 60; count += 1) addConversation(chatwoot, { contactId: 1 + (count % 3) });
		for (const size of [undefined, 10]) {
			chatwoot.sandbox.chatwoot.state.conversationPageSize = size;
			const { rows, error } = await chatwoot.run('conversation', 'getAll', { returnAll: true, status: 'all' });
			expect(error).toBeUndefined();
			expect(new Set(rows.map(({ id }) => id)).size).toBe(61);
		}
	});

	it('sends every filter', async () => {
		const { requests, error } = await chatwoot.run('conversation', 'getAll', {
			limit: 5, status: 'snoozed', sort: 'priority_desc', updatedWithin: 30,
			filters: { assigneeType: 'unassigned', inboxId: byId(2), conversationType: 'unattended', labels: ['vip', 'troca'], q: 'olá', sourceId: 's', teamId: byId(1) },
		});
		expect(error).toBeUndefined();
		expect(requests.map(({ query }) => query)).toEqual([{}, {
			status: 'snoozed', sort_by: 'priority_desc', updated_within: '1800', assignee_type: 'unassigned', inbox_id: '2', conversation_type: 'unattended', 'labels[]': ['vip', 'troca'], q: 'olá', source_id: 's', team_id: '1',
		}]);
	});

	it('does not trust the count when the assignee is chosen', async () => {
		for (let count = 0; count < 30; count += 1) addConversation(chatwoot, { assigneeId: count < 27 ? 2 : null });
		const { rows } = await chatwoot.run('conversation', 'getAll', { returnAll: true, filters: { assigneeType: 'assigned' } });
		expect(rows).toHaveLength(27);
	});

	it('counts', async () => {
		const { rows, requests } = await chatwoot.run('conversation', 'getCounts', { status: 'all', filters: { labels: ['vip'] } });
		expect(requests[1]).toMatchObject({ path: `${base}/meta`, query: { status: 'all', 'labels[]': 'vip' } });
		expect(rows).toEqual([{ mine_count: 0, assigned_count: 0, unassigned_count: 1, all_count: 1 }]);
	});

	it('filters by conditions', async () => {
		addConversation(chatwoot, { priority: 'high' });
		const { rows, requests, error } = await chatwoot.run('conversation', 'filter', {
			conditions: { condition: [{ field: 'status', operator: 'equal_to', value: 'open, pending' }, { field: 'inbox_id', operator: 'equal_to', value: '2' }, { field: 'priority', operator: 'equal_to', value: 'high' }] }, returnAll: true,
		});
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toEqual({
			payload: [
				{ attribute_key: 'status', filter_operator: 'equal_to', values: ['open', 'pending'], query_operator: 'AND' },
				{ attribute_key: 'inbox_id', filter_operator: 'equal_to', values: [2], query_operator: 'AND' },
				{ attribute_key: 'priority', filter_operator: 'equal_to', values: ['high'] },
			],
		});
		expect(rows.map(({ id }) => id)).toEqual(['2']);
	});

	describeFailures(chatwoot, 'conversation', 'get', { good, unknown });
	describeFailures(chatwoot, 'conversation', 'getAll', { good: () => ({}), bad: [['an unknown state', { status: 'closed' }, /^'Status' is not one of the possible values/], ['an inbox that is no number', { filters: { inboxId: 'Site' } }, /^'Inbox' is not an ID/]] });
	describeFailures(chatwoot, 'conversation', 'getCounts', { good: () => ({}) });
	describeFailures(chatwoot, 'conversation', 'filter', { good: () => ({ conditions: { condition: [{ field: 'status', operator: 'equal_to', value: 'open' }] } }), bad: [['no condition', { conditions: {} }, /^'Conditions' is empty/]] });
});

describe('conversation: status and priority', () => {
	it('snoozes until a time, in seconds', async () => {
		const { rows, requests, error } = await run('setStatus', { newStatus: 'snoozed', snoozedUntil: '2099-01-05T09:00:00Z' });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: `${base}/1/toggle_status`, body: { status: 'snoozed', snoozed_until: 4071286800 } });
		expect(rows).toEqual([{ conversationId: '1', status: 'snoozed', snoozedUntil: '2099-01-05T09:00:00.000Z' }]);
	});

	it.each(['open', 'pending', 'resolved', 'snoozed'])('sets %s', async (newStatus) => {
		expect((await run('setStatus', { newStatus })).requests[0]?.body).toEqual({ status: newStatus });
		expect(one.status).toBe(newStatus);
	});

	it('toggles', async () => {
		expect((await run('toggleStatus')).rows[0]?.status).toBe('resolved');
		expect((await run('toggleStatus')).rows[0]?.status).toBe('open');
	});

	it('sets a priority, and clears it with null', async () => {
		expect((await run('setPriority', { priority: 'urgent' })).requests[0]).toMatchObject({ path: `${base}/1/toggle_priority`, body: { priority: 'urgent' } });
		const cleared = await run('setPriority', { priority: 'none' });
		expect(cleared.requests[0]?.body).toEqual({ priority: null });
		expect(cleared.rows).toEqual([{ conversationId: '1', priority: null }]);
	});

	it('updates with PATCH', async () => {
		const { rows, requests } = await run('update', { updateFields: { priority: 'high', slaPolicyId: 3 } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', body: { priority: 'high', sla_policy_id: 3 } });
		expect(rows[0]?.priority).toBe('high');
		expect((await run('update', { updateFields: { priority: 'none' } })).requests[0]?.body).toEqual({ priority: null });
	});

	describeFailures(chatwoot, 'conversation', 'setStatus', {
		good: () => ({ ...good(), newStatus: 'open' }), unknown,
		bad: [['a time that is over', { newStatus: 'snoozed', snoozedUntil: '2020-01-01' }, /^'Snooze Until' is in the past/], ['an unknown state', { newStatus: 'closed' }, /^'Status' is not one of/]],
	});
	describeFailures(chatwoot, 'conversation', 'toggleStatus', { good, unknown });
	describeFailures(chatwoot, 'conversation', 'setPriority', { good: () => ({ ...good(), priority: 'low' }), unknown, bad: [['an unknown word', { priority: 'huge' }, /^'Priority' is not one of/]] });
	describeFailures(chatwoot, 'conversation', 'update', { good: () => ({ ...good(), updateFields: { priority: 'low' } }), unknown, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]] });
});

describe('conversation: assign', () => {
	it('gives it to an agent, a bot, a team', async () => {
		const agent = await run('assignAgent', { agentId: byId(2) });
		expect(agent.error).toBeUndefined();
		expect(agent.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/accounts/1/agents', `POST ${base}/1/assignments`]);
		expect(agent.requests[1]?.body).toEqual({ assignee_id: 2 });
		expect(agent.rows).toEqual([{ conversationId: '1', assigneeType: 'agent', assigneeId: '2', assigneeName: 'Caio Nogueira' }]);
		const bot = await run('assignAgentBot', { agentBotId: byId(1) });
		expect(bot.requests.at(-1)?.body).toEqual({ assignee_id: 1, assignee_type: 'AgentBot' });
		const team = await run('assignTeam', { teamId: byId(2) });
		expect(team.requests[1]?.body).toEqual({ team_id: 2 });
		expect(team.rows[0]).toMatchObject({ assigneeType: 'team', assigneeName: 'suporte' });
	});

	it.each([['assignAgent', 'agentId', 'Agent'], ['assignAgentBot', 'agentBotId', 'Agent Bot'], ['assignTeam', 'teamId', 'Team']])('%s never unassigns because of an unknown ID', async (operation, field, label) => {
		one.assigneeId = 2;
		one.teamId = 1;
		const { error, requests } = await run(operation, { [field]: byId(77) });
		expect(error?.message).toBe(`'${label}' 77 is not in account 1 [item 0]`);
		expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(one).toMatchObject({ assigneeId: 2, teamId: 1 });
	});

	it('looks the agents up once for many items', async () => {
		const { requests } = await run('assignAgent', { agentId: byId(2) }, { items: [{ a: 1 }, { a: 2 }, { a: 3 }] });
		expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
	});

	it('lets a bot assign, and notices by the answer that it unassigned', async () => {
		const given = await run('assignAgent', { agentId: byId(2) }, asBot(chatwoot));
		expect(given.error).toBeUndefined();
		const lost = await run('assignAgent', { agentId: byId(77) }, asBot(chatwoot));
		expect(lost.error?.message).toBe("Chatwoot did not give the conversation to 'Agent' 77 [item 0]");
	});

	it('unassigns explicitly', async () => {
		one.assigneeId = 2;
		one.teamId = 1;
		expect((await run('unassign')).requests.map(({ body }) => body)).toEqual([{ assignee_id: null }]);
		expect((await run('unassign', { unassignFrom: 'team' })).requests.map(({ body }) => body)).toEqual([{ team_id: null }]);
		expect((await run('unassign', { unassignFrom: 'both' })).requests.map(({ body }) => body)).toEqual([{ assignee_id: null }, { team_id: null }]);
		expect(one).toMatchObject({ assigneeId: null, teamId: null });
	});

	describeFailures(chatwoot, 'conversation', 'assignAgent', { good: () => ({ ...good(), agentId: byId(2) }), unknown });
	describeFailures(chatwoot, 'conversation', 'assignAgentBot', { good: () => ({ ...good(), agentBotId: byId(1) }), unknown });
	describeFailures(chatwoot, 'conversation', 'assignTeam', { good: () => ({ ...good(), teamId: byId(1) }), unknown });
	describeFailures(chatwoot, 'conversation', 'unassign', { good, unknown });
});

describe('conversation: labels and custom attributes', () => {
	it('adds, removes, sets and gets labels', async () => {
		expect((await run('addLabels', { labels: ['troca'] })).rows).toEqual([{ conversationId: '1', labels: ['vip', 'troca'] }]);
		expect((await run('removeLabels', { labels: ['vip'] })).rows[0]?.labels).toEqual(['troca']);
		expect((await run('setLabels', { labels: ['newsletter'] })).rows[0]?.labels).toEqual(['newsletter']);
		expect((await run('getLabels')).rows[0]?.labels).toEqual(['newsletter']);
	});

	it('sets: replaces the whole set', async () => {
		const { requests, rows } = await run('setCustomAttributes', { customAttributes: mapped({ pedido: 'A-2' }) });
		expect(requests[0]).toMatchObject({ path: `${base}/1/custom_attributes`, body: { custom_attributes: { pedido: 'A-2' } } });
		expect(rows).toEqual([{ conversationId: '1', customAttributes: { pedido: 'A-2' } }]);
	});

	it('updates some and keeps the others', async () => {
		const { requests } = await run('updateCustomAttributes', { customAttributes: mapped({ pedido: 'A-2' }), moreAttributes: { customAttributesJson: '{"novo": 1}' } });
		expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({ custom_attributes: { pedido: 'A-2', motivo: 'troca', novo: 1 } });
	});

	it('removes some and keeps the others', async () => {
		expect((await run('removeCustomAttributes', { attributeKeys: ['motivo', 'none'] })).rows[0]?.customAttributes).toEqual({ pedido: 'A-1' });
	});

	for (const operation of ['addLabels', 'removeLabels']) describeFailures(chatwoot, 'conversation', operation, { good: () => ({ ...good(), labels: ['troca'] }), unknown, bad: [['no label', { labels: [] }, /is empty/]] });
	for (const operation of ['setLabels', 'getLabels', 'setCustomAttributes']) describeFailures(chatwoot, 'conversation', operation, { good, unknown });
	describeFailures(chatwoot, 'conversation', 'updateCustomAttributes', { good: () => ({ ...good(), customAttributes: mapped({ pedido: '1' }) }), unknown, bad: [['nothing', { customAttributes: mapped({}) }, /^'Custom Attributes' is empty/]] });
	describeFailures(chatwoot, 'conversation', 'removeCustomAttributes', { good: () => ({ ...good(), attributeKeys: ['motivo'] }), unknown });
});

describe('conversation: the rest', () => {
	it('mutes and unmutes', async () => {
		expect((await run('mute')).rows).toEqual([{ conversationId: '1', muted: true }]);
		expect(one.status).toBe('resolved');
		expect((await run('unmute')).rows).toEqual([{ conversationId: '1', muted: false }]);
	});

	it('marks as read and unread', async () => {
		say(chatwoot, one, 'Oi', { message_type: 'incoming' });
		expect((await run('markRead')).rows[0]).toMatchObject({ id: '1', unread: 0 });
		expect((await run('markUnread')).rows[0]).toMatchObject({ id: '1', unread: 1 });
	});

	it('sends a transcript and the typing sign', async () => {
		expect((await run('sendTranscript', { email: 'ana@example.com' })).requests[0]).toMatchObject({ path: `${base}/1/transcript`, body: { email: 'ana@example.com' } });
		expect((await run('setTyping', { typing: true, isPrivate: true })).requests[0]?.body).toEqual({ typing_status: 'on', is_private: true });
		expect((await run('setTyping', { typing: false })).requests[0]?.body).toEqual({ typing_status: 'off', is_private: false });
	});

	it('keeps participants', async () => {
		expect((await run('addParticipants', { agentIds: ['2', '1'] })).requests[0]).toMatchObject({ method: 'POST', path: `${base}/1/participants`, body: { user_ids: [2, 1] } });
		expect((await run('getParticipants')).rows.map(({ id }) => id)).toEqual(['2', '1']);
		expect((await run('removeParticipants', { agentIds: [1] })).requests[0]).toMatchObject({ method: 'DELETE', body: { user_ids: [1] } });
		expect((await run('setParticipants', { agentIds: '1' })).rows.map(({ name }) => name)).toEqual(['Marina Duarte']);
		expect(one.participantIds).toEqual([1]);
	});

	it('changes many at once', async () => {
		addConversation(chatwoot);
		const { requests, rows } = await chatwoot.run('conversation', 'bulkUpdate', { conversationIds: '1, 2', updateFields: { status: 'resolved', assigneeId: byId(2), teamId: byId(1), labelsToAdd: ['troca'], labelsToRemove: ['vip'] } });
		expect(requests.map(({ path }) => path.replace('/api/v1/accounts/1', ''))).toEqual(['/labels', '/conversations/filter', '/bulk_actions', '/conversations/filter']);
		expect(requests[2]).toMatchObject({
			body: { type: 'Conversation', ids: [1, 2], fields: { status: 'resolved', assignee_id: 2, team_id: 1 }, labels: { add: ['troca'], remove: ['vip'] } },
		});
		expect(rows).toEqual([{ queued: true, conversations: 2, done: 2 }]);
		expect(one).toMatchObject({ status: 'resolved', labels: ['troca'] });
	});

	it('changes many at once: asks again for what another run has undone, and says what is not done', async () => {
		const two = addConversation(chatwoot);
		// Another run, which has read the labels before, writes them after Chatwoot's job.
		let undone = 0;
		const undo = setInterval(() => {
			if (undone > 0 || !one.labels.includes('troca')) return;
			undone += 1;
			one.labels = ['vip'];
		}, 5);
		const again = await chatwoot.run('conversation', 'bulkUpdate', { conversationIds: '1, 2', updateFields: { labelsToAdd: ['troca'] } });
		clearInterval(undo);
		expect(again.rows).toEqual([{ queued: true, conversations: 2, done: 2 }]);
		expect(again.requests.filter(({ path }) => path.endsWith('/bulk_actions')).map(({ body }) => (body as { ids: number[] }).ids)).toEqual([[1, 2], [1]]);
		chatwoot.sandbox.inject({ kind: 'status', status: 200, vendor: 'chatwoot', operationId: 'runBulkAction', times: 2, body: {} });
		mockPause.none = true;
		const never = await chatwoot.run('conversation', 'bulkUpdate', { conversationIds: `1, ${two.displayId}`, updateFields: { status: 'resolved', labelsToRemove: ['troca'] } });
		mockPause.none = false;
		expect(never.rows).toMatchObject([{ queued: true, conversations: 2, done: 0, notApplied: expect.arrayContaining([{ field: 'Status of conversation 1', asked: 'resolved', got: 'open' }, { field: 'Labels of conversation 2', asked: null, got: 'troca' }]) }]);
		expect(JSON.stringify(never.hints)).toContain('for 2 of 2 conversations; it may still do it');
	}, 20_000);

	it('changes many at once: says which it does not know, and changes nothing when it knows none', async () => {
		const { requests, rows, hints } = await chatwoot.run('conversation', 'bulkUpdate', { conversationIds: '1, 998', updateFields: { status: 'resolved' } });
		expect(requests.find(({ path }) => path.endsWith('/bulk_actions'))?.body).toMatchObject({ ids: [1] });
		expect(rows).toEqual([{ queued: true, conversations: 1, done: 1, notApplied: [{ field: 'Conversation IDs', asked: 998, got: null }] }]);
		expect(hints.map(({ message }) => message).join(' ')).toMatch(/Conversation IDs \(1 item\)/);
		const none = await chatwoot.run('conversation', 'bulkUpdate', { conversationIds: '998, 999', updateFields: { status: 'open' } });
		expect(none.error?.message).toBe("None of the 'Conversation IDs' is in account 1: 998, 999 [item 0]");
		expect(none.requests.some(({ path }) => path.endsWith('/bulk_actions'))).toBe(false);
	});

	it('deletes, and gets those of a contact', async () => {
		expect((await chatwoot.run('contact', 'getConversations', { contactId: byId(1) })).rows.map(({ id }) => id)).toEqual(['1']);
		expect((await run('delete')).rows).toEqual([{ deleted: true }]);
		await chatwoot.sandbox.settled();
		expect((await chatwoot.run('contact', 'getConversations', { contactId: byId(1) })).rows).toEqual([]);
	});

	it('tells an agent that it does not work in the inbox', async () => {
		const sms = addConversation(chatwoot, { inboxId: 5 });
		const { error } = await run('get', { conversationId: byId(sms.displayId) }, asAgent(chatwoot));
		expect(error?.message).toMatch(/^The access token is valid, but its owner may not do this/);
	});

	for (const operation of ['mute', 'unmute', 'markRead', 'markUnread', 'getParticipants', 'setTyping', 'getAttachments']) describeFailures(chatwoot, 'conversation', operation, { good, unknown });
	for (const operation of ['addParticipants', 'setParticipants', 'removeParticipants']) {
		describeFailures(chatwoot, 'conversation', operation, { good: () => ({ ...good(), agentIds: [1] }), unknown, bad: [['nobody', { agentIds: '={{ [] }}' }, /^'Agent Names or IDs' is empty/], ['a name', { agentIds: ['Ana'] }, /has an entry that is not an ID/]] });
	}
	describeFailures(chatwoot, 'conversation', 'sendTranscript', { good: () => ({ ...good(), email: 'a@example.com' }), unknown, bad: [['no address', { email: ' ' }, /^'Email' is empty/], ['half an address', { email: 'a@' }, /^'Email' is not an e-mail address/]] });
	describeFailures(chatwoot, 'conversation', 'delete', { good, unknown, adminOnly: true });
	describeFailures(chatwoot, 'conversation', 'bulkUpdate', {
		good: () => ({ conversationIds: '1', updateFields: { status: 'open' } }),
		bad: [['no numbers', { conversationIds: ' ' }, /^'Conversation IDs' is empty/], ['a word', { conversationIds: 'a' }, /has an entry that is not a number/], ['nothing', { updateFields: {} }, /^'Update Fields' is empty/]],
	});
});

describe('conversation: search by message text', () => {
	const say10 = (bench = chatwoot) => {
		const one = addConversation(bench, { inboxId: 1, status: 'resolved' });
		say(bench, one, 'A nota fiscal chegou');
		say(bench, one, 'Obrigado');
		const other = addConversation(bench, { contactId: 2, inboxId: 2, assigneeId: 2, teamId: 1, labels: ['vip'] });
		say(bench, other, 'Qual NOTA fiscal?');
		return { text: 'nota fiscal' };
	};
	const run = async (fields: object, options = {}) => await chatwoot.run('conversation', 'searchMessages', fields as never, options);

	it('finds them in any state, with the messages that hold the text', async () => {
		const { rows, requests, error } = await run(say10());
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'GET', path: '/api/v1/accounts/1/conversations/search', query: { q: 'nota fiscal', page: '1' } });
		expect(requests[0]?.query).not.toHaveProperty('status');
		const resolved = rows.find(({ inboxName }) => inboxName === 'Site');
		expect(rows).toHaveLength(2);
		expect(resolved).toEqual({
			id: expect.any(String), inboxId: '1', inboxName: 'Site', contactId: '1', contactName: expect.any(String), url: expect.stringMatching(/\/app\/accounts\/1\/conversations\/\d+$/), createdAt: expect.stringMatching(/Z$/),
			messages: [{ id: expect.any(String), content: 'A nota fiscal chegou', type: 'outgoing', sender: 'Marina Duarte', createdAt: expect.stringMatching(/Z$/) }],
		});
	});

	it('keeps to the filters, the limit, and reads on to the last page', async () => {
		const { requests, rows } = await run({ ...say10(), filters: { inboxId: byId(2), teamId: byId(1), labels: ['vip'], assigneeType: 'assigned', conversationType: 'unattended', sourceId: 'x' } });
		expect(requests[1]?.query).toMatchObject({ inbox_id: '2', team_id: '1', 'labels[]': 'vip', assignee_type: 'assigned', conversation_type: 'unattended', source_id: 'x' });
		expect(rows).toEqual([]);
		expect((await run({ text: 'nota', filters: { assigneeType: 'assigned' } })).rows.map(({ inboxName }) => inboxName)).toEqual(['Integração']);
		for (let count = 0; count < 30; count += 1) say(chatwoot, addConversation(chatwoot, { inboxId: 1 }), 'aviso');
		expect((await run({ text: 'aviso', returnAll: true })).rows).toHaveLength(30);
		expect((await run({ text: 'aviso', limit: 3 })).rows).toHaveLength(3);
	});

	it('says that the team is not known, and continues with the next item', async () => {
		const { first } = await run({ ...say10(), filters: { teamId: byId('={{ $json.team }}') } }, { items: [{ team: 99 }, { team: 1 }], continueOnFail: true, skipSchema: true });
		expect(first.map(({ json, pairedItem }) => [json.error ?? json.inboxName, pairedItem])).toEqual([[expect.stringMatching(/^'Team' 99 is not in account 1 \[item 0\]/), { item: 0 }], ['Integração', { item: 1 }]]);
	});

	describeFailures(chatwoot, 'conversation', 'searchMessages', { good: () => say10(), bad: [['no text', { text: ' ' }, /^'Message Text' is empty/]] });
});
