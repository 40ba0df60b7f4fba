import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { seedChatwootContacts } from '../../sandbox/chatwoot/state';
import { byId, useNode } from '../support';
import { describeFailures, mapped } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const people = () => chatwoot.sandbox.chatwoot.state.contacts;
const contact = (id: number) => people().get(id)!;
const unknown = { contactId: '999' };
const good = () => ({ contactId: byId(1) });

describe('contact: create or update', () => {
	it('creates whom it does not find, linked to the inbox, and says so', async () => {
		const { rows, requests, error } = await chatwoot.run('contact', 'upsert', { matchBy: 'email', email: 'nova@example.com', name: 'Nova', inboxId: byId(2) });
		expect(error).toBeUndefined();
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v1/accounts/1/contacts/filter', 'POST /api/v1/accounts/1/contacts']);
		expect(requests[0]?.body).toEqual({ payload: [{ attribute_key: 'email', filter_operator: 'equal_to', values: ['nova@example.com'] }] });
		expect(requests[1]?.body).toEqual({ email: 'nova@example.com', name: 'Nova', inbox_id: 2 });
		expect(rows[0]).toMatchObject({ name: 'Nova', created: true });
	});

	it.each([
		['email', () => ({ email: String(contact(2).email).toUpperCase() })],
		['phone', () => ({ phone: contact(2).phoneNumber })],
		['identifier', () => ({ identifier: 'ERP-2' })],
	] as const)('updates whom it finds by %s', async (matchBy, fields) => {
		people().change(2, (one) => { one.identifier = 'ERP-2'; });
		const { rows, requests, error } = await chatwoot.run('contact', 'upsert', { matchBy, name: 'Changed', customAttributes: mapped({ cpf: '1' }), ...fields() } as never);
		expect(error).toBeUndefined();
		expect(requests[1]).toMatchObject({ method: 'PATCH', path: '/api/v1/accounts/1/contacts/2' });
		expect(requests[1]?.body).not.toHaveProperty('inbox_id');
		expect(rows[0]).toMatchObject({ id: '2', name: 'Changed', created: false });
		expect(people().size).toBe(3);
	});

	it('makes one contact of many items with the same key', async () => {
		const { rows, error } = await chatwoot.run('contact', 'upsert', { email: '={{ $json.email }}', name: '={{ $json.name }}' }, {
			items: ['Nova@example.com', 'nova@example.com', 'NOVA@EXAMPLE.COM', 'other@example.com'].map((email, index) => ({ email, name: `N${index}` })),
		});
		expect(error).toBeUndefined();
		expect(rows.map(({ created }) => created)).toEqual([true, false, false, true]);
		expect(people().size).toBe(5);
	});

	it('updates when somebody else creates the contact in between', async () => {
		chatwoot.sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'filterContacts', status: 200, times: 1, body: { meta: { count: 0, current_page: 1 }, payload: [] } });
		const { rows, error } = await chatwoot.run('contact', 'upsert', { email: contact(3).email, name: 'Late' });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id: '3', name: 'Late', created: false });
	});

	it('says which other contact holds a second unique field', async () => {
		const { error } = await chatwoot.run('contact', 'upsert', { matchBy: 'email', email: 'nova@example.com', phone: contact(1).phoneNumber });
		expect(error?.message).toMatch(/^Contact 1 \(.*\) has this 'Phone' already/);
	});

	it('adds to the raw answer whether it was created', async () => {
		const { rows } = await chatwoot.run('contact', 'upsert', { email: 'nova@example.com', output: 'raw' });
		expect(rows[0]).toMatchObject({ email: 'nova@example.com', created: true, contact_inboxes: [] });
	});

	describeFailures(chatwoot, 'contact', 'upsert', {
		good: () => ({ email: 'nova@example.com' }),
		bad: [
			['a missing key', { matchBy: 'email', email: '' }, /^'Email' is empty, but 'Match By' names it \[item 0\]/],
			['another missing key', { matchBy: 'phone' }, /^'Phone' is empty, but 'Match By' names it \[item 0\]/],
			['an unknown way to match', { matchBy: 'name' }, /^'Match By' is not one of the possible values \[item 0\]/],
		],
	});
});

