import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, byUrl, credentials, credentialValues, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/custom_filters';
const run = async (operation: string, fields = {}) => await chatwoot.run('customFilter', operation, fields);
const unknown = { unknown: { customFilterId: '3' } };
const bad: Array<[string, Record<string, string>, RegExp]> = [['an ID of letters', { customFilterId: '={{ "abc" }}' }, /^'Custom Filter' is not an ID \[item 0\]$/]];
const conditions = [{ attribute_key: 'status', filter_operator: 'equal_to', values: ['open'], query_operator: 'AND' }, { attribute_key: 'priority', filter_operator: 'equal_to', values: ['urgent'] }];

describe('custom filter: create and update', () => {
	it('creates with every field', async () => {
		const { rows, requests, error } = await run('create', { name: 'Urgentes', kind: 'conversation', conditions: JSON.stringify(conditions) });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path, body: { name: 'Urgentes', filter_type: 'conversation', query: { payload: conditions } } });
		expect(rows[0]).toMatchObject({ name: 'Urgentes', finds: 'conversation', conditions });
	});

	it('writes joints in capitals, as Chatwoot carries them out', async () => {
		const { requests, error } = await run('create', { name: 'x', kind: 'conversation', conditions: JSON.stringify([{ ...conditions[0], query_operator: 'or' }, conditions[1]]) });
		expect(error).toBeUndefined();
		expect((requests[0]?.body as { query: { payload: object[] } }).query.payload[0]).toMatchObject({ query_operator: 'OR' });
	});

	it('updates what is given', async () => {
		const { rows, requests } = await run('update', { customFilterId: byId(1), updateFields: { name: 'Só abertas' } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { name: 'Só abertas' } });
		expect(rows[0]).toMatchObject({ id: '1', name: 'Só abertas', finds: 'conversation' });
		expect((await run('update', { customFilterId: byId(1), updateFields: { conditions: JSON.stringify(conditions) } })).requests[0]?.body).toEqual({ query: { payload: conditions } });
	});

	describeFailures(chatwoot, 'customFilter', 'create', {
		good: () => ({ name: 'x', conditions: JSON.stringify(conditions) }),
		bad: [
			['no name', { name: ' ' }, /^'Name' is empty/], ['no conditions', { conditions: '[]' }, /^'Conditions' is empty/], ['what is no list', { conditions: '{"a": 1}' }, /^'Conditions' is not a JSON list/],
			['a condition without a key', { conditions: '[{"filter_operator": "equal_to"}]' }, /^'Conditions' lacks attribute_key or filter_operator in entry 1/],
			['a missing joint', { conditions: JSON.stringify([conditions[1], conditions[1]]) }, /^'Conditions' lacks query_operator in entry 1/], ['a joint at the end', { conditions: JSON.stringify([conditions[0]]) }, /^'Conditions' has a query_operator in the last entry/],
		],
	});
	describeFailures(chatwoot, 'customFilter', 'update', { good: () => ({ customFilterId: byId(1), updateFields: { name: 'x' } }), ...unknown, bad: [...bad, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
});

describe('custom filter: get, get many, delete', () => {
	it('gets one', async () => {
		for (const customFilterId of [byId(2), byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/contacts/segments/2?page=1`)]) {
			expect((await run('get', { customFilterId })).rows[0]).toMatchObject({ id: '2', name: 'De Fortaleza', finds: 'contact', conditions: [{ attribute_key: 'city' }] });
		}
		expect((await run('get', { customFilterId: byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/custom_view/1`) })).rows[0]).toMatchObject({ id: '1' });
	});

	it('gets many of one kind, own ones only', async () => {
		const { rows, requests } = await run('getAll', { kind: 'conversation', returnAll: true });
		expect(requests[0]?.query).toEqual({ filter_type: 'conversation' });
		expect(rows.map(({ name }) => name)).toEqual(['Abertas']);
		expect((await run('getAll', { kind: 'contact', limit: 1 })).rows.map(({ name }) => name)).toEqual(['De Fortaleza']);
		const { results } = await listSearch(Chatwoot, 'searchCustomFilters', { credentials, credentialValues: credentialValues(chatwoot.sandbox) });
		expect(results).toEqual([{ name: 'Abertas · conversation', value: '1' }, { name: 'De Fortaleza · contact', value: '2' }]);
	});

	it('deletes', async () => {
		expect((await run('delete', { customFilterId: byId(1) })).rows).toEqual([{ deleted: true }]);
		expect([...chatwoot.sandbox.chatwoot.state.customFilters.keys()]).toEqual([2, 3]);
	});

	describeFailures(chatwoot, 'customFilter', 'get', { good: () => ({ customFilterId: byId(1) }), ...unknown, bad });
	describeFailures(chatwoot, 'customFilter', 'getAll', { good: () => ({}), bad: [['a limit of 0', { limit: 0 }, /^'Limit' is less than 1/]] });
	describeFailures(chatwoot, 'customFilter', 'delete', { good: () => ({ customFilterId: byId(1) }), ...unknown, bad });
});
