import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { binaryBuffer } from '../../harness/engine';
import { byId, useNode } from '../support';
import { describeFailures } from './support';
import { addConversation, say } from './threads';

// Reports are limited to 100 a minute, which these tests would wait for; the limiter has tests of its own.
jest.mock('../../../nodes/shared/http/rateLimit', () => {
	const actual = jest.requireActual<typeof import('../../../nodes/shared/http/rateLimit')>('../../../nodes/shared/http/rateLimit');
	return { ...actual, sharedRateLimiter: () => new actual.RateLimiter() };
});

const chatwoot = useNode('Chatwoot', Chatwoot);
const v2 = '/api/v2/accounts/1';
const run = async (operation: string, fields = {}) => await chatwoot.run('report', operation, fields);
const hour = 3_600_000;

/** Three conversations: an hour ago, unassigned; two days ago, resolved by Caio; five days ago, still open at WhatsApp. */
function history() {
	const now = chatwoot.sandbox.clock.now();
	const young = addConversation(chatwoot, { createdAt: now - hour, teamId: 1, labels: ['vip'] });
	const done = addConversation(chatwoot, { createdAt: now - 48 * hour, assigneeId: 2, teamId: 2, status: 'resolved' });
	const old = addConversation(chatwoot, { inboxId: 4, createdAt: now - 120 * hour, assigneeId: 1, assigneeBotId: 1, labels: ['vip', 'troca'] });
	for (const one of [young, done, old]) say(chatwoot, one, 'Olá');
	Object.assign(young, { createdAt: now - hour, status: 'open', firstReplyCreatedAt: 0 });
	Object.assign(done, { createdAt: now - 48 * hour, updatedAt: now - 24 * hour, firstReplyCreatedAt: now - 46 * hour, status: 'resolved' });
	Object.assign(old, { createdAt: now - 120 * hour, firstReplyCreatedAt: now - 119.5 * hour, status: 'open' });
	return now;
}
const at = (time: number) => new Date(time).toISOString();
const lastDays = (now: number, days: number) => ({ from: at(now - days * 24 * hour), to: at(now + hour) });
const seconds = (time: number) => String(Math.floor(time / 1000));
const badRange: Array<[string, Record<string, string>, RegExp]> = [
	['a beginning after the end', { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, /^'From' is not before the end \[item 0\]$/], ['what is no date', { from: 'yesterday' }, /^'From' is not a date/],
];

describe('report: get time series', () => {
	it('asks with every field, and gives a point for each day', async () => {
		const now = history();
		const { rows, requests, error } = await run('getTimeSeries', { metric: 'conversations_count', scope: 'team', teamId: byId(2), ...lastDays(now, 3), interval: 'day', businessHours: true });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({
			method: 'GET', path: `${v2}/reports`,
			query: { metric: 'conversations_count', type: 'team', id: '2', since: seconds(now - 72 * hour), until: seconds(now + hour), group_by: 'day', business_hours: 'true', timezone_offset: expect.stringMatching(/^-?\d+(\.\d+)?$/) },
		});
		expect(rows.map(({ value }) => Number(value)).reduce((sum, one) => sum + one)).toBe(1);
		expect(rows[0]).toMatchObject({ metric: 'conversations_count', start: expect.stringMatching(/Z$/), count: null });
	});

	it.each([['agent', 'agentId', 2], ['inbox', 'inboxId', 4], ['label', 'labelId', 1]])('about one %s', async (scope, field, id) => {
		const { requests, error } = await run('getTimeSeries', { metric: 'avg_first_response_time', scope, [field]: byId(id), from: '2026-01-01', to: '2026-02-01', interval: 'month' });
		expect(error).toBeUndefined();
		expect(requests[0]?.query).toMatchObject({ type: scope, id: String(id), group_by: 'month' });
	});

	it('reads local days in the time zone of the workflow', async () => {
		const { requests } = await run('getTimeSeries', { from: '2026-01-01T00:00:00-03:00', to: '2026-01-02T00:00:00-03:00' });
		expect(requests[0]?.query).toMatchObject({ type: 'account', since: String(Date.parse('2026-01-01T03:00:00Z') / 1000), until: String(Date.parse('2026-01-02T03:00:00Z') / 1000), group_by: 'day' });
		expect(requests[0]?.query).not.toHaveProperty('id');
	});

	describeFailures(chatwoot, 'report', 'getTimeSeries', {
		good: () => ({ scope: 'team', teamId: byId(1), from: '2026-01-01', to: '2026-01-05' }), unknown: { teamId: '99' }, adminOnly: true,
		bad: [...badRange, ['no beginning', { from: ' ' }, /^'From' is empty/], ['another metric', { metric: '={{ "x" }}' }, /^'Metric' is not one of the possible values/]],
	});
});

describe('report: get summary', () => {
	it('gives counts and times, and those of the period before', async () => {
		const now = history();
		const { rows, requests, error } = await run('getSummary', lastDays(now, 3));
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({ path: `${v2}/reports/summary`, query: { type: 'account' } });
		expect(rows[0]).toMatchObject({ conversations: 2, resolutions: 1, firstResponseTime: 7200, resolutionTime: 86_400, outgoingMessages: 3, botResolutions: null, previous: { conversations: 1, resolutions: 0 } });
	});

	it('adds the bots when they are wanted', async () => {
		const now = history();
		const { rows, requests } = await run('getSummary', { ...lastDays(now, 7), includeBots: true, businessHours: true });
		expect(requests.map(({ path }) => path).sort()).toEqual([`${v2}/reports/bot_summary`, `${v2}/reports/summary`]);
		expect(requests[0]?.query).toMatchObject({ business_hours: 'true' });
		expect(rows[0]).toMatchObject({ botResolutions: 0, botHandoffs: 1, previous: { botHandoffs: 0 } });
	});

	describeFailures(chatwoot, 'report', 'getSummary', { good: () => ({ scope: 'inbox', inboxId: byId(1), from: '2026-01-01', to: '2026-01-05' }), unknown: { inboxId: '99' }, adminOnly: true, bad: badRange });
});

describe('report: get overview', () => {
	it.each([
		['agent', ['Marina Duarte: 1', 'Caio Nogueira: 1', 'Inês Ferreira: 0']], ['team', ['vendas: 1', 'suporte: 1']], ['label', ['vip: 2', 'orçamento: 0', 'troca: 1', 'newsletter: 0']],
		['channel', ['API: 2', 'WhatsApp: 1']],
	])('of each %s, with its name', async (group, wanted) => {
		const now = history();
		const { rows, requests, error } = await run('getOverview', { group, ...lastDays(now, 7), businessHours: true });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: `${v2}/summary_reports/${group}`, query: { since: seconds(now - 168 * hour), business_hours: 'true' } });
		expect(rows.map(({ name, conversations }) => `${String(name)}: ${String(conversations)}`)).toEqual(wanted);
	});

	it('of each channel, in the last six months, as the server looks back no further', async () => {
		history();
		const { requests, rows } = await run('getOverview', { group: 'channel' });
		const { since, until } = requests[0]!.query as { since: string; until: string };
		expect(Number(until) - Number(since)).toBe(180 * 86_400);
		expect(rows.length).toBeGreaterThan(0);
	});

	it('of each inbox, in the whole time', async () => {
		history();
		const { rows, requests } = await run('getOverview', { group: 'inbox' });
		expect(requests[0]?.query).toEqual({ since: '0', until: expect.stringMatching(/^\d{10}$/) });
		expect(rows.find(({ name }) => name === 'Integração')).toMatchObject({ id: '2', conversations: 2, resolutions: 1, firstResponseTime: 7200 });
	});

	it('says that the channels are counted for six months only', async () => {
		expect((await run('getOverview', { group: 'channel', from: '2025-01-01', to: '2026-01-01' })).error?.message).toBe('Chatwoot refused the request: Date range cannot exceed 6 months [item 0]');
	});

	describeFailures(chatwoot, 'report', 'getOverview', { good: () => ({ from: '2026-01-01', to: '2026-01-05' }), adminOnly: true, bad: [...badRange, ['an end alone', { from: '' }, /^'From' is empty/]] });
});

