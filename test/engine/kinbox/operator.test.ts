import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { byId, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
/** Runs, and gives the rows; a failure fails the test. */
async function rowsOf(resource: string, operation: string, parameters: INodeParameters = {}, options = {}) {
	const { rows, error } = await kinbox.run(resource, operation, parameters, options);
	expect(error).toBeUndefined();
	return rows;
}

describe('operator', () => {
	it('is read and listed with the Token V3', async () => {
		expect((await rowsOf('operator', 'getAll', { returnAll: true })).map(({ name }) => name)).toEqual(['Marina Duarte', 'Caio Nogueira', 'Inês Ferreira']);
		expect((await rowsOf('operator', 'get', { operatorId: byId(43) }))[0]).toMatchObject({ id: '43', name: 'Caio Nogueira' });
	});

	it.each([['operator', 'getAll', 'Operators need'], ['operator', 'get', 'Operators need']])('%s %s says that it needs the Token V3', async (resource, operation, start) => {
		const { error, requests } = await kinbox.run(resource, operation, { operatorId: byId(42), businessHoursId: byId(7) }, apiToken(kinbox));
		expect(error?.message).toBe(`${start} the Token V3, but the credential holds the API Token [item 0]`);
		expect(requests).toEqual([]);
	});
});