describe('contact: filter', () => {
	const condition = (field: string, operator: string, value?: unknown, more = {}) => ({ field, operator, ...(value === undefined ? {} : { value }), ...more });
	const filter = async (conditions: object[], more = {}) => await chatwoot.run('contact', 'filter', { conditions: { condition: conditions }, ...more } as never);

	it('joins the rows, all but the last', async () => {
		const { requests, error } = await filter([
			condition('city', 'contains', 'Fortal'), condition('created_at', 'is_greater_than', '2020-01-31T00:00:00'), condition('blocked', 'equal_to', 'false'),
			condition('created_at', 'days_before', '0'), condition('labels', 'is_not_present'), condition('customAttribute', 'equal_to', 'Completo', { attributeKey: 'Plano' }),
		], { combine: 'OR', returnAll: true, sort: { by: 'name', direction: 'asc' } });
		expect(error).toBeUndefined();
		expect(requests[1]?.query).toMatchObject({ page: '1', sort: 'name' });
		expect(requests[1]?.body).toEqual({
			payload: [
				{ attribute_key: 'city', filter_operator: 'contains', values: ['Fortal'], query_operator: 'OR' },
				{ attribute_key: 'created_at', filter_operator: 'is_greater_than', values: ['2020-01-31'], query_operator: 'OR' },
				{ attribute_key: 'blocked', filter_operator: 'equal_to', values: [false], query_operator: 'OR' },
				{ attribute_key: 'created_at', filter_operator: 'is_less_than', values: [expect.stringMatching(/^\d{4}-\d\d-\d\d$/)], query_operator: 'OR' },
				{ attribute_key: 'labels', filter_operator: 'is_not_present', values: [], query_operator: 'OR' },
				{ attribute_key: 'plano', filter_operator: 'equal_to', values: ['completo'] },
			],
		});
	});

	it('reads all pages', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 60);
		const { rows } = await filter([condition('email', 'contains', 'example.com')], { returnAll: true });
		expect(rows).toHaveLength(63);
	});

	it('says that a custom attribute is not defined, and sends no filter', async () => {
		const { error } = await filter([condition('customAttribute', 'equal_to', 'x', { attributeKey: 'nada' })]);
		expect(error?.message).toBe("'Attribute Key' is 'nada', and account 1 has no such custom attribute of contacts [item 0]");
	});

	describeFailures(chatwoot, 'contact', 'filter', {
		good: () => ({ conditions: { condition: [condition('name', 'equal_to', 'Ana')] } }),
		bad: [
			['no condition', { conditions: {} }, /^'Conditions' is empty \[item 0\]/],
			['a condition that does not fit', { conditions: { condition: [condition('identifier', 'contains', 'x')] } }, /^'Is' does not fit Identifier \[item 0\]/],
			['a value that is missing', { conditions: { condition: [condition('name', 'equal_to', '')] } }, /^'Value' is empty \[item 0\]/],
			['a date that is none', { conditions: { condition: [condition('created_at', 'is_less_than', 'soon')] } }, /^'Value' is not a date \[item 0\]/],
		],
	});
});

describe('contact: labels', () => {
	const path = '/api/v1/accounts/1/contacts/1/labels';
	beforeEach(() => { people().change(1, (one) => { one.labels = ['vip']; }); });

	it('adds: reads first, writes all', async () => {
		const { rows, requests, error } = await chatwoot.run('contact', 'addLabels', { ...good(), labels: ['Troca', 'vip'] });
		expect(error).toBeUndefined();
		expect(requests.map(({ method, path: at }) => `${method} ${at}`)).toEqual([`GET ${path}`, 'GET /api/v1/accounts/1/labels', `POST ${path}`, `GET ${path}`]);
		expect(requests[2]?.body).toEqual({ labels: ['vip', 'troca'] });
		expect(rows).toEqual([{ contactId: '1', labels: ['vip', 'troca'] }]);
	});

	it('adds nothing that is there already', async () => {
		const { requests, rows } = await chatwoot.run('contact', 'addLabels', { ...good(), labels: 'vip' });
		expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
		expect(rows[0]?.labels).toEqual(['vip']);
	});

	it('loses none when many items add to the same contact', async () => {
		const { error } = await chatwoot.run('contact', 'addLabels', { ...good(), labels: '={{ $json.label }}', whenMissing: 'create' }, { items: ['a1', 'b1', 'c1', 'd1'].map((label) => ({ label })) });
		expect(error).toBeUndefined();
		expect(contact(1).labels).toEqual(['vip', 'a1', 'b1', 'c1', 'd1']);
	});

	it('removes, sets, clears and gets', async () => {
		expect((await chatwoot.run('contact', 'removeLabels', { ...good(), labels: ['vip', 'none'], whenMissing: 'skip' })).rows[0]?.labels).toEqual([]);
		expect((await chatwoot.run('contact', 'setLabels', { ...good(), labels: ['troca', 'newsletter'] })).requests[1]?.body).toEqual({ labels: ['troca', 'newsletter'] });
		expect((await chatwoot.run('contact', 'getLabels', good())).rows).toEqual([{ contactId: '1', labels: ['troca', 'newsletter'] }]);
		expect((await chatwoot.run('contact', 'setLabels', { ...good(), labels: [] })).rows[0]?.labels).toEqual([]);
	});

	for (const operation of ['addLabels', 'removeLabels']) {
		describeFailures(chatwoot, 'contact', operation, {
			good: () => ({ ...good(), labels: ['troca'] }), unknown,
			bad: [['no label', { labels: [] }, /^'Label Names or IDs' is empty \[item 0\]/], ['a comma in a label', { labels: ['a,b'] }, /^'Label Names or IDs' has a title with a comma/]],
		});
	}
	for (const operation of ['setLabels', 'getLabels']) describeFailures(chatwoot, 'contact', operation, { good, unknown });
});

