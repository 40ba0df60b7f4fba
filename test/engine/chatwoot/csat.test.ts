import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { binaryBuffer, listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
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

	it('says not how many were sent of one inbox, which the server does not count', async () => {
		answers();
		const { rows } = await run('getMetrics', { filters: { inboxId: byId(4) } });
		expect(rows[0]).toMatchObject({ sent: null, responsePercent: null, responses: 1, satisfiedPercent: 0 });
	});

	it('has no percent of nothing', async () => {
		expect((await run('getMetrics')).rows[0]).toMatchObject({ sent: 0, responses: 0, responsePercent: null, satisfiedPercent: null, averageRating: null });
	});

	describeFailures(chatwoot, 'csat', 'getMetrics', { good: answers, adminOnly: true, bad });
});

describe('csat: download', () => {
	it('puts the CSV file out as binary data, over the whole time when no range is given', async () => {
		answers();
		const { first, rows, requests, error } = await run('download', { binaryName: 'csv', filters: { inboxId: byId(2), rating: 5 } });
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({ method: 'GET', path: `${path}/download`, query: { since: '0', until: expect.stringMatching(/^\d{10}$/), inbox_id: '2', rating: '5' } });
		const file = first[0]?.binary?.csv;
		expect(file).toMatchObject({ fileName: 'csat_responses.csv', mimeType: 'text/csv' });
		const bytes = await binaryBuffer(file);
		expect(rows).toEqual([{ fileName: 'csat_responses.csv', fileSize: bytes.length }]);
		const lines = bytes.toString('utf8').trim().split('\n');
		expect(lines).toHaveLength(3);
		expect(lines[1]).toMatch(/^Caio Nogueira \(caio@lojaexemplo\.com\.br\),5,Ótimo!,/);
	});

	it('keeps the range that is given', async () => {
		const { requests, first } = await run('download', { filters: { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' } });
		expect(requests[0]?.query).toEqual({ since: '1767225600', until: '1769904000' });
		expect((await binaryBuffer(first[0]?.binary?.data)).toString('utf8')).toContain('Reporting period 2026-01-01 to 2026-02-01');
	});

	describeFailures(chatwoot, 'csat', 'download', { good: answers, adminOnly: true, bad: [...bad, ['no field to put it in', { binaryName: '={{ "" }}' as unknown as object }, /^'Put Output File in Field' is empty/]] });
});

describe('csat: review', () => {
	const good = () => ({ ...answers(), csatResponseId: byId(1), reviewNotes: 'Ligamos de volta' });

	it('writes notes, and takes them away', async () => {
		const { rows, requests, error } = await run('review', good());
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { csat_review_notes: 'Ligamos de volta' } });
		expect(rows[0]).toMatchObject({ id: '1', rating: 5, reviewNotes: 'Ligamos de volta' });
		const gone = await run('review', { csatResponseId: byId(1), reviewNotes: '' });
		expect(gone.requests[0]?.body).toEqual({ csat_review_notes: null });
		expect(gone.rows[0]).toMatchObject({ reviewNotes: null });
	});

	it('lists the answers to pick from', async () => {
		answers();
		const { results, paginationToken } = await listSearch(Chatwoot, 'searchCsatResponses', { credentials, credentialValues: credentialValues(chatwoot.sandbox) });
		expect(results.map(({ value }) => value)).toEqual(['2', '1']);
		expect(results[1]?.name).toMatch(/^5 of 5 · .+ · Ótimo!$/);
		expect(paginationToken).toBeUndefined();
	});

	describeFailures(chatwoot, 'csat', 'review', {
		good, unknown: { csatResponseId: '99' }, unknownMessage: /^Chatwoot does not know answer 99 to the survey, or keeps no review notes \[item 0\]$/, adminOnly: true,
		bad: [['an ID of letters', { csatResponseId: '={{ "abc" }}' }, /^'CSAT Response' is not an ID/], ['a novel', { reviewNotes: '={{ "x".repeat(20001) }}' }, /^'Review Notes' is longer than 20000 characters/]],
	});
});