describe('report: get current', () => {
	it('gives one item in all, or of a team', async () => {
		history();
		const all = await run('getCurrent');
		expect(all.requests[0]).toMatchObject({ path: `${v2}/live_reports/conversation_metrics`, query: {} });
		expect(all.rows).toEqual([{ id: null, name: null, open: 2, unattended: 1, unassigned: 1, pending: 0 }]);
		expect((await run('getCurrent', { teamId: byId(1) })).rows[0]).toMatchObject({ open: 1, unassigned: 1 });
	});

	it('gives one item for each agent or team', async () => {
		history();
		const agents = await run('getCurrent', { group: 'assignee_id' });
		expect(agents.requests[0]).toMatchObject({ path: `${v2}/live_reports/grouped_conversation_metrics`, query: { group_by: 'assignee_id' } });
		expect(agents.rows.map(({ id, name, open }) => [id, name, open])).toEqual([[null, null, 1], ['1', 'Marina Duarte', 1]]);
		expect((await run('getCurrent', { group: 'team_id' })).rows.map(({ name }) => name)).toEqual(['vendas', null]);
	});

	describeFailures(chatwoot, 'report', 'getCurrent', { good: () => ({ teamId: byId(1) }), unknown: { teamId: '99' }, adminOnly: true, bad: [['an ID of letters', { teamId: byId('={{ "abc" }}') }, /^'Team' is not an ID/]] });
});

