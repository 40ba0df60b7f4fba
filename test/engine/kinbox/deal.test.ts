import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { listSearch, resourceMapping } from '../../harness/engine';
import { addDeal } from '../../sandbox/kinbox/sales';
import { byId, credentials, credentialValues, fromList, useNode, type OperationOptions } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const state = () => kinbox.sandbox.kinbox.state;
const both = (): Array<OperationOptions | undefined> => [undefined, apiToken(kinbox)];
const mapped = (value: INodeParameters): INodeParameters => ({ mappingMode: 'defineBelow', value });
const contactId = () => [...state().contacts.keys()][0]!;
const pipeline = (index = 0) => [...state().pipelines.values()][index]!;
const place = (): INodeParameters => ({ contactId: byId(contactId()), pipelineId: fromList(pipeline().id), stageId: fromList(pipeline().stages[0]!.id) });

async function createProduct(fields: INodeParameters = {}): Promise<string> {
	const { rows, error } = await kinbox.run('product', 'create', { name: 'Bolo', price: 50, ...fields });
	if (error) throw error;
	return String(rows[0]?.id);
}

describe('deal: products', () => {
	it('is created with every field, with either token', async () => {
		for (const [index, options] of both().entries()) {
			const { requests, error } = await kinbox.run('product', 'create', {
				name: 'Bolo', price: 49.9, customFields: mapped({ ncm: '1905.90.90' }), additionalFields: { description: 'De cenoura', externalId: `SKU-${index}`, isActive: true },
			}, options);
			expect(error).toBeUndefined();
			expect(requests.at(-1)?.body).toEqual({ name: 'Bolo', price: 49.9, description: 'De cenoura', externalId: `SKU-${index}`, isActive: true, customFields: { ncm: { value: '1905.90.90' } } });
			const least = await kinbox.run('product', 'create', { name: 'Pão', price: 1 }, options);
			expect(least.error).toBeUndefined();
			const found = await kinbox.run('product', 'getByExternalId', { externalId: `SKU-${index}` }, options);
			expect(found.rows[0]).toMatchObject({ name: 'Bolo', price: 49.9 });
		}
	});

	it('is read, listed, updated and deleted, with either token', async () => {
		for (const options of both()) {
			const id = await createProduct();
			const updated = await kinbox.run('product', 'update', { productId: byId(id), price: '55.5', additionalFields: { isActive: false, customFieldsJson: '{"ncm": "1"}' } }, options);
			expect(updated.error).toBeUndefined();
			expect(updated.requests.find(({ method }) => method === 'PATCH')).toMatchObject({ body: { price: 55.5, isActive: false, customFields: { ncm: { value: '1' } } } });
			const one = await kinbox.run('product', 'get', { productId: byId(id) }, options);
			expect(one.rows[0]).toMatchObject({ id, price: 55.5, isActive: false });
			const all = await kinbox.run('product', 'getAll', { returnAll: true }, options);
			expect(all.rows.map((row) => row.id)).toContain(id);
			const deleted = await kinbox.run('product', 'delete', { productId: byId(id) }, options);
			expect(deleted.rows).toEqual([{ id, deleted: true }]);
			const gone = await kinbox.run('product', 'get', { productId: byId(id) }, options);
			expect(gone.error?.message).toBe('Kinbox does not know this record [item 0]');
		}
	});

	it('refuses what cannot be', async () => {
		expect((await kinbox.run('product', 'create', { name: ' ', price: 1 })).error?.message).toBe("'Name' is empty [item 0]");
		expect((await kinbox.run('product', 'create', { name: 'Bolo', price: -1 })).error?.message).toBe("'Price' is less than 0 [item 0]");
		expect((await kinbox.run('product', 'update', { productId: byId('x'), price: 'free' })).error?.message).toBe("'Price' is text, not a number [item 0]");
		expect((await kinbox.run('product', 'update', { productId: byId('x') })).error?.message).toBe("'Product' is given, but no field to change [item 0]");
		await createProduct({ additionalFields: { externalId: 'SKU' } });
		expect((await kinbox.run('product', 'create', { name: 'Bolo', price: 1, additionalFields: { externalId: 'SKU' } })).error?.message).toBe('Kinbox has this record already: externalId already used [item 0]');
	});
});