describe('contact: custom attributes', () => {
	it('removes keys and keeps the others', async () => {
		people().change(1, (one) => { one.customAttributes = { cpf: '1', plano: 'básico' }; });
		const { rows, requests, error } = await chatwoot.run('contact', 'removeCustomAttributes', { ...good(), attributeKeys: ['cpf'] });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: '/api/v1/accounts/1/contacts/1/destroy_custom_attributes', body: { custom_attributes: ['cpf'] } });
		expect(rows[0]?.customFields).toEqual({ plano: 'básico' });
	});

	describeFailures(chatwoot, 'contact', 'removeCustomAttributes', {
		good: () => ({ ...good(), attributeKeys: ['cpf'] }), unknown, bad: [['no key', { attributeKeys: '={{ [] }}' }, /^'Custom Attribute Names or IDs' is empty \[item 0\]/]],
	});
});

describe('contact: merge, block, avatar', () => {
	it('merges the second into the first', async () => {
		const { rows, requests, error } = await chatwoot.run('contact', 'merge', { contactId: byId(1), mergeeId: byId(2) });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: '/api/v1/accounts/1/actions/contact_merge', body: { base_contact_id: 1, mergee_contact_id: 2 } });
		expect(rows[0]).toMatchObject({ id: '1', url: expect.stringContaining('/contacts/1') });
		expect(people().has(2)).toBe(false);
	});
	describeFailures(chatwoot, 'contact', 'merge', {
		good: () => ({ contactId: byId(1), mergeeId: byId(2) }), unknown: { mergeeId: '999' },
		bad: [['the same contact twice', { mergeeId: byId(1) }, /^'Contact to Merge' is the same contact \[item 0\]/]],
	});

	it('blocks and unblocks', async () => {
		expect((await chatwoot.run('contact', 'block', good())).requests[0]?.body).toEqual({ blocked: true });
		expect(contact(1).blocked).toBe(true);
		expect((await chatwoot.run('contact', 'unblock', good())).requests[0]?.body).toEqual({ blocked: false });
		expect(contact(1).blocked).toBe(false);
	});
	it('removes the picture', async () => {
		contact(1).thumbnail = 'https://example.com/a.png';
		const { rows, requests } = await chatwoot.run('contact', 'deleteAvatar', good());
		expect(requests[0]).toMatchObject({ method: 'DELETE', path: '/api/v1/accounts/1/contacts/1/avatar' });
		expect(rows[0]?.avatarUrl).toBeNull();
	});
	for (const operation of ['block', 'unblock', 'deleteAvatar']) describeFailures(chatwoot, 'contact', operation, { good, unknown });
});

