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

describe('business hours', () => {
	it('are read and listed with the Token V3', async () => {
		expect((await rowsOf('businessHours', 'getAll', { limit: 1 })).map(({ name }) => name)).toEqual(['Comercial']);
		expect((await rowsOf('businessHours', 'get', { businessHoursId: byId(8) }))[0]).toMatchObject({ name: 'Todos os dias' });
		const office = '08:00-12:00, 13:00-18:00';
		expect(await rowsOf('businessHours', 'get', { businessHoursId: byId(7) })).toEqual([{
			id: '7', name: 'Comercial', isActive: true, mon: office, tue: office, wed: office, thu: office, fri: office, sat: '08:00-12:00', sun: null,
		}]);
		expect(await rowsOf('businessHours', 'get', { businessHoursId: byId(7), output: 'selected', outputFields: ['sun', 'workspaceId'] })).toEqual([{ sun: expect.objectContaining({ active: false }), workspaceId: expect.any(Number) }]);
	});

	it('any day may be without hours', async () => {
		for (const { days } of kinbox.sandbox.kinbox.state.businessHours.values()) for (const day of Object.values(days)) day.active = false;
		const closed = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null };
		expect(await rowsOf('businessHours', 'getAll', { returnAll: true })).toEqual([expect.objectContaining(closed), expect.objectContaining(closed)]);
		expect(await rowsOf('businessHours', 'get', { businessHoursId: byId(7) })).toEqual([expect.objectContaining(closed)]);
	});

	it.each([['businessHours', 'getAll', 'Business hours need'], ['businessHours', 'get', 'Business hours need']])('%s %s says that it needs the Token V3', async (resource, operation, start) => {
		const { error, requests } = await kinbox.run(resource, operation, { operatorId: byId(42), businessHoursId: byId(7) }, apiToken(kinbox));
		expect(error?.message).toBe(`${start} the Token V3, but the credential holds the API Token [item 0]`);
		expect(requests).toEqual([]);
	});
});