describe('deal: create', () => {
	const additional = { campaign: 'Natal', dueDate: '2026-12-24T12:00:00Z', groupId: byId(10), operatorId: byId(42), origin: 'Site', position: 2, tagIds: ['1', '3'], customFieldsJson: '{"prazo": "2026-12-01"}' };
	const body = () => ({
		name: 'Festa', contactId: contactId(), pipelineId: pipeline().id, stageId: pipeline().stages[0]!.id, value: 1200, status: 'open', campaign: 'Natal', dueDate: '2026-12-24T12:00:00.000Z',
		groupId: 10, operatorId: 42, origin: 'Site', position: 2, tagIds: [1, 3], customFields: { condicoes: { value: 'à vista' }, prazo: { value: '2026-12-01' } },
	});

	it('sends every field, and products with price and total, with either token', async () => {
		for (const options of both()) {
			const id = await createProduct();
			const { requests, rows, error } = await kinbox.run('deal', 'create', {
				...place(), name: 'Festa', value: 1200, customFields: mapped({ condicoes: 'à vista' }), additionalFields: additional,
				products: { product: [{ productId: byId(id), quantity: 2, discount: 10, discountType: 'percentage' }, { productId: byId(id), quantity: 1, price: '30', discount: 5, discountType: 'value' }] },
			}, options);
			expect(error).toBeUndefined();
			expect(requests.at(-1)?.body).toEqual({
				...body(),
				products: [
					{ id, name: 'Bolo', price: 50, quantity: 2, discount: 10, discountType: 'percentage', total: 90 },
					{ id, name: 'Bolo', price: 30, quantity: 1, discount: 5, discountType: 'value', total: 25 },
				],
			});
			expect(rows[0]).toMatchObject({ name: 'Festa', value: 1200, status: 'open', contactId: String(contactId()), customFields: { condicoes: 'à vista', prazo: '2026-12-01' } });
		}
	});

	it('sends ticket fields with an API Token only', async () => {
		const fields = { ...place(), name: 'Encomenda', additionalFields: { description: 'Para 80', slaDueAt: '2026-12-24T12:00:00Z' } };
		const v1 = await kinbox.run('deal', 'create', fields, apiToken(kinbox));
		expect(v1.error).toBeUndefined();
		expect(v1.requests[0]?.body).toMatchObject({ description: 'Para 80', slaDueAt: '2026-12-24T12:00:00.000Z' });
		const v3 = await kinbox.run('deal', 'create', fields);
		expect(v3.error?.message).toBe("'Description' needs the API Token, but the credential holds the Token V3 [item 0]");
	});

	it.each<[string, INodeParameters, string]>([
		['no contact', { contactId: byId('={{ $json.x }}') }, "'Contact' is empty [item 0]"],
		['a contact by name', { contactId: byId('={{ "Ana" }}') }, "'Contact' is not an ID [item 0]"],
		['no stage', { stageId: byId('={{ $json.x }}') }, "'Stage' is empty [item 0]"],
		['a value below zero', { value: -1 }, "'Value' is less than 0 [item 0]"],
		['a due date that is none', { additionalFields: { dueDate: 'soon' } }, "'Due Date' is not a date [item 0]"],
		['a product row without product', { products: { product: [{ productId: byId('={{ $json.x }}'), quantity: 1 }] } }, "'Product' is empty [item 0]"],
	])('refuses %s', async (_what, fields, message) => {
		const { error, requests } = await kinbox.run('deal', 'create', { ...place(), name: 'Festa', ...fields });
		expect(error?.message).toBe(message);
		expect(requests).toEqual([]);
	});

	it('passes on a stage that is of another pipeline', async () => {
		const { error } = await kinbox.run('deal', 'create', { ...place(), name: 'Festa', stageId: byId(pipeline(1).stages[0]!.id) });
		expect(error?.message).toBe('Kinbox refused the request: stageId is not a stage of the pipeline [item 0]');
	});
});