describe('contact: inboxes', () => {
	it('links to an inbox, and finds by the address there', async () => {
		const linked = await chatwoot.run('contact', 'linkToInbox', { ...good(), inboxId: byId(2), sourceId: 'customer-1' });
		expect(linked.error).toBeUndefined();
		expect(linked.requests[0]).toMatchObject({ path: '/api/v1/accounts/1/contacts/1/contact_inboxes', body: { inbox_id: 2, source_id: 'customer-1' } });
		expect(linked.rows[0]).toMatchObject({ source_id: 'customer-1', inbox: { id: 2 } });
		const found = await chatwoot.run('contact', 'findBySourceId', { inboxId: byId(2), sourceId: 'customer-1' });
		expect(found.rows[0]).toMatchObject({ id: '1' });
		const inboxes = await chatwoot.run('contact', 'getContactableInboxes', good());
		expect(inboxes.rows.map(({ source_id: source }) => source)).toContain('customer-1');
	});

	it('says that nobody has the address, or that the inbox is unknown', async () => {
		expect((await chatwoot.run('contact', 'findBySourceId', { inboxId: byId(2), sourceId: 'nobody' })).error?.message).toBe("No contact has this 'Source ID' in the inbox [item 0]");
		expect((await chatwoot.run('contact', 'findBySourceId', { inboxId: byId(99), sourceId: 'nobody' })).error?.message).toBe("'Inbox' 99 is not in account 1 [item 0]");
	});

	describeFailures(chatwoot, 'contact', 'linkToInbox', { good: () => ({ ...good(), inboxId: byId(2) }), unknown });
	describeFailures(chatwoot, 'contact', 'getContactableInboxes', { good, unknown });
	describeFailures(chatwoot, 'contact', 'findBySourceId', { good: () => ({ inboxId: byId(2), sourceId: 'x' }), bad: [['no address', { sourceId: ' ' }, /^'Source ID' is empty \[item 0\]/]] });
});

describe('contact: notes', () => {
	const create = async (content = 'Called twice') => (await chatwoot.run('contactNote', 'create', { ...good(), content })).rows[0]!;

	it('are written, read, changed and deleted, with the contact that the server leaves out', async () => {
		const note = await create();
		expect(note).toEqual({ id: expect.any(String), contactId: '1', content: 'Called twice', author: 'Marina Duarte', createdAt: expect.any(String), updatedAt: expect.any(String) });
		await create('Second');
		const all = await chatwoot.run('contactNote', 'getAll', { ...good(), returnAll: true });
		expect(all.rows.map(({ content }) => content)).toEqual(['Second', 'Called twice']);
		expect((await chatwoot.run('contactNote', 'getAll', { ...good(), limit: 1 })).rows).toHaveLength(1);
		const id = byId(String(note.id));
		expect((await chatwoot.run('contactNote', 'get', { ...good(), noteId: id })).rows[0]).toEqual(note);
		const changed = await chatwoot.run('contactNote', 'update', { ...good(), noteId: id, content: 'New' });
		expect(changed.requests[0]).toMatchObject({ method: 'PATCH', path: `/api/v1/accounts/1/contacts/1/notes/${String(note.id)}`, body: { content: 'New' } });
		expect((await chatwoot.run('contactNote', 'delete', { ...good(), noteId: id })).rows).toEqual([{ deleted: true }]);
		expect(chatwoot.sandbox.chatwoot.state.notes.size).toBe(1);
	});

	const withNote = () => {
		const { state } = chatwoot.sandbox.chatwoot;
		state.notes.set(1, { id: 1, accountId: 1, contactId: 1, userId: 1, content: 'x', createdAt: 0, updatedAt: 0 });
		return { ...good(), noteId: byId(1), content: 'y' };
	};
	describeFailures(chatwoot, 'contactNote', 'create', { good: () => ({ ...good(), content: 'x' }), unknown, bad: [['an empty note', { content: ' ' }, /^'Content' is empty \[item 0\]/]] });
	describeFailures(chatwoot, 'contactNote', 'getAll', { good, unknown });
	describeFailures(chatwoot, 'contactNote', 'get', { good: withNote, unknown: { noteId: '99' } });
	describeFailures(chatwoot, 'contactNote', 'update', {
		good: withNote, unknown: { noteId: '99' },
		bad: [['a note that would not be stored', { content: 'x'.repeat(20_001) }, /^'Content' has more than 20000 characters \[item 0\]/]],
	});
	describeFailures(chatwoot, 'contactNote', 'delete', { good: withNote, unknown: { noteId: '99' } });
});

