import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addMessage, addSession, changeSession } from '../../sandbox/kinbox/sessions';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const state = () => kinbox.sandbox.kinbox.state;
const day = 86_400_000;

/** Three conversations with João: two on WhatsApp, one of them over, and one on the counter's number. */
function seeded() {
	const joao = [...state().contacts.values()].find(({ name }) => name === 'João Silva')!;
	const now = kinbox.sandbox.clock.now();
	const old = addSession(state(), { contactId: joao.id, isFinished: true, finishedAt: now - 2 * day, tagIds: [3] }, now - 3 * day);
	const open = addSession(state(), { contactId: joao.id, operatorId: 43 }, now - day);
	const other = addSession(state(), { contactId: joao.id, channelId: 104, groupId: 11, conversationId: 7_777 }, now - 60_000);
	addMessage(state(), old, { text: 'Quanto custa?' }, now - 3 * day);
	addMessage(state(), open, { text: 'Bom dia' }, now - day);
	addMessage(state(), open, { sender: 'operator', operatorId: 42, text: 'Bom dia, João!' }, now - day + 5_000);
	addMessage(state(), open, { mediaUrl: 'https://example.com/comprovante.jpg' }, now - day + 9_000);
	return { joao, old, open, other };
}

describe('conversation: get', () => {
	it('reads by long ID and by number, with either token, into the same short form', async () => {
		const { open, joao } = seeded();
		const expected = {
			id: open.id, sessionNumber: String(open.callId), conversationId: String(open.conversationId), url: `https://app.kinbox.com.br/inbox/all/${open.conversationId}`, contactId: String(joao.id), contactName: 'João Silva', contactPhone: '+558588887777',
			channelId: '103', operatorId: '43', groupId: '10', isFinished: false, tagIds: [], summary: null, createdAt: expect.any(String), updatedAt: expect.any(String),
		};
		for (const options of [undefined, apiToken(kinbox)]) {
			for (const id of [open.id, open.callId]) {
				const { rows, error } = await kinbox.run('conversation', 'get', { sessionId: byId(id) }, options);
				expect(error).toBeUndefined();
				expect(rows).toEqual([expected]);
			}
		}
	});

	it('says that a conversation is unknown', async () => {
		const { error } = await kinbox.run('conversation', 'get', { sessionId: byId('66e2') });
		expect(error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('conversation: get many', () => {
	it('lists with a limit or all, with either token', async () => {
		const { old, open, other } = seeded();
		for (const options of [undefined, apiToken(kinbox)]) {
			const all = await kinbox.run('conversation', 'getAll', { returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.rows.map(({ id }) => id)).toEqual([other.id, open.id, old.id]);
			const one = await kinbox.run('conversation', 'getAll', { limit: 1 }, options);
			expect(one.rows).toHaveLength(1);
		}
	});

	it('sends every filter of the report screen, lists as repeated keys', async () => {
		const flags = ['answeredOnDay', 'changeAssignmentToTrail', 'hasDeal', 'hasRating', 'hasWonDeal', 'inProgress', 'isConversationOnPeriod', 'isFinished', 'isNewContact', 'isReopened', 'onlyCreatedAt', 'onlyFinishedAt', 'pending', 'tmaExists', 'tmeExists', 'tmpExists', 'waiting'];
		const filters: INodeParameters = {
			...Object.fromEntries(flags.map((flag) => [flag, true])), assigned: ['42', '43'], bots: ['7'], campaignId: byId('66e2f0a1b2c3d4e5f6a7b8c9'), channels: ['103', '104'], contactPhone: '85 98888-7777',
			from: '2026-01-01T00:00:00Z', groups: ['10'], period: 'month', periodMetric: 'createdAt', search: 'bom dia', tags: ['3'], to: '2026-02-01T00:00:00Z',
		};
		const { requests, error } = await kinbox.run('conversation', 'getAll', { filters });
		expect(error).toBeUndefined();
		// João is kept without his ninth digit.
		expect(requests.at(-1)?.query).toEqual({
			...Object.fromEntries(flags.map((flag) => [flag, 'true'])), assigned: ['42', '43'], bots: '7', campaignId: '66e2f0a1b2c3d4e5f6a7b8c9', channels: ['103', '104'], contactPhone: '558588887777',
			from: '2026-01-01T00:00:00.000Z', groups: '10', period: 'month', periodMetric: 'createdAt', search: 'bom dia', tags: '3', to: '2026-02-01T00:00:00.000Z', limit: '50', offset: '0',
		});
	});

	it('returns what fits the filters', async () => {
		const { old, open, other } = seeded();
		const found = async (filters: INodeParameters, options = {}) => (await kinbox.run('conversation', 'getAll', { filters }, options)).rows.map(({ id }) => id);
		expect(await found({ isFinished: true })).toEqual([old.id]);
		expect(await found({ isFinished: false })).toEqual([other.id, open.id]);
		expect(await found({ assigned: ['43'] })).toEqual([open.id]);
		expect(await found({ updatedFrom: new Date(kinbox.sandbox.clock.now() - 2 * day).toISOString() }, apiToken(kinbox))).toEqual([other.id, open.id]);
		expect(await found({ callId: String(old.callId) }, apiToken(kinbox))).toEqual([old.id]);
	});

	it('says which token a filter needs', async () => {
		const v3Only = await kinbox.run('conversation', 'getAll', { filters: { hasDeal: true } }, apiToken(kinbox));
		expect(v3Only.error?.message).toBe("The filter 'Has Deal' needs the Token V3, but the credential holds the API Token [item 0]");
		const v1Only = await kinbox.run('conversation', 'getAll', { filters: { callId: '1' } });
		expect(v1Only.error?.message).toMatch(/^Filtering by change, contact or number needs the API Token/);
		const wrong = await kinbox.run('conversation', 'getAll', { filters: { from: 'Monday' } });
		expect(wrong.error?.message).toBe("'From' is not a date [item 0]");
		expect([...v3Only.requests, ...v1Only.requests, ...wrong.requests]).toEqual([]);
	});

	it('exports a time range in windows of two hours', async () => {
		const { open, other } = seeded();
		const { rows, requests, error } = await kinbox.run('conversation', 'getAllInRange', { from: new Date(kinbox.sandbox.clock.now() - 1.5 * day).toISOString(), returnAll: true });
		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id).sort()).toEqual([open.id, other.id].sort());
		expect(requests.length).toBeGreaterThanOrEqual(18);
		const range = { from: new Date(kinbox.sandbox.clock.now() - 1.5 * day).toISOString(), returnAll: true };
		const filtered = await kinbox.run('conversation', 'getAllInRange', { ...range, filters: { assigned: ['43'], contactPhone: '85 8888-7777', hasDeal: true } });
		expect(filtered.error).toBeUndefined();
		expect(filtered.rows.map(({ id }) => id)).toEqual([open.id]);
		for (const { query } of filtered.requests.slice(1)) expect(query).toEqual({ assigned: '43', contactPhone: '558588887777', hasDeal: 'true', from: expect.any(String), to: expect.any(String) });
		const v1 = await kinbox.run('conversation', 'getAllInRange', { from: '2026-01-01' }, apiToken(kinbox));
		expect(v1.error?.message).toBe('The export of conversations needs the Token V3, but the credential holds the API Token [item 0]');
	});
});

describe('conversation: messages', () => {
	it('returns those of the conversation, or the whole history', async () => {
		const { open } = seeded();
		const own = await kinbox.run('conversation', 'getMessages', { sessionId: byId(open.id), returnAll: true, order: 'asc' }, apiToken(kinbox));
		expect(own.error).toBeUndefined();
		expect(own.rows.map(({ sender, text, mediaUrl }) => [sender, text, mediaUrl])).toEqual([['contact', 'Bom dia', null], ['operator', 'Bom dia, João!', null], ['contact', null, 'https://example.com/comprovante.jpg']]);
		expect(own.requests.map(({ path }) => path)).toEqual([`/v1/sessions/${open.id}`, `/v1/conversations/${open.conversationId}/messages`]);
		const history = await kinbox.run('conversation', 'getMessages', { sessionId: byId(open.id), limit: 2, order: 'asc', filters: { wholeHistory: true, from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' } }, apiToken(kinbox));
		expect(history.rows.map(({ text }) => text)).toEqual(['Quanto custa?', 'Bom dia']);
		expect(history.requests[1]?.query).toEqual({ order: 'asc', created_at_from: '2020-01-01T00:00:00.000Z', created_at_to: '2099-01-01T00:00:00.000Z', limit: '2' });
	});

	it('gets one message, and says which token is needed', async () => {
		const { open } = seeded();
		const [first] = (await kinbox.run('conversation', 'getMessages', { sessionId: byId(open.id), limit: 1 }, apiToken(kinbox))).rows;
		const one = await kinbox.run('message', 'get', { messageId: String(first?.id) }, apiToken(kinbox));
		expect(one.error).toBeUndefined();
		expect(one.rows).toEqual([first]);
		// v3 gives the stored body, and says neither who of the customer's side wrote nor how far the message is.
		const withV3 = await kinbox.run('message', 'get', { messageId: String(first?.id) });
		expect(withV3.error).toBeUndefined();
		expect(withV3.requests.map(({ path }) => path)).toEqual([`/v3/messages/${String(first?.id)}`]);
		expect(withV3.rows).toEqual([{ ...first, sender: null, senderName: null, mediaUrl: null, status: null }]);
		const operators = (await kinbox.run('conversation', 'getMessages', { sessionId: byId(open.id), returnAll: true }, apiToken(kinbox))).rows.find(({ sender }) => sender === 'operator');
		expect((await kinbox.run('message', 'get', { messageId: String(operators?.id) })).rows).toEqual([{ ...operators, status: null }]);
		expect((await kinbox.run('message', 'get', { messageId: '66e2f0a1b2c3d4e5f6a7b8c9' })).error?.message).toBe('Reading a message whose ID is not a number needs the API Token, but the credential holds the Token V3 [item 0]');
		expect((await kinbox.run('message', 'get', { messageId: '1' })).error?.message).toBe('Kinbox does not know this record [item 0]');
		expect((await kinbox.run('conversation', 'getMessages', { sessionId: byId(open.id) })).error?.message).toBe('Reading messages needs the API Token, but the credential holds the Token V3 [item 0]');
		const unknown = await kinbox.run('message', 'get', { messageId: '1' }, apiToken(kinbox));
		expect(unknown.error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('conversation: summary', () => {
	it('is set by number or long ID, with the Token V3', async () => {
		const { open, old } = seeded();
		for (const id of [open.id, String(old.callId)]) {
			const { rows, requests, error } = await kinbox.run('conversation', 'setSummary', { sessionId: byId(id), summary: 'Nota enviada' });
			expect(error).toBeUndefined();
			expect(requests.at(-1)).toMatchObject({ method: 'PATCH', body: { summary: 'Nota enviada' } });
			expect(rows[0]).toMatchObject({ id, summary: 'Nota enviada' });
		}
		expect([open.summary, old.summary]).toEqual(['Nota enviada', 'Nota enviada']);
		changeSession(open, { summary: null }, 1);
		const v1 = await kinbox.run('conversation', 'setSummary', { sessionId: byId(open.id), summary: 'x' }, apiToken(kinbox));
		expect(v1.error?.message).toBe('Setting a summary needs the Token V3, but the credential holds the API Token [item 0]');
	});
});

it('conversations to pick from, with name and number', async () => {
	const { open } = seeded();
	const values = credentialValues(kinbox.sandbox);
	const v3 = { credentials, credentialValues: values };
	const v1 = { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi } } };
	for (const options of [v3, v1]) {
		const { results } = await listSearch(Kinbox, 'searchSessions', { ...options, filter: String(open.callId) });
		expect(results).toEqual([{ name: `João Silva · ${open.callId}`, value: open.id }]);
		const onChannel = await listSearch(Kinbox, 'searchConversations', { ...options, filter: String(open.conversationId) });
		expect(onChannel.results).toEqual([{ name: `João Silva · ${open.conversationId}`, value: String(open.conversationId) }]);
	}
});
