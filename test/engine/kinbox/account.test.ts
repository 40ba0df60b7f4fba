import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { listSearch, loadOptions } from '../../harness/engine';
import { addDocument } from '../../sandbox/kinbox/records';
import { byId, credentials, credentialValues, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const state = () => kinbox.sandbox.kinbox.state;
const now = () => kinbox.sandbox.clock.now();

/** Runs, and gives the rows; a failure fails the test. */
async function rowsOf(resource: string, operation: string, parameters: INodeParameters = {}, options = {}) {
	const { rows, error } = await kinbox.run(resource, operation, parameters, options);
	expect(error).toBeUndefined();
	return rows;
}
const messageOf = async (resource: string, operation: string, parameters: INodeParameters = {}, options = {}) => (await kinbox.run(resource, operation, parameters, options)).error?.message;

describe('group', () => {
	it('is read and listed with either token; its members with an API Token', async () => {
		for (const options of [{}, apiToken(kinbox)]) {
			expect((await rowsOf('group', 'getAll', { returnAll: true }, options)).map(({ name }) => name)).toEqual(['Vendas', 'Suporte']);
			expect(await rowsOf('group', 'getAll', { limit: 1 }, options)).toHaveLength(1);
			expect((await rowsOf('group', 'get', { groupId: byId(10) }, options))[0]).toMatchObject({ name: 'Vendas' });
			expect(await messageOf('group', 'get', { groupId: byId(99) }, options)).toBe('Kinbox does not know this record [item 0]');
		}
		expect((await rowsOf('group', 'getOperators', { groupId: byId(10), returnAll: true }, apiToken(kinbox))).map(({ email }) => email)).toEqual(['marina@lojaexemplo.com.br', 'caio@lojaexemplo.com.br']);
		expect(await messageOf('group', 'getOperators', { groupId: byId(10) })).toBe('Reading the operators of a group needs the API Token, but the credential holds the Token V3 [item 0]');
	});
});

describe('operator, workspace, business hours', () => {
	it('are read with the Token V3', async () => {
		expect((await rowsOf('operator', 'getAll', { returnAll: true })).map(({ name }) => name)).toEqual(['Marina Duarte', 'Caio Nogueira', 'Inês Ferreira']);
		expect((await rowsOf('operator', 'get', { operatorId: byId(43) }))[0]).toMatchObject({ id: '43', name: 'Caio Nogueira' });
		expect(await rowsOf('workspace', 'get')).toEqual([{ id: '1', name: 'Loja Exemplo', operatorId: '42', timezone: 'America/Sao_Paulo', isActive: true, minutesToReopenCall: 60, workHourId: '7', smsCredits: 500 }]);
		expect((await rowsOf('businessHours', 'getAll', { limit: 1 })).map(({ name }) => name)).toEqual(['Comercial']);
		expect((await rowsOf('businessHours', 'get', { businessHoursId: byId(8) }))[0]).toMatchObject({ name: 'Todos os dias' });
		const office = '08:00-12:00, 13:00-18:00';
		expect(await rowsOf('businessHours', 'get', { businessHoursId: byId(7) })).toEqual([{
			id: '7', name: 'Comercial', isActive: true, mon: office, tue: office, wed: office, thu: office, fri: office, sat: '08:00-12:00', sun: null,
		}]);
		expect(await rowsOf('businessHours', 'get', { businessHoursId: byId(7), output: 'selected', outputFields: ['sun', 'workspaceId'] })).toEqual([{ sun: expect.objectContaining({ active: false }), workspaceId: expect.any(Number) }]);
	});

	it.each([['operator', 'getAll', 'Operators need'], ['operator', 'get', 'Operators need'], ['workspace', 'get', 'The workspace needs'], ['businessHours', 'getAll', 'Business hours need'], ['businessHours', 'get', 'Business hours need']])(
		'%s %s says that it needs the Token V3',
		async (resource, operation, start) => {
			const { error, requests } = await kinbox.run(resource, operation, { operatorId: byId(42), businessHoursId: byId(7) }, apiToken(kinbox));
			expect(error?.message).toBe(`${start} the Token V3, but the credential holds the API Token [item 0]`);
			expect(requests).toEqual([]);
		},
	);
});

describe('quick phrase', () => {
	it('is created, changed and deleted with the Token V3, and read with either', async () => {
		const created = await kinbox.run('quickPhrase', 'create', { phrase: 'Olá!', tag: 'oi', operatorId: byId(42), privacy: 'group', groupId: byId(10) });
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({ phrase: 'Olá!', tag: 'oi', operatorId: 42, privacy: 'group', groupId: 10 });
		const id = String(created.rows[0]?.id);
		for (const options of [{}, apiToken(kinbox)]) {
			expect((await rowsOf('quickPhrase', 'getAll', { returnAll: true }, options)).map(({ phrase }) => phrase)).toEqual(['Olá!']);
			expect((await rowsOf('quickPhrase', 'get', { quickPhraseId: byId(id) }, options))[0]).toMatchObject({ phrase: 'Olá!', tag: 'oi' });
		}
		const updated = await kinbox.run('quickPhrase', 'update', { quickPhraseId: byId(id), phrase: 'Oi!' });
		expect(updated.requests[0]?.body).toEqual({ phrase: 'Oi!' });
		const hidden = await kinbox.run('quickPhrase', 'update', { quickPhraseId: byId(id), privacy: 'private' });
		expect(hidden.requests[0]).toMatchObject({ method: 'PATCH', body: { privacy: 'private' } });
		expect(await messageOf('quickPhrase', 'update', { quickPhraseId: byId(id) })).toBe("'Quick Phrase' is given, but no field to change [item 0]");
		expect(await rowsOf('quickPhrase', 'delete', { quickPhraseId: byId(id) })).toEqual([{ id, deleted: true }]);
	});

	it('refuses what is too long or incomplete, and says which token is needed', async () => {
		expect(await messageOf('quickPhrase', 'create', { phrase: 'a'.repeat(2329), operatorId: byId(42) })).toBe("'Phrase' has more than 2328 characters [item 0]");
		expect(await messageOf('quickPhrase', 'create', { phrase: 'Oi', operatorId: byId(42), privacy: 'group', groupId: byId('={{ $json.x }}') })).toBe("'Group' is empty [item 0]");
		expect(await messageOf('quickPhrase', 'create', { phrase: 'Oi', operatorId: byId(42) }, apiToken(kinbox))).toBe('Creating a quick phrase needs the Token V3, but the credential holds the API Token [item 0]');
	});
});

describe('dashboard', () => {
	const layout = [{ i: 'report-1', x: 0, y: 0, w: 4, h: 2 }];

	it('is created, read, changed, run, kept and deleted', async () => {
		const created = await kinbox.run('dashboard', 'create', { name: 'Vendas', description: 'Mês', layout: JSON.stringify(layout) });
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({ name: 'Vendas', description: 'Mês', layout });
		const id = String(created.rows[0]?.id);
		expect((await rowsOf('dashboard', 'update', { dashboardId: byId(id), name: 'Vendas 2026' }))[0]).toMatchObject({ name: 'Vendas 2026', description: 'Mês' });
		expect((await rowsOf('dashboard', 'get', { dashboardId: byId(id) }))[0]).toMatchObject({ id, layout });
		expect((await rowsOf('dashboard', 'getAll', { returnAll: true })).map((row) => row.id)).toEqual([id]);
		const run = await kinbox.run('dashboard', 'runReports', { dashboardId: byId(id), reports: '{"report-1": {"type": "count"}}', indexedParams: '{"a": 1}', previous: true });
		expect(run.requests[0]?.body).toEqual({ dashboardId: id, reports: { 'report-1': { type: 'count' } }, indexedParams: { a: 1 }, previous: true });
		expect(run.rows).toEqual([{ 'report-1': { total: 3 } }]);
		const kept = await kinbox.run('dashboard', 'createSnapshot', { dashboardId: byId(id), operatorId: byId(42), name: 'Outubro' });
		expect(kept.error).toBeUndefined();
		expect(kept.requests.at(-1)?.body).toEqual({ dashboardId: id, dashboardName: 'Vendas 2026', authorId: 42, authorName: 'Marina Duarte', name: 'Outubro' });
		const snapshotId = String(kept.rows[0]?.id);
		expect((await rowsOf('dashboard', 'getSnapshots', { dashboardId: byId(id), name: 'Out', returnAll: true })).map((row) => row.id)).toEqual([snapshotId]);
		expect((await rowsOf('dashboard', 'getSnapshot', { dashboardId: byId(id), snapshotId: byId(snapshotId) }))[0]).toMatchObject({ name: 'Outubro' });
		const values = credentialValues(kinbox.sandbox);
		const found = await listSearch(Kinbox, 'searchSnapshots', { credentials, credentialValues: values, parameters: { resource: 'dashboard', operation: 'getSnapshot', dashboardId: byId(id) } });
		expect(found.results.map(({ value }) => value)).toEqual([snapshotId]);
		expect(await rowsOf('dashboard', 'delete', { dashboardId: byId(id) })).toEqual([{ id, deleted: true }]);
		expect(await messageOf('dashboard', 'get', { dashboardId: byId(id) })).toBe('Kinbox does not know this record [item 0]');
	});

	it('refuses a layout that is none, and says which token is needed', async () => {
		for (const bad of ['{', '{}', '[1]', '[{"i": "a"}]']) expect(await messageOf('dashboard', 'create', { name: 'X', layout: bad })).toBe("'Layout (JSON)' is not a list of places [item 0]");
		expect(await messageOf('dashboard', 'update', { dashboardId: byId('x') })).toBe("'Dashboard' is given, but no field to change [item 0]");
		expect(await messageOf('dashboard', 'getAll', {}, apiToken(kinbox))).toBe('Dashboards need the Token V3, but the credential holds the API Token [item 0]');
	});
});

describe('report', () => {
	it.each(['Overview', 'Productivity', 'Assignment', 'Rating'])('%s takes the filters', async (name) => {
		const { rows, requests, error } = await kinbox.run('report', `get${name}`, { filters: { from: '2026-01-01T00:00:00Z', groups: ['10', '11'], isFinished: true } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: `/v3/reports/${name.toLowerCase()}`, query: { from: '2026-01-01T00:00:00.000Z', groups: ['10', '11'], isFinished: 'true' } });
		expect(rows).toEqual([expect.objectContaining({ sessions: expect.any(Number) })]);
		expect(await messageOf('report', `get${name}`, {}, apiToken(kinbox))).toBe('Reports need the Token V3, but the credential holds the API Token [item 0]');
	});

	it('takes what Kinbox does not publish as it is written', async () => {
		const filters = { filters: '{"protocol": "2026"}', trails: '[{"groupId": 10}, {"groupId": 11}]', conversationId: byId(1234567), periodMetric: 'finishedAt', periodFrom: '2026-01-01T00:00:00Z', periodTo: '2026-02-01T00:00:00Z' };
		const { requests, error } = await kinbox.run('report', 'getRating', { filters });
		expect(error).toBeUndefined();
		expect(requests[0]?.query).toEqual({
			filters: '{"protocol":"2026"}', trails: ['{"groupId":10}', '{"groupId":11}'], conversationId: '1234567', periodMetric: 'finishedAt', periodFrom: '2026-01-01T00:00:00.000Z', periodTo: '2026-02-01T00:00:00.000Z',
		});
		expect(await messageOf('report', 'getRating', { filters: { filters: '[1]' } })).toBe("'Filters (JSON)' is not a JSON object [item 0]");
		expect(await messageOf('report', 'getRating', { filters: { trails: '{' } })).toBe("'Trails (JSON)' is not a list of objects [item 0]");
		expect((await kinbox.run('report', 'getRating', { filters: { filters: '{}', trails: '[]' } })).requests[0]?.query).toEqual({});
	});

	it.each([['getPresenceTimes', 'presence'], ['getPresenceSummary', 'presence/dashboard']])('%s lists who was online', async (operation, path) => {
		const online = (operatorId: number, operatorName: string, groupIds: number[]) =>
			addDocument(state(), 'presences', { operatorId, operatorName, groupIds, connectedAt: new Date(now()).toISOString(), secondsOnline: 60 }, now());
		online(42, 'Marina Duarte', [10]);
		online(43, 'Tomás Reis', [11]);
		const { rows, requests, error } = await kinbox.run('report', operation, { returnAll: true, filters: { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z', search: 'Marina', groupId: byId(10), operatorId: byId(42) } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: `/v3/reports/${path}`, query: { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z', search: 'Marina', groups: '10', assigned: '42' } });
		expect(rows).toEqual([expect.objectContaining({ operatorName: 'Marina Duarte', secondsOnline: 60 })]);
		expect(await rowsOf('report', operation, { limit: 1 })).toHaveLength(1);
		expect(await rowsOf('report', operation, { returnAll: true })).toHaveLength(2);
		expect(await messageOf('report', operation, { filters: { from: 'gestern' } })).toBe("'From' is not a date [item 0]");
		expect(await messageOf('report', operation, {}, apiToken(kinbox))).toBe('Reports need the Token V3, but the credential holds the API Token [item 0]');
	});

	it('groups and members can be picked for the filters', async () => {
		const values = credentialValues(kinbox.sandbox);
		const options = { credentials, credentialValues: values };
		const withApiToken = { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi } } };
		expect(await loadOptions(Kinbox, 'getOperators', options)).toEqual(expect.arrayContaining([{ name: expect.stringContaining('Marina'), value: '42' }]));
		expect(await loadOptions(Kinbox, 'getGroups', options)).toEqual(expect.arrayContaining([{ name: expect.any(String), value: '10' }]));
		await expect(loadOptions(Kinbox, 'getOperators', withApiToken)).rejects.toThrow('The list of operators needs the Token V3');
	});
});