describe('deal: tags', () => {
	it('are found by ID, name or name in another spelling; unknown ones are refused, made or left out and said', async () => {
		const [first, second] = [...state().tags.values()];
		second!.name = 'Orçamento Enviado';
		const create = async (fields: object, items: IDataObject[] = [{}]) => await kinbox.run('deal', 'create', { ...place(), name: 'Festa', additionalFields: { ...fields } as never }, { items });
		const found = await create({ tagIds: [String(first!.id), 'orcamento-enviado'] });
		expect(found.error).toBeUndefined();
		expect(found.requests.at(-1)?.body).toMatchObject({ tagIds: [first!.id, second!.id] });
		const unknown = await create({ tagIds: ['Orçamento Enviadu'] });
		expect(unknown.error?.message).toMatch(/^'Tags Names or IDs' has 'Orçamento Enviadu', and the Kinbox account has no such tag/);
		expect(unknown.error?.description).toContain('Did you mean Orçamento Enviado?');
		expect(unknown.requests.every(({ method }) => method === 'GET')).toBe(true);
		const skipped = await create({ tagIds: ['Nope', first!.name.toUpperCase()], whenTagMissing: 'skip' });
		expect(skipped.requests.at(-1)?.body).toMatchObject({ tagIds: [first!.id] });
		expect(skipped.rows[0]?.leftOut).toEqual([{ column: 'Nope', value: 'Nope', reason: 'is a tag, and the Kinbox account has no tag of this name' }]);
		const made = await create({ tagIds: ['Nova'], whenTagMissing: 'create' }, [{}, {}]);
		expect(made.requests.filter(({ operationId }) => operationId === 'v3CreateTag')).toHaveLength(1);
		expect([...state().tags.values()].filter(({ name }) => name === 'Nova')).toHaveLength(1);
		second!.name = first!.name;
		expect((await create({ tagIds: [first!.name] })).error?.message).toContain('which can mean');
	});

	it('are found by name in filters, too', async () => {
		const [first] = [...state().tags.values()];
		const listed = await kinbox.run('deal', 'getAll', { filters: { tagId: byId(first!.name.toUpperCase()) } });
		expect(listed.requests.at(-1)?.query).toMatchObject({ tagId: String(first!.id) });
		for (const [resource, operation] of [['report', 'getOverview'], ['conversation', 'getAll']] as const) {
			const { requests, error } = await kinbox.run(resource, operation, { filters: { tags: [first!.name.toUpperCase()] } });
			expect(error).toBeUndefined();
			expect(requests.at(-1)?.query).toMatchObject({ tags: String(first!.id) });
			expect((await kinbox.run(resource, operation, { filters: { tags: ['Nope'] } })).error?.message).toMatch(/^'Tags Names or IDs' has 'Nope'/);
		}
	});
});

