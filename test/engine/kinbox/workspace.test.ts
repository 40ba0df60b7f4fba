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

describe('workspace', () => {
	it('is read with the Token V3', async () => {
		expect(await rowsOf('workspace', 'get')).toEqual([{ id: '1', name: 'Loja Exemplo', operatorId: '42', timezone: 'America/Sao_Paulo', isActive: true, minutesToReopenCall: 60, workHourId: '7', smsCredits: 500 }]);
	});

	it.each([['workspace', 'get', 'The workspace needs']])('%s %s says that it needs the Token V3', async (resource, operation, start) => {
		const { error, requests } = await kinbox.run(resource, operation, { operatorId: byId(42), businessHoursId: byId(7) }, apiToken(kinbox));
		expect(error?.message).toBe(`${start} the Token V3, but the credential holds the API Token [item 0]`);
		expect(requests).toEqual([]);
	});
});