describe('task', () => {
	it('is created with every field, listed, changed and deleted', async () => {
		const created = await kinbox.run('task', 'create', {
			name: 'Ligar', operatorId: byId(42), type: 'call',
			additionalFields: { autoExec: true, canceled: false, conversationId: 1234567, description: 'Festa', done: false, from: '2026-12-01T12:00:00Z', minutesDuration: 15, notifyMinutesBefore: 5, required: true, to: '2026-12-01T12:15:00Z' },
		});
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({
			name: 'Ligar', operatorId: 42, type: 'call', autoExec: true, canceled: false, conversationId: 1234567, description: 'Festa', done: false, from: '2026-12-01T12:00:00.000Z', minutesDuration: 15,
			notifyMinutesBefore: 5, required: true, to: '2026-12-01T12:15:00.000Z',
		});
		const id = String(created.rows[0]?.id);
		expect(created.rows).toEqual([{
			id, name: 'Ligar', type: 'call', description: 'Festa', done: false, canceled: false, operatorId: '42', conversationId: '1234567', from: '2026-12-01T12:00:00.000Z', to: '2026-12-01T12:15:00.000Z', minutesDuration: 15,
		}]);
		expect((await rowsOf('task', 'get', { taskId: byId(id), output: 'raw' }))[0]).toMatchObject({ autoExec: true, notifyMinutesBefore: 5, workspaceId: expect.any(Number) });
		expect((await kinbox.run('task', 'create', { name: 'Só isso', operatorId: byId(43) })).requests[0]?.body).toEqual({ name: 'Só isso', operatorId: 43, type: 'task', description: '', done: false, required: false, autoExec: false, canceled: false, minutesDuration: 30 });
		const listed = await kinbox.run('task', 'getAll', { returnAll: true, filters: { type: 'call', operatorId: byId(42), name: 'Lig', from: '2026-11-30T00:00:00Z', to: '2027-01-01T00:00:00Z', dealId: byId('66e2') } });
		expect(listed.requests[0]?.query).toMatchObject({ status: 'open', type: 'call', operatorId: '42', name: 'Lig', dealId: '66e2' });
		expect(listed.rows.map((row) => row.id)).toEqual([id]);
		const values = credentialValues(kinbox.sandbox);
		expect((await listSearch(Kinbox, 'searchTasks', { credentials, credentialValues: values, filter: 'lig' })).results).toEqual([{ name: 'Ligar · call', value: id }]);
		expect((await rowsOf('task', 'update', { taskId: byId(id), additionalFields: { done: true } }))[0]).toMatchObject({ id, done: true });
		expect((await rowsOf('task', 'get', { taskId: byId(id) }))[0]).toMatchObject({ name: 'Ligar', done: true });
		expect(await rowsOf('task', 'delete', { taskId: byId(id) })).toEqual([{ id, deleted: true }]);
	});

	it('refuses what is incomplete, and says which token is needed', async () => {
		expect(await messageOf('task', 'create', { name: ' ', operatorId: byId(42) })).toBe("'Name' is empty [item 0]");
		expect(await messageOf('task', 'update', { taskId: byId('x') })).toBe("'Task' is given, but no field to change [item 0]");
		expect(await messageOf('task', 'getAll', {}, apiToken(kinbox))).toBe('Tasks need the Token V3, but the credential holds the API Token [item 0]');
	});
});