describe('deal: move, win, lose, reopen, update, custom fields, delete', () => {
	it('do what they say, with either token', async () => {
		for (const options of both()) {
			const { id } = addDeal(state(), contactId(), { name: 'Festa', customFields: { condicoes: { value: 'à vista' } } }, kinbox.sandbox.clock.now());
			const target = pipeline(1);
			const moved = await kinbox.run('deal', 'move', { dealId: byId(id), pipelineId: byId(target.id), stageId: byId(target.stages[1]!.id) }, options);
			expect(moved.error).toBeUndefined();
			expect(moved.requests[0]).toMatchObject({ method: 'PATCH', body: { pipelineId: target.id, stageId: target.stages[1]!.id } });
			const won = await kinbox.run('deal', 'win', { dealId: byId(id), closedAt: '2026-05-01T12:00:00Z' }, options);
			expect(won.requests[0]?.body).toEqual({ status: 'won', wonLostDate: '2026-05-01T12:00:00.000Z' });
			expect(won.rows[0]).toMatchObject({ id, status: 'won', wonLostDate: '2026-05-01T12:00:00.000Z' });
			const reopened = await kinbox.run('deal', 'reopen', { dealId: byId(id) }, options);
			expect(reopened.rows[0]).toMatchObject({ status: 'open' });
			const lost = await kinbox.run('deal', 'lose', { dealId: byId(id), reasons: ['Preço'], remark: 'Volta em 2027' }, options);
			expect(lost.requests[0]?.body).toEqual({ status: 'lost', lostReason: ['Preço'], lostReasonObs: 'Volta em 2027', wonLostDate: expect.stringMatching(/Z$/) });
			const updated = await kinbox.run('deal', 'update', { dealId: byId(id), value: '99.5', customFields: mapped({ prazo: '2026-12-01' }) }, options);
			expect(updated.error).toBeUndefined();
			expect(updated.requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ value: 99.5, customFields: { condicoes: { value: 'à vista' }, prazo: { value: '2026-12-01' } } });
			const fields = await kinbox.run('deal', 'setCustomFields', { dealId: byId(id), customFieldsJson: '{"condicoes": "30 dias"}' }, options);
			expect(fields.rows[0]).toMatchObject({ customFields: { condicoes: '30 dias', prazo: '2026-12-01' } });
			// One text: v3 has a call for it; else the other fields are sent along.
			expect(fields.requests.map(({ method, operationId }) => `${method} ${operationId}`)).toEqual(options === undefined ? ['GET v3ListCustomFields', 'PATCH v3SetDealCustomField'] : ['GET listCustomFields', 'GET getDeal', 'PATCH updateDeal', 'GET getDeal']);
			if (options === undefined) expect(fields.requests[1]?.body).toEqual({ key: 'condicoes', value: '30 dias' });
			const several = await kinbox.run('deal', 'setCustomFields', { dealId: byId(id), customFieldsJson: '{"condicoes": "60 dias", "prazo": "2027-01-01"}' }, options);
			expect(several.rows[0]).toMatchObject({ customFields: { condicoes: '60 dias', prazo: '2027-01-01' } });
			// The fields of the account, the deal before, the change, the deal after.
			expect(several.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH', 'GET']);
			const read = await kinbox.run('deal', 'get', { dealId: byId(id) }, options);
			expect(read.rows[0]).toMatchObject({ id, value: 99.5, status: 'lost', pipelineId: target.id });
			const deleted = await kinbox.run('deal', 'delete', { dealId: byId(id) }, options);
			expect(deleted.rows).toEqual([{ id, deleted: true }]);
			const gone = await kinbox.run('deal', 'win', { dealId: byId(id) }, options);
			expect(gone.error?.message).toBe('Kinbox does not know this record [item 0]');
		}
	});

	it('refuse to change nothing', async () => {
		expect((await kinbox.run('deal', 'update', { dealId: byId('x') })).error?.message).toBe("'Deal' is given, but no field to change [item 0]");
		expect((await kinbox.run('deal', 'setCustomFields', { dealId: byId('x') })).error?.message).toBe("'Custom Fields' has no field with a value [item 0]");
	});
});

