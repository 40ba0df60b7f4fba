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
