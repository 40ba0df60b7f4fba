import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/canned_responses';
const run = async (operation: string, fields = {}) => await chatwoot.run('cannedResponse', operation, fields);
const unknown = { unknown: { cannedResponseId: '99' } };

describe('canned response: create and update', () => {
	it('creates', async () => {
		const { rows, requests, error } = await run('create', { shortCode: 'frete', content: 'Olá, o frete é grátis.' });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path, body: { short_code: 'frete', content: 'Olá, o frete é grátis.' } });
		expect(rows[0]).toMatchObject({ shortCode: 'frete', content: 'Olá, o frete é grátis.', createdAt: expect.stringMatching(/Z$/) });
	});

	it('says that the short code is taken', async () => {
		expect((await run('create', { shortCode: 'troca', content: 'x' })).error?.message).toBe("Chatwoot refused 'Short Code': Short code has already been taken [item 0]");
	});

	it('updates what is given', async () => {
		const { rows, requests } = await run('update', { cannedResponseId: byId(1), updateFields: { content: 'Até as 20h.' } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { content: 'Até as 20h.' } });
		expect(rows[0]).toMatchObject({ id: '1', shortCode: 'horario', content: 'Até as 20h.' });
		expect((await run('update', { cannedResponseId: byId(1), updateFields: { shortCode: 'aberto', content: 'x' } })).requests[0]?.body).toEqual({ short_code: 'aberto', content: 'x' });
	});

	describeFailures(chatwoot, 'cannedResponse', 'create', {
		good: () => ({ shortCode: 'frete', content: 'x' }),
		bad: [['no short code', { shortCode: ' ' }, /^'Short Code' is empty/], ['no content', { content: ' ' }, /^'Content' is empty/], ['a long content', { content: 'x'.repeat(20_001) }, /^'Content' is longer than 20000 characters/]],
	});
	describeFailures(chatwoot, 'cannedResponse', 'update', { good: () => ({ cannedResponseId: byId(1), updateFields: { content: 'x' } }), ...unknown, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]] });
});

describe('canned response: get, get many, delete', () => {
	it('gets one out of the list', async () => {
		const { rows, requests } = await run('get', { cannedResponseId: byId(2) });
		expect(requests[0]).toMatchObject({ method: 'GET', path });
		expect(rows[0]).toMatchObject({ id: '2', shortCode: 'troca' });
	});

	it('gets many, all or by a text, best hits first', async () => {
		expect((await run('getAll', { returnAll: true })).rows.map(({ shortCode }) => shortCode)).toEqual(['horario', 'troca']);
		const found = await run('getAll', { search: 'horário' });
		expect(found.requests[0]?.query).toEqual({ search: 'horário' });
		expect(found.rows.map(({ shortCode }) => shortCode)).toEqual(['troca']);
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
	});

	it('deletes', async () => {
		expect((await run('delete', { cannedResponseId: byId(1) })).rows).toEqual([{ deleted: true }]);
		expect([...chatwoot.sandbox.chatwoot.state.cannedResponses.keys()]).toEqual([2, 3]);
	});

	it('can be picked from a list', async () => {
		const { results } = await listSearch(Chatwoot, 'searchCannedResponses', { credentials, credentialValues: credentialValues(chatwoot.sandbox), filter: 'troca' });
		expect(results).toEqual([{ name: 'troca · A troca pode ser feita em até 30 dias. Veja também o horário', value: '2' }]);
	});

	describeFailures(chatwoot, 'cannedResponse', 'get', { good: () => ({ cannedResponseId: byId(1) }), ...unknown, bad: [['an ID of letters', { cannedResponseId: byId('={{ "abc" }}') }, /^'Canned Response' is not an ID/]] });
	describeFailures(chatwoot, 'cannedResponse', 'getAll', { good: () => ({}), bad: [['a limit of 0', { limit: 0 }, /^'Limit' is less than 1/]] });
	describeFailures(chatwoot, 'cannedResponse', 'delete', { good: () => ({ cannedResponseId: byId(1) }), ...unknown });
});
