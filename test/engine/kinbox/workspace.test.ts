import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addDeal } from '../../sandbox/kinbox/sales';
import { byId, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
/** Runs, and gives the rows; a failure fails the test. */
async function rowsOf(resource: string, operation: string, parameters: INodeParameters = {}, options = {}) {
	const { rows, error } = await kinbox.run(resource, operation, parameters, options);
	expect(error).toBeUndefined();
	return rows;
}

describe('workspace: check', () => {
	it.each(['v3', 'v1'])('asks for all that a token of %s may read, and shows nothing of it', async (generation) => {
		const { state } = kinbox.sandbox.kinbox;
		const contact = [...state.contacts.values()][0]!;
		addDeal(state, contact.id, { name: 'Bolo de casamento' }, kinbox.sandbox.clock.now());
		const { rows, requests, error } = await kinbox.run('workspace', 'check', {}, generation === 'v1' ? apiToken(kinbox) : {});
		expect(error).toBeUndefined();
		expect(requests.every(({ method, path }) => method === 'GET' && path.startsWith(`/${generation}/`))).toBe(true);
		const outcomes = new Map(rows.map(({ call, outcome }) => [call, outcome]));
		expect([...outcomes].filter(([, outcome]) => outcome === 'differs' || outcome === 'failed' || outcome === 'notAllowed')).toEqual([]);
		expect(outcomes.get(`GET /${generation}/deals/{deal}`)).toBe('ok');
		// Of the two names of a call the sandbox has one.
		expect([...outcomes].filter(([, outcome]) => outcome === 'notThere').map(([call]) => call)).toEqual(generation === 'v1' ? [] : ['GET /v3/reports/presence', 'GET /v3/reports/presence/dashboard', 'GET /v3/scenarios']);
		const shown = JSON.stringify(rows);
		for (const one of ['Bolo', contact.name, contact.phone, 'Marina', 'Loja Exemplo', 'Vendas', '"cpf"']) expect(shown).not.toContain(String(one));
	});
});

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