describe('contact: import and export', () => {
	const csv = [{ json: {}, binary: { data: { data: Buffer.from('name,email\nUm,um@example.com\nDois,dois@example.com\n').toString('base64'), mimeType: 'text/csv', fileName: 'people.csv' } } }];

	it('hands a CSV file over', async () => {
		const { rows, requests, error } = await chatwoot.run('contact', 'import', { binaryField: 'data' }, { items: csv });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path: '/api/v1/accounts/1/contacts/import' });
		expect(requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
		expect(rows[0]).toMatchObject({ queued: true, fileName: 'people.csv', rows: 2 });
		await chatwoot.sandbox.settled();
		expect(people().size).toBe(5);
	});

	it('says when the input has no such file', async () => {
		const { error, requests } = await chatwoot.run('contact', 'import', { binaryField: 'sheet' }, { items: csv });
		expect(error?.message).toMatch(/sheet/);
		expect(requests).toEqual([]);
	});

	it('asks for an export', async () => {
		const { requests, rows, error } = await chatwoot.run('contact', 'export', {
			label: 'vip', columns: 'id, name', conditions: { condition: [{ field: 'city', operator: 'equal_to', value: 'Porto' }] },
		});
		expect(error).toBeUndefined();
		expect(requests[1]?.body).toEqual({ column_names: ['id', 'name'], payload: [{ attribute_key: 'city', filter_operator: 'equal_to', values: ['Porto'] }], label: 'vip' });
		expect(rows).toEqual([{ queued: true }]);
		expect((await chatwoot.run('contact', 'export', {})).requests[0]?.body).toEqual({});
	});

	describeFailures(chatwoot, 'contact', 'export', { good: () => ({}), adminOnly: true });
});

describe('contact: labels by name', () => {
	const path = '/api/v1/accounts/1/contacts/1/labels';
	const labels = (wanted: unknown, more = {}, operation = 'addLabels') => chatwoot.run('contact', operation, { ...good(), labels: wanted, ...more } as never);
	beforeEach(() => {
		people().change(1, (one) => { one.labels = ['vip', 'MaiusX', 'cliente vip']; });
	});

	it.each([
		['another spelling', ['Orcamento', 'NEWS-letter'], ['orçamento', 'newsletter']],
		['an ID', ['={{ 1 }}'], undefined],
	])('adds by %s', async (_how, wanted, titles) => {
		const { state } = chatwoot.sandbox.chatwoot;
		const first = [...state.labels.values()].find(({ accountId, title }) => accountId === 1 && title === 'troca')!;
		const { requests, error } = await labels(titles ? wanted : [String(first.id)]);
		expect(error).toBeUndefined();
		expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({ labels: [...new Set(['vip', 'MaiusX', 'cliente vip', ...(titles ?? [first.title])])] });
	});

	it('refuses one that the account does not have, names a near one, and changes nothing', async () => {
		const { error, requests } = await labels(['vipp']);
		expect(error?.message).toBe("'Label Names or IDs' has 'vipp', and account 1 has no such label [item 0]");
		expect(error?.description).toMatch(/^Did you mean vip\?/);
		expect(requests.map(({ method }) => method)).not.toContain('POST');
	});

	it('leaves it out and says so in the item, or makes it once for all items', async () => {
		const skipped = await labels(['troca', 'nova'], { whenMissing: 'skip' });
		expect(skipped.rows[0]).toMatchObject({ labels: ['vip', 'MaiusX', 'cliente vip', 'troca'], notApplied: [{ field: 'Labels', asked: 'nova', got: null }] });
		const made = await chatwoot.run('contact', 'addLabels', { ...good(), labels: ['Pedido Novo'], whenMissing: 'create' }, { items: [{}, {}, {}] });
		expect(made.requests.filter(({ method, path: at }) => method === 'POST' && at === '/api/v1/accounts/1/labels')).toHaveLength(1);
		expect(made.rows[2]?.labels).toContain('pedido-novo');
	});

	it('removes what the contact carries, also when the account has no such label', async () => {
		const { rows, requests } = await labels(['maiusx', 'Cliente-VIP'], {}, 'removeLabels');
		expect(requests.map(({ method, path: at }) => `${method} ${at}`)).toEqual([`GET ${path}`, `POST ${path}`, `GET ${path}`]);
		expect(rows[0]?.labels).toEqual(['vip']);
	});
});

