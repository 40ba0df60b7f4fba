import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { byId, useNode } from '../support';
import { describeFailures } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/csat_survey_responses';
const run = async (operation: string, fields = {}) => await chatwoot.run('csat', operation, fields);

/** An answered survey in a conversation. */
function rate(conversation: ChatwootConversation, rating: 1 | 2 | 3 | 4 | 5, hoursAgo = 1, feedback: string | null = null) {
	const { state } = chatwoot.sandbox.chatwoot;
	const message = say(chatwoot, conversation, 'Como foi?');
	message.contentType = 'input_csat';
	const id = state.csatResponses.size + 1;
	state.csatResponses.set(id, { id, accountId: 1, conversationId: conversation.id, messageId: message.id, rating, feedback, createdAt: chatwoot.sandbox.clock.now() - hoursAgo * 3_600_000 });
}

function answers() {
	const first = addConversation(chatwoot, { assigneeId: 2, teamId: 1 });
	const second = addConversation(chatwoot, { contactId: 2, inboxId: 4 });
	rate(first, 5, 30, 'Ótimo!');
	rate(second, 2, 2);
	say(chatwoot, second, 'Como foi?').contentType = 'input_csat';
	return {};
}
const bad: Array<[string, Record<string, object>, RegExp]> = [
	['a rating of 6', { filters: { rating: 6 } }, /^'Rating' is more than 5 \[item 0\]$/], ['an end alone', { filters: { to: '2026-01-01' } }, /^'From' is empty/],
	['an inbox by name', { filters: { inboxId: 'Site' } }, /^'Inbox' is not an ID/], ['an agent by name', { filters: { agentIds: 'Caio' } }, /has an entry that is not an ID/],
];

describe('csat: get many', () => {
	it('gives them newest first, with contact and agent', async () => {
		answers();
		const { rows, requests, error } = await run('getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'GET', path, query: { sort: '-created_at', page: '1' } });
		expect(rows.map(({ rating }) => rating)).toEqual([2, 5]);
		expect(rows[1]).toMatchObject({ rating: 5, feedback: 'Ótimo!', contactId: '1', agentId: '2', agentName: 'Caio Nogueira', conversationId: '1' });
		expect(rows[0]).toMatchObject({ agentName: null, conversationId: '2' });
	});

	it('sends all filters', async () => {
		answers();
		const { rows, requests } = await run('getAll', { filters: { agentIds: ['2', '3'], from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', inboxId: byId(2), teamId: byId(1), rating: 5 } });
		expect(requests[0]?.query).toEqual({ 'user_ids[]': [2, 3], since: '1577836800', until: '4102444800', inbox_id: '2', team_id: '1', rating: '5', sort: '-created_at', page: '1' });
		expect(rows).toHaveLength(1);
	});

	it('reads on to the last page, and no further than the limit', async () => {
		const conversation = addConversation(chatwoot);
		for (let count = 0; count < 30; count += 1) rate(conversation, 4, count + 1);
		const all = await run('getAll', { returnAll: true });
		expect(all.rows).toHaveLength(30);
		expect(all.requests.map(({ query }) => query.page)).toEqual(['1', '2']);
		expect((await run('getAll', { limit: 3 })).rows).toHaveLength(3);
	});

	describeFailures(chatwoot, 'csat', 'getAll', { good: answers, adminOnly: true, bad: [...bad, ['a limit of 0', { limit: '={{ 0 }}' as unknown as object }, /^'Limit' is less than 1/]] });
});

describe('csat: get metrics', () => {
	it('counts, and says how many are satisfied', async () => {
		answers();
		const { rows, requests } = await run('getMetrics', { filters: { from: '2020-01-01T00:00:00Z' } });
		expect(requests[0]).toMatchObject({ path: `${path}/metrics`, query: { since: '1577836800' } });
		expect(rows).toEqual([{ sent: 3, responses: 2, responsePercent: 66.7, satisfiedPercent: 50, averageRating: 3.5, rating1: 0, rating2: 1, rating3: 0, rating4: 0, rating5: 1 }]);
	});

	it('has no percent of nothing', async () => {
		expect((await run('getMetrics')).rows[0]).toMatchObject({ sent: 0, responses: 0, responsePercent: null, satisfiedPercent: null, averageRating: null });
	});

	describeFailures(chatwoot, 'csat', 'getMetrics', { good: answers, adminOnly: true, bad });
});