describe('webhook', () => {
	it('is created, read, listed and deleted; its secret is never output', async () => {
		const created = await kinbox.run('webhook', 'create', { url: 'https://example.com/hook', events: ['session:new'], secret: 'a-secret-of-mine' });
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({ url: 'https://example.com/hook', events: ['session:new'], secret: 'a-secret-of-mine' });
		const id = String(created.rows[0]?.id);
		const rows = [...created.rows, ...(await rowsOf('webhook', 'get', { webhookId: byId(id) })), ...(await rowsOf('webhook', 'getAll', { returnAll: true }))];
		expect(rows).toHaveLength(3);
		for (const row of rows) expect(row).toMatchObject({ id, url: 'https://example.com/hook', events: ['session:new'] });
		expect(JSON.stringify(rows)).not.toContain('a-secret-of-mine');
		const moved = await kinbox.run('webhook', 'update', { webhookId: byId(id), url: 'https://example.com/new', secret: 'another-secret' });
		expect(moved.requests.at(-1)).toMatchObject({ method: 'PATCH', body: { url: 'https://example.com/new', events: ['session:new'], secret: 'another-secret' } });
		expect(moved.rows).toEqual([expect.objectContaining({ id, url: 'https://example.com/new', events: ['session:new'] })]);
		expect(moved.visibleText()).not.toContain('a-secret-of-mine');
		expect(JSON.stringify(moved.rows)).not.toContain('another-secret');
		const more = await kinbox.run('webhook', 'update', { webhookId: byId(id), events: ['session:new', 'deal:won'] });
		expect(more.requests.at(-1)?.body).toEqual({ url: 'https://example.com/new', events: ['session:new', 'deal:won'] });
		expect(await rowsOf('webhook', 'delete', { webhookId: byId(id) })).toEqual([{ id, deleted: true }]);
		expect(await messageOf('webhook', 'update', { webhookId: byId(id), url: 'https://example.com/new' })).toBe('Kinbox does not know this record [item 0]');
		expect(await messageOf('webhook', 'update', { webhookId: byId(id) })).toBe("'Webhook' is given, but no field to change [item 0]");
		expect(await messageOf('webhook', 'update', { webhookId: byId(id), url: 'example.com' })).toBe("'URL' is not a web address [item 0]");
	});

	it('refuses an address that is none, no events, and says which token is needed', async () => {
		expect(await messageOf('webhook', 'create', { url: 'example.com', events: ['session:new'] })).toBe("'URL' is not a web address [item 0]");
		expect(await messageOf('webhook', 'create', { url: 'https://example.com', events: [] })).toBe("'Events' is empty [item 0]");
		expect(await messageOf('webhook', 'getAll', {}, apiToken(kinbox))).toBe('Webhooks need the Token V3, but the credential holds the API Token [item 0]');
	});
});