describe('report: messages, bots, distribution, labels', () => {
	it('counts what each agent sent', async () => {
		const now = history();
		const { rows, requests } = await run('getOutgoingMessages', { group: 'agent', ...lastDays(now, 7) });
		expect(requests[0]).toMatchObject({ path: `${v2}/reports/outgoing_messages_count`, query: { group_by: 'agent' } });
		expect(rows).toEqual([{ id: '1', name: 'Marina Duarte', messages: 3 }]);
		expect((await run('getOutgoingMessages', { group: 'inbox' })).rows.map(({ name, messages }) => [name, messages])).toEqual([['Integração', 2], ['WhatsApp', 1]]);
	});

	it('gives the metrics of bots', async () => {
		const now = history();
		const { rows, requests } = await run('getBotMetrics', lastDays(now, 7));
		expect(requests[0]).toMatchObject({ path: `${v2}/reports/bot_metrics`, query: { until: seconds(now + hour) } });
		expect(rows).toEqual([{ conversations: 1, messages: 1, resolutionPercent: 0, handoffPercent: 100 }]);
	});

	it('gives the distribution of first responses by channel', async () => {
		history();
		const { rows, requests } = await run('getFirstResponseDistribution');
		expect(requests[0]).toMatchObject({ path: `${v2}/reports/first_response_time_distribution`, query: {} });
		expect(rows).toEqual([
			{ id: 'Channel::Api', name: 'API', within1Hour: 0, within4Hours: 1, within8Hours: 0, within24Hours: 0, later: 0 },
			{ id: 'Channel::Whatsapp', name: 'WhatsApp', within1Hour: 1, within4Hours: 0, within8Hours: 0, within24Hours: 0, later: 0 },
		]);
	});

	it('gives the labels of each inbox, one item for each pair', async () => {
		history();
		const { rows, requests } = await run('getInboxLabels');
		expect(requests[0]).toMatchObject({ path: `${v2}/reports/inbox_label_matrix` });
		expect(rows.filter(({ conversations }) => conversations !== 0).map(({ inboxName, label, conversations }) => `${String(inboxName)} ${String(label)} ${String(conversations)}`)).toEqual(['Integração vip 1', 'WhatsApp vip 1', 'WhatsApp troca 1']);
	});

	it('takes now as the end when only the beginning is given', async () => {
		const before = Math.floor(Date.now() / 1000);
		const { requests } = await run('getBotMetrics', { from: '2026-01-01T00:00:00Z' });
		expect(Number(requests[0]?.query.until)).toBeGreaterThanOrEqual(before);
	});

	describe.each(['getOutgoingMessages', 'getBotMetrics', 'getFirstResponseDistribution', 'getInboxLabels'])('%s', (operation) => {
		describeFailures(chatwoot, 'report', operation, { good: () => ({}), adminOnly: true, bad: badRange });
	});
});