describe('contact: filter, as the server has it', () => {
	const condition = (field: string, operator: string, value?: unknown, more = {}) => ({ field, operator, ...(value === undefined ? {} : { value }), ...more });
	const filter = async (conditions: object[], more = {}) => await chatwoot.run('contact', 'filter', { conditions: { condition: conditions }, ...more } as never);
	const payload = async (conditions: object[], more = {}) => {
		const { requests, error } = await filter(conditions, more);
		expect(error).toBeUndefined();
		return (requests.find(({ path }) => path.endsWith('/contacts/filter'))?.body as { payload: unknown }).payload;
	};

	it('normalises a phone', async () => {
		expect(await payload([condition('phone_number', 'equal_to', '(11) 91000-0000')])).toEqual([{ attribute_key: 'phone_number', filter_operator: 'equal_to', values: ['+5511910000000'] }]);
		expect(await payload([condition('phone_number', 'equal_to', '912 345 678')], { defaultCountry: 'PT' })).toEqual([{ attribute_key: 'phone_number', filter_operator: 'equal_to', values: ['+351912345678'] }]);
		expect(await payload([condition('phone_number', 'contains', '91000-00')])).toEqual([{ attribute_key: 'phone_number', filter_operator: 'contains', values: ['9100000'] }]);
	});

	it('asks for both forms in which a phone may be kept', async () => {
		const { contacts } = chatwoot.sandbox.chatwoot.state;
		const [one, two] = [...contacts.values()].filter(({ accountId }) => accountId === 1);
		contacts.change(one!.id, (contact) => { contact.phoneNumber = '+5215512345678'; contact.name = 'Ana Paz'; });
		contacts.change(two!.id, (contact) => { contact.phoneNumber = '+558598887777'; contact.name = 'Bia'; });
		const found = async (conditions: object[], more = {}) => (await filter(conditions, { returnAll: true, ...more })).rows.map(({ id }) => id).sort();
		const all = await found([condition('phone_number', 'is_present')]);
		const mine = condition('phone_number', 'equal_to', '55 1234 5678');
		const country = { defaultCountry: 'MX' };
		expect(await found([mine], country)).toEqual([String(one!.id)]);
		expect(await found([mine, condition('name', 'equal_to', 'Ana Paz')], country)).toEqual([String(one!.id)]);
		expect(await found([condition('name', 'equal_to', 'Bia'), mine], country)).toEqual([]);
		expect(await found([condition('name', 'equal_to', 'Bia'), mine], { ...country, combine: 'OR' })).toEqual([String(one!.id), String(two!.id)].sort());
		expect(await found([condition('phone_number', 'is_present'), condition('phone_number', 'not_equal_to', '55 1234 5678')], country)).toEqual(all.filter((id) => id !== String(one!.id)));
	});

	it('gives each label a condition, and refuses what cannot be joined', async () => {
		expect(await payload([condition('labels', 'equal_to', 'VIP, troca')])).toEqual([
			{ attribute_key: 'labels', filter_operator: 'equal_to', values: ['vip'], query_operator: 'OR' },
			{ attribute_key: 'labels', filter_operator: 'equal_to', values: ['troca'] },
		]);
		const { error, requests } = await filter([condition('city', 'equal_to', 'Porto'), condition('labels', 'equal_to', 'vip, troca')]);
		expect(error?.message).toMatch(/^'Value' has several labels/);
		expect(requests.filter(({ path }) => path.endsWith('/filter'))).toEqual([]);
	});

	it.each([
		['a custom attribute that Is Not beside another condition', [condition('name', 'equal_to', 'Fil2'), condition('customAttribute', 'not_equal_to', 'básico', { attributeKey: 'plano' })], /^'Is' cannot be Is Not for a custom attribute/],
		['an unknown label', [condition('labels', 'equal_to', 'nada')], /^'Value' has 'nada', and account 1 has no such label/],
		['a text where a day belongs', [condition('customAttribute', 'equal_to', 'ontem', { attributeKey: 'aniversario' })], /^'Value' is not a date/],
		['a part of a day', [condition('customAttribute', 'contains', '2020', { attributeKey: 'aniversario' })], /^'Is' does not fit the custom attribute 'aniversario', which is of kind date/],
		['an entry that the list does not have', [condition('customAttribute', 'equal_to', 'ouro', { attributeKey: 'plano' })], /^'Value' is not an entry of the list of 'plano'/],
	])('refuses %s', async (_what, conditions, message) => {
		const { error, requests } = await filter(conditions);
		expect(error?.message).toMatch(message);
		expect(requests.filter(({ path }) => path.endsWith('/filter'))).toEqual([]);
	});
});
