import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { loadOptions } from '../../harness/engine';
import { addDocument } from '../../sandbox/kinbox/records';
import { byId, byUrl, credentials, credentialValues, useNode } from '../support';
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

describe('report', () => {
	it.each(['Overview', 'Productivity', 'Assignment', 'Rating'])('%s takes the filters', async (name) => {
		const { rows, requests, error } = await kinbox.run('report', `get${name}`, { filters: { from: '2026-01-01T00:00:00Z', groups: ['10', '11'], isFinished: true } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: `/v3/reports/${name.toLowerCase()}`, query: { from: '2026-01-01T00:00:00.000Z', groups: ['10', '11'], isFinished: 'true' } });
		expect(rows).toEqual([expect.objectContaining({ sessions: expect.any(Number) })]);
		expect(await messageOf('report', `get${name}`, {}, apiToken(kinbox))).toBe('Reports need the Token V3, but the credential holds the API Token [item 0]');
	});

	it('takes what Kinbox does not publish as it is written', async () => {
		const filters = { filters: '{"protocol": "2026"}', trails: '[{"groupId": 10}, {"groupId": 11}]', conversationId: byUrl('https://app.kinbox.com.br/inbox/all/1234567'), periodMetric: 'finishedAt', periodFrom: '2026-01-01T00:00:00Z', periodTo: '2026-02-01T00:00:00Z' };
		const { requests, error } = await kinbox.run('report', 'getRating', { filters });
		expect(error).toBeUndefined();
		expect(requests[0]?.query).toEqual({
			filters: '{"protocol":"2026"}', trails: ['{"groupId":10}', '{"groupId":11}'], conversationId: '1234567', periodMetric: 'finishedAt', periodFrom: '2026-01-01T00:00:00.000Z', periodTo: '2026-02-01T00:00:00.000Z',
		});
		expect(await messageOf('report', 'getRating', { filters: { filters: '[1]' } })).toBe("'Filters (JSON)' is not a JSON object [item 0]");
		expect(await messageOf('report', 'getRating', { filters: { trails: '{' } })).toBe("'Trails (JSON)' is not a list of objects [item 0]");
		expect((await kinbox.run('report', 'getRating', { filters: { filters: '{}', trails: '[]' } })).requests[0]?.query).toEqual({});
	});

	it.each([['getPresenceTimes', 'presence/block'], ['getPresenceSummary', 'presence/block/dashboard']])('%s lists who was online', async (operation, path) => {
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

	it('presence is found under its former path where Kinbox has only that', async () => {
		state().hasFormerNames = true;
		addDocument(state(), 'presences', { operatorId: 42, operatorName: 'Marina Duarte', groupIds: [10], connectedAt: new Date(now()).toISOString() }, now());
		for (const [operation, before] of [['getPresenceTimes', 'presence'], ['getPresenceSummary', 'presence/dashboard']] as const) {
			const { rows, requests } = await kinbox.run('report', operation, { returnAll: true });
			expect(rows).toHaveLength(1);
			expect(requests.at(-1)).toMatchObject({ path: `/v3/reports/${before}`, status: 200 });
		}
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