describe('scenario', () => {
	it('is listed and read', async () => {
		const { id } = addDocument(state(), 'scenarios', { name: 'Boas-vindas', description: '', active: true, lastNodeId: 1, elements: [], reportDays: [], actions: { id: '1', type: 'trigger' } }, now());
		expect((await rowsOf('scenario', 'getAll', { returnAll: true })).map((row) => row.id)).toEqual([id]);
		expect((await rowsOf('scenario', 'get', { scenarioId: byId(id) }))[0]).toMatchObject({ name: 'Boas-vindas' });
		expect(await messageOf('scenario', 'getAll', {}, apiToken(kinbox))).toBe('Scenarios need the Token V3, but the credential holds the API Token [item 0]');
	});

	it('is started at its address, without the token', async () => {
		const { requests, rows, error } = await kinbox.run('scenario', 'start', { inboundUrl: `${kinbox.sandbox.kinbox.url}/v3/inbound/a1B2c3`, data: '{"name": "Ana"}' });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path: '/v3/inbound/a1B2c3', body: { name: 'Ana' }, token: undefined });
		expect(requests[0]?.headers).not.toHaveProperty('authorization');
		expect(rows).toEqual([{ started: true, answer: { success: true } }]);
	});

	it('says what is wrong with the address or the data', async () => {
		expect(await messageOf('scenario', 'start', { inboundUrl: 'a b' })).toBe("'Webhook Address' is neither an address nor its last part [item 0]");
		expect(await messageOf('scenario', 'start', { inboundUrl: 'a1', data: '[]' })).toBe("'Data (JSON)' is not a JSON object [item 0]");
		expect(await messageOf('scenario', 'start', { inboundUrl: 'http://127.0.0.1:9/v3/inbound/a1' })).toBe('http://127.0.0.1:9 could not be reached [item 0]');
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', status: 404, times: 1 });
		expect(await messageOf('scenario', 'start', { inboundUrl: `${kinbox.sandbox.kinbox.url}/v3/inbound/x` })).toBe('Kinbox does not know this address [item 0]');
	});
});

it('lists to pick from', async () => {
	const values = credentialValues(kinbox.sandbox);
	const options = { credentials, credentialValues: values };
	addDocument(state(), 'dashboards', { name: 'Vendas' }, now());
	addDocument(state(), 'webhooks', { url: 'https://example.com/hook', events: ['session:new'] }, now());
	const names = async (method: string) => (await listSearch(Kinbox, method, options)).results.map(({ name }) => name);
	expect(await names('searchGroups')).toEqual(['Vendas', 'Suporte']);
	expect(await names('searchOperators')).toEqual(['Marina Duarte', 'Caio Nogueira', 'Inês Ferreira']);
	expect(await names('searchDashboards')).toEqual(['Vendas']);
	expect(await names('searchWebhooks')).toEqual(['https://example.com/hook · session:new']);
	expect(await names('searchScenarios')).toEqual([]);
	expect(await names('searchQuickPhrases')).toEqual([]);
	expect((await loadOptions(Kinbox, 'getGroups', options)).map(({ value }) => value)).toEqual(['10', '11']);
	const v1 = { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi } } };
	await expect(listSearch(Kinbox, 'searchOperators', v1)).rejects.toThrow('The list of operators needs the Token V3');
});