describe('deal: get many', () => {
	it('lists and filters, spelled as each token wants it', async () => {
		const now = kinbox.sandbox.clock.now();
		addDeal(state(), contactId(), { name: 'Open' }, now);
		const won = addDeal(state(), contactId(), { name: 'Won', status: 'won', wonLostDate: new Date(now).toISOString() }, now);
		for (const options of both()) {
			const all = await kinbox.run('deal', 'getAll', { returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.rows).toHaveLength(2);
			const one = await kinbox.run('deal', 'getAll', { limit: 1 }, options);
			expect(one.rows).toHaveLength(1);
			const filters = {
				pipelineId: byId(pipeline().id), status: 'won', contactId: byId(contactId()), createdFrom: '2020-01-01T00:00:00Z', createdTo: '2099-01-01T00:00:00Z', closedFrom: '2020-01-01T00:00:00Z', closedTo: '2099-01-01T00:00:00Z',
			};
			const filtered = await kinbox.run('deal', 'getAll', { filters }, options);
			expect(filtered.error).toBeUndefined();
			expect(filtered.rows.map(({ id }) => id)).toEqual([won.id]);
			expect(Object.keys(filtered.requests[0]?.query ?? {}).sort()).toEqual(options
				? ['contact_id', 'created_at_from', 'created_at_to', 'limit', 'pipeline_id', 'status', 'won_lost_date_from', 'won_lost_date_to']
				: ['contactId', 'createdAtFrom', 'createdAtTo', 'limit', 'offset', 'pipelineId', 'status', 'wonLostAtFrom', 'wonLostAtTo']);
		}
		const v3Only = { stageId: byId(pipeline().stages[0]!.id), operatorId: byId(42), tagId: byId(3), search: 'wo' };
		const v3 = await kinbox.run('deal', 'getAll', { filters: v3Only });
		expect(v3.requests.at(-1)?.query).toMatchObject({ stageId: pipeline().stages[0]!.id, operatorId: '42', tagId: '3', search: 'wo' });
		for (const [key, label] of [['stageId', 'Stage'], ['operatorId', 'Operator'], ['tagId', 'Tag'], ['search', 'Search Text']] as const) {
			const v1 = await kinbox.run('deal', 'getAll', { filters: { [key]: v3Only[key] } }, apiToken(kinbox));
			expect(v1.error?.message).toBe(`The filter '${label}' needs the Token V3, but the credential holds the API Token [item 0]`);
		}
	});
});

describe('deal: closing time', () => {
	const close = (name: string, wonLostDate?: string) => addDeal(state(), contactId(), { name, status: 'won', ...(wonLostDate ? { wonLostDate } : {}) }, kinbox.sandbox.clock.now());
	const closed = { filters: { closedFrom: '2026-05-01T00:00:00Z', closedTo: '2026-05-31T23:59:59Z' } };

	it.each([true, false])('holds when Kinbox knows the filter by this name: %s', async (knows) => {
		state().knowsWonLostAt = knows;
		const inside = close('May', '2026-05-15T00:00:00.000Z');
		const earlier = Array.from({ length: 3 }, (_, index) => close(`March ${index}`, '2026-03-01T00:00:00.000Z'));
		addDeal(state(), contactId(), { name: 'Open' }, kinbox.sandbox.clock.now());
		for (const parameters of [{ returnAll: true }, { limit: 1 }]) {
			const { rows, error } = await kinbox.run('deal', 'getAll', { ...parameters, ...closed });
			expect(error).toBeUndefined();
			expect(rows.map(({ id }) => id)).toEqual([inside.id]);
		}
		const onlyFrom = await kinbox.run('deal', 'getAll', { returnAll: true, filters: { closedFrom: '2026-01-01T00:00:00Z' } });
		expect(onlyFrom.rows).toHaveLength(1 + earlier.length);
	});

	it('says whom it had to leave out', async () => {
		state().knowsWonLostAt = false;
		close('Nobody knows when');
		const { rows, hints } = await kinbox.run('deal', 'getAll', { returnAll: true, ...closed });
		expect(rows).toEqual([]);
		expect(JSON.stringify(hints)).toContain('Left out for want of a closing time in Kinbox: 1 won or lost deal');
	});
});

describe('deal: pipelines', () => {
	it('is created, read, listed, updated and deleted, with either token', async () => {
		for (const options of both()) {
			const v1 = options !== undefined;
			const created = await kinbox.run('pipeline', 'create', {
				name: 'Pós-venda', position: 3, stages: { stage: [{ name: 'Novo', color: '#111111' }, { name: 'Feito' }] }, privacy: 'team', privacyGroups: ['10'],
				...(v1 ? { kind: 'operational', lostReasons: ['Preço'] } : {}),
			}, options);
			expect(created.error).toBeUndefined();
			expect(created.requests[0]?.body).toEqual({
				name: 'Pós-venda', position: 3, rules: [], privacy: { type: 'team', groupIds: ['10'] }, ...(v1 ? { kind: 'operational', lostReasons: ['Preço'] } : {}),
				stages: [{ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'Novo', color: '#111111', requireds: [] }, { id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'Feito', color: '#3498db', requireds: [] }],
			});
			const id = String(created.rows[0]?.id);
			const updated = await kinbox.run('pipeline', 'update', { pipelineId: byId(id), updateFields: { name: 'Retenção', position: 1, ...(v1 ? { lostReasons: ['Prazo'] } : {}) } }, options);
			expect(updated.error).toBeUndefined();
			const read = await kinbox.run('pipeline', 'get', { pipelineId: byId(id) }, options);
			expect(read.rows).toEqual([{
				id, name: 'Retenção', kind: v1 ? 'operational' : null, position: 1, lostReasons: v1 ? ['Prazo'] : [], privacy: 'team',
				stages: [{ id: expect.any(String), name: 'Novo', color: '#111111' }, { id: expect.any(String), name: 'Feito', color: '#3498db' }],
			}]);
			const sales = await kinbox.run('pipeline', 'getAll', { limit: 1 }, options);
			expect(sales.rows[0]).toMatchObject({ name: 'Vendas', lostReasons: ['Preço', 'Sem resposta', 'Comprou em outro lugar'] });
			const raw = await kinbox.run('pipeline', 'get', { pipelineId: byId(id), output: 'raw' }, options);
			expect(raw.rows[0]).toMatchObject({ rules: [], authorId: expect.any(Number) });
			const all = await kinbox.run('pipeline', 'getAll', { returnAll: true }, options);
			expect(all.rows.map(({ name }) => name)).toEqual(['Vendas', 'Encomendas', 'Retenção']);
			const deleted = await kinbox.run('pipeline', 'delete', { pipelineId: byId(id) }, options);
			expect(deleted.rows).toEqual([{ id, deleted: true }]);
		}
	});

	it('refuses what is incomplete, and says what needs the API Token', async () => {
		const stages = { stage: [{ name: 'Novo' }] };
		expect((await kinbox.run('pipeline', 'create', { name: 'X' })).error?.message).toBe("'Stages' is empty [item 0]");
		expect((await kinbox.run('pipeline', 'create', { name: 'X', stages: { stage: [{ name: '' }] } })).error?.message).toBe("'Name' is empty [item 0]");
		expect((await kinbox.run('pipeline', 'create', { name: 'X', stages, privacy: 'team' })).error?.message).toBe("'Groups Names or IDs' is empty [item 0]");
		expect((await kinbox.run('pipeline', 'create', { name: 'X', stages, kind: 'operational' })).error?.message).toMatch(/^The kind 'Operational' needs the API Token/);
		expect((await kinbox.run('pipeline', 'update', { pipelineId: byId('x'), updateFields: {} })).error?.message).toBe("'Update Fields' is empty [item 0]");
	});
});

describe('deal: lists to pick from', () => {
	it('pipelines, stages of the picked pipeline, deals, products, tags, groups', async () => {
		const { id: dealId } = addDeal(state(), contactId(), { name: 'Festa' }, kinbox.sandbox.clock.now());
		const productId = await createProduct();
		const values = credentialValues(kinbox.sandbox);
		for (const kinboxApi of [values.kinboxApi!, { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi }]) {
			const options = { credentials, credentialValues: { ...values, kinboxApi } };
			const found = async (method: string, more = {}) => (await listSearch(Kinbox, method, { ...options, ...more })).results.map(({ name }) => name);
			expect(await found('searchPipelines')).toEqual(['Vendas', 'Encomendas']);
			expect(await found('searchStages', { parameters: { resource: 'deal', operation: 'move', pipelineId: byId(pipeline(1).id) } })).toEqual(['Recebida', 'Em produção', 'Pronta']);
			expect(await found('searchStages', { filter: 'nov', parameters: { resource: 'deal', operation: 'move', pipelineId: fromList('') } })).toEqual(['Vendas · Novo']);
			expect((await listSearch(Kinbox, 'searchDeals', options)).results).toEqual([{ name: 'Festa · open', value: dealId }]);
			expect((await listSearch(Kinbox, 'searchProducts', options)).results).toEqual([{ name: 'Bolo', value: productId }]);
			expect(await found('searchTags', { filter: 'v' })).toEqual(['vip']);
			const { fields } = await resourceMapping(Kinbox, 'dealCustomFields', options);
			expect(fields.map(({ id }) => id)).toEqual(['prazo', 'condicoes']);
		}
	});
});
