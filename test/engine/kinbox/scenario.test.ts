import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addDocument } from '../../sandbox/kinbox/records';
import { byId, useNode } from '../support';
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

describe('scenario', () => {
	it('is listed and read', async () => {
		const { id } = addDocument(state(), 'scenarios', { name: 'Boas-vindas', description: '', active: true, lastNodeId: 1, elements: [], reportDays: [], actions: { id: '1', type: 'trigger' } }, now());
		expect((await rowsOf('scenario', 'getAll', { returnAll: true })).map((row) => row.id)).toEqual([id]);
		expect((await rowsOf('scenario', 'get', { scenarioId: byId(id) }))[0]).toMatchObject({ name: 'Boas-vindas' });
		expect(await messageOf('scenario', 'getAll', {}, apiToken(kinbox))).toBe('Scenarios need the Token V3, but the credential holds the API Token [item 0]');
	});

	it('is found under its former path where Kinbox has only that, asked for once', async () => {
		const { id } = addDocument(state(), 'scenarios', { name: 'Boas-vindas', description: '', active: true, lastNodeId: 1, elements: [], reportDays: [], actions: { id: '1', type: 'trigger' } }, now());
		state().hasFormerNames = true;
		const { rows, requests } = await kinbox.run('scenario', 'get', { scenarioId: byId(id), options: { parallelRequests: 1 } }, { items: [{}, {}] });
		expect(rows.map(({ name }) => name)).toEqual(['Boas-vindas', 'Boas-vindas']);
		expect(requests.map(({ path, status }) => [path, status])).toEqual([[`/v3/workflows/${id}`, 404], [`/v3/scenarios/${id}`, 200], [`/v3/scenarios/${id}`, 200]]);
	});

	it('tells a record that is not there from a call that is not', async () => {
		const gone = await kinbox.run('scenario', 'get', { scenarioId: byId('66e2f0a1b2c3d4e5f6a7b8c9') });
		expect(gone.error?.message).toBe('Kinbox does not know this record [item 0]');
		expect(gone.requests).toHaveLength(1);
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', status: 404, body: { statusCode: 404, message: 'Cannot GET /v3/tags', error: 'Not Found' } });
		const { error } = await kinbox.run('tag', 'getAll', {});
		expect(error?.message).toBe('This Kinbox does not have the call that this operation needs [item 0]');
		expect(error?.description).toMatch(/not a matter of the record.*'Host'.*Cannot GET \/v3\/tags/);
		expect(await messageOf('scenario', 'getAll', {})).toBe('This Kinbox does not have the call that this operation needs [item 0]');
	});

	it('has logs and the totals of today', async () => {
		const { id } = addDocument(state(), 'scenarios', { name: 'Boas-vindas', description: '', active: true, lastNodeId: 1, elements: [], reportDays: [], actions: { id: '1', type: 'trigger' } }, now());
		const at = new Date(now()).toISOString();
		for (const [executionId, status] of [['e1', 'done'], ['e2', 'failed']] as const) addDocument(state(), 'scenarioLogs', { workflowId: id, executionId, actionId: '1', actionType: 'trigger', startedAt: at, endedAt: at, status }, now());
		const rows = await rowsOf('scenario', 'getLogs', { scenarioId: byId(id), filters: { status: 'failed', maxDays: 2 } });
		expect(rows).toMatchObject([{ workflowId: id, actionType: 'trigger', executionId: 'e2' }]);
		expect(await rowsOf('scenario', 'getLogs', { scenarioId: byId(id), returnAll: true })).toHaveLength(2);
		const today = await kinbox.run('scenario', 'getTodayReport', { scenarioId: byId(id) });
		expect(today.rows).toEqual([{ total: 2 }]);
		expect(today.requests[0]?.query.from).toMatch(/T0[3-5]:00:00\.000Z$/);
		expect(await messageOf('scenario', 'getLogs', { scenarioId: byId(id), filters: { maxDays: 0 } })).toMatch(/^'Days'/);
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
