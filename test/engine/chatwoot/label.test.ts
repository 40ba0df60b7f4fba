import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { describeFailures } from './support';
import { addConversation } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const run = async (operation: string, fields = {}) => await chatwoot.run('label', operation, fields);
const good = () => ({ labelId: byId(1) });
const unknown = { labelId: '99' };

describe('label', () => {
	it('are listed with their IDs, for agents, too', async () => {
		const { rows, requests, error } = await run('getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(requests[0]?.path).toBe('/api/v1/accounts/1/labels');
		expect(rows.map(({ title }) => title)).toEqual(['newsletter', 'orçamento', 'troca', 'vip']);
		expect(rows[3]).toEqual({ id: '1', title: 'vip', description: 'Clientes especiais', color: '#1abc9c', showOnSidebar: true });
		expect((await run('getAll', { limit: 2 })).rows).toHaveLength(2);
	});

	it('are created, read, changed and deleted', async () => {
		const created = await run('create', { title: 'Ação-2026', additionalFields: { color: '#ff0000', description: 'Campanha', showOnSidebar: false } });
		expect(created.error).toBeUndefined();
		expect(created.requests[0]).toMatchObject({ method: 'POST', body: { title: 'ação-2026', color: '#ff0000', description: 'Campanha', show_on_sidebar: false } });
		const labelId = byId(String(created.rows[0]?.id));
		expect((await run('get', { labelId })).rows[0]).toMatchObject({ title: 'ação-2026', showOnSidebar: false });
		expect((await run('update', { labelId, additionalFields: { color: '#00ff00' } })).requests[0]).toMatchObject({ method: 'PATCH', body: { color: '#00ff00' } });
		expect((await run('delete', { labelId })).rows).toEqual([{ deleted: true }]);
		expect((await run('getAll', { returnAll: true })).rows).toHaveLength(4);
	});

	it('say that a title is taken', async () => {
		expect((await run('create', { title: 'VIP' })).error?.message).toBe("Chatwoot refused 'Title': Title has already been taken [item 0]");
	});

	describeFailures(chatwoot, 'label', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'label', 'create', { good: () => ({ title: 'new-one' }), adminOnly: true, bad: [['no title', { title: ' ' }, /^'Title' is empty/], ['blanks in the title', { title: 'big customer' }, /^'Title' is no title for a label/]] });
	describeFailures(chatwoot, 'label', 'get', { good, unknown, adminOnly: true });
	describeFailures(chatwoot, 'label', 'update', { good: () => ({ ...good(), title: 'novo' }), unknown, adminOnly: true, bad: [['nothing', { title: '' }, /^'Label' is given, but no field to change/]] });
	describeFailures(chatwoot, 'label', 'delete', { good, unknown, adminOnly: true });
});

describe('label: in every operation that takes one', () => {
	const condition = (value: string) => ({ conditions: { condition: [{ field: 'labels', operator: 'equal_to', value }] } });
	const action = (value: string) => ({ actions: { action: [{ name: 'add_label', labels: [value] }] } });
	it.each<[string, string, (label: string) => object]>([
		['contact', 'addLabels', (label) => ({ contactId: byId(1), labels: [label] })],
		['contact', 'setLabels', (label) => ({ contactId: byId(1), labels: [label] })],
		['contact', 'upsert', (label) => ({ name: 'Ana', phone: '+5521910100143', labels: [label] })],
		['contact', 'filter', condition],
		['contact', 'getAll', (label) => ({ filters: { labels: [label] } })],
		['conversation', 'addLabels', (label) => ({ conversationId: byId(1), labels: [label] })],
		['conversation', 'setLabels', (label) => ({ conversationId: byId(1), labels: [label] })],
		['conversation', 'filter', condition],
		['conversation', 'getAll', (label) => ({ filters: { labels: [label] } })],
		['conversation', 'getCounts', (label) => ({ status: 'all', filters: { labels: [label] } })],
		['conversation', 'bulkUpdate', (label) => ({ conversationIds: '1', updateFields: { labelsToAdd: [label] } })],
		['macro', 'create', (label) => ({ name: 'Encerrar', ...action(label) })],
		['automationRule', 'create', (label) => ({ name: 'Regra', event: 'conversation_created', ...action(label) })],
	])('%s: %s finds it by title in any spelling or by ID, and refuses one that there is not', async (resource, operation, fields) => {
		const { id } = [...chatwoot.sandbox.chatwoot.state.labels.values()].find(({ accountId, title }) => accountId === 1 && title === 'orçamento')!;
		for (const label of ['ORCAMENTO', String(id)]) {
			// Who has it already gets nothing.
			chatwoot.sandbox.reset();
			addConversation(chatwoot);
			const { error, requests } = await chatwoot.run(resource, operation, fields(label) as never, { skipSchema: true });
			expect(error).toBeUndefined();
			expect(JSON.stringify(requests.map(({ body, query }) => [body, query]))).toContain('"orçamento"');
		}
		const unknownLabel = await chatwoot.run(resource, operation, fields('nao-existe') as never, { skipSchema: true });
		expect(unknownLabel.error?.message).toMatch(/ has 'nao-existe', and account 1 has no such label \[item 0\]$/);
		expect(unknownLabel.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/contacts/filter'))).toEqual([]);
	});
});
