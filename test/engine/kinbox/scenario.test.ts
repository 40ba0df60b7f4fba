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