describe('report: agent load', () => {
	it('gives every agent with what is open right now', async () => {
		history();
		const { rows, requests, error } = await run('getAgentLoad', { returnAll: true });
		expect(error).toBeUndefined();
		expect(requests.map(({ path, query }) => [path, query])).toEqual([[`${v2}/reports/conversations`, { type: 'agent', page: '1' }]]);
		expect(rows).toEqual([
			{ id: '1', name: 'Marina Duarte', email: 'marina@lojaexemplo.com.br', availability: 'online', open: 1, unattended: expect.any(Number) },
			{ id: '2', name: 'Caio Nogueira', email: 'caio@lojaexemplo.com.br', availability: 'online', open: 0, unattended: 0 },
			{ id: '3', name: 'Inês Ferreira', email: 'ines@lojaexemplo.com.br', availability: 'offline', open: 0, unattended: 0 },
		]);
	});

	it('reads on to the last page, and no further than the limit', async () => {
		const { users, accountUsers } = chatwoot.sandbox.chatwoot.state;
		for (let id = 100; id < 130; id += 1) {
			users.set(id, { ...users.get(3)!, id, name: `Pessoa ${id}` });
			accountUsers.push({ accountId: 1, userId: id, role: 'agent', availability: 'offline', autoOffline: true });
		}
		const all = await run('getAgentLoad', { returnAll: true });
		expect(all.rows).toHaveLength(33);
		expect(all.requests.map(({ query }) => query.page)).toEqual(['1', '2']);
		expect((await run('getAgentLoad', { limit: 2 })).rows).toHaveLength(2);
	});

	describeFailures(chatwoot, 'report', 'getAgentLoad', { good: () => ({}), adminOnly: true, bad: [['a limit of 0', { limit: '={{ 0 }}' }, /^'Limit' is less than 1/]] });
});

describe('report: download', () => {
	const fileOf = async (fields: object) => {
		const { first, rows, requests, error } = await run('download', fields);
		expect(error).toBeUndefined();
		const file = first[0]?.binary?.data;
		const bytes = await binaryBuffer(file);
		expect(rows).toEqual([{ fileName: file?.fileName, fileSize: bytes.length }]);
		expect(file?.mimeType).toBe('text/csv');
		return { fileName: file?.fileName, lines: bytes.toString('utf8').trim().split('\n'), request: requests[0] };
	};

	it.each([
		['agents', 'Agent name,', 'Caio Nogueira,1,2 hours,24 hours,2 hours,1'], ['inboxes', 'Inbox name,', 'WhatsApp,Whatsapp,1,30 minutes,N/A,30 minutes,0'], ['labels', 'Label,', 'vip,2,30 minutes,N/A,30 minutes,0'],
		['teams', 'Team name,', /,1,2 hours,24 hours,2 hours,1$/], ['conversations_summary', 'Conversations,', /^3,/],
	])('%s, over the whole time when no range is given', async (report, titles, row) => {
		history();
		const { fileName, lines, request } = await fileOf({ report });
		expect(fileName).toBe(`${report}_report.csv`);
		expect(request).toMatchObject({ method: 'GET', path: `${v2}/reports/${report}`, query: { since: '0', until: expect.stringMatching(/^\d{10}$/) } });
		expect(lines[3]).toMatch(new RegExp(`^${titles}`));
		expect(lines.slice(4)).toContainEqual(typeof row === 'string' ? row : expect.stringMatching(row));
	});

	it('keeps range and hours, and gives names as they are written, so that columns stay apart', async () => {
		chatwoot.sandbox.chatwoot.state.teams.get(1)!.name = 'Vendas, "Loja" & Cia';
		const { lines, request } = await fileOf({ report: 'teams', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z', businessHours: true });
		expect(request?.query).toEqual({ since: '1767225600', until: '1769904000', business_hours: 'true' });
		expect(lines[0]).toBe('Reporting period 2026-01-01 to 2026-02-01');
		expect(lines).toContain('"Vendas, ""Loja"" & Cia",0,N/A,N/A,N/A,0');
	});

	describeFailures(chatwoot, 'report', 'download', { good: () => ({}), adminOnly: true, bad: [...badRange, ['no field to put it in', { binaryName: '={{ "" }}' as unknown as string }, /^'Put Output File in Field' is empty/]] });
});
