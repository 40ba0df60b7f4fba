import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addContact } from '../../sandbox/kinbox/contacts';
import { byId, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const state = () => kinbox.sandbox.kinbox.state;
const mapped = (value: INodeParameters): INodeParameters => ({ mappingMode: 'defineBelow', value });

describe('contact: create or update', () => {
	it('does different people side by side, however they are given, and one person one after the other', async () => {
		kinbox.sandbox.inject({ kind: 'latency', vendor: 'kinbox', method: 'POST', ms: 60 });
		const items = Array.from({ length: 6 }, (_, index) => ({ name: `Rita ${index}`, phone: `+55 85 97777-010${index}`, email: `rita${index}@example.com` }));
		for (const fields of [{ contactSource: 'previousNode' }, { name: '={{ $json.name }}', phone: '={{ $json.phone }}' }]) {
			kinbox.sandbox.metrics.kinbox.maxSimultaneous = 0;
			const { error } = await kinbox.run('contact', 'upsert', fields, { items: items.map((item, index) => ({ ...item, phone: item.phone.replace('010', fields.name ? '020' : '030'), email: `${index}${fields.name ? 'a' : 'b'}@example.com` })) });
			expect(error).toBeUndefined();
			expect(kinbox.sandbox.metrics.kinbox.maxSimultaneous).toBeGreaterThan(2);
		}
		// The same person by phone, and by e-mail.
		const twice = await kinbox.run('contact', 'upsert', { contactSource: 'previousNode' }, { items: [{ name: 'Eva', phone: '+55 85 97777-0400', email: 'eva@example.com' }, { name: 'Eva', email: 'EVA@example.com' }, { name: 'Eva', phone: '85 7777-0400' }] });
		expect(twice.rows.map(({ created }) => created)).toEqual([true, false, false]);
	});

	it('creates who is not known, with either token', async () => {
		for (const [index, options] of [undefined, apiToken(kinbox)].entries()) {
			const result = await kinbox.run('contact', 'upsert', { name: 'Rita Melo', phone: `85 97777-000${index + 1}` }, options);
			expect(result.error).toBeUndefined();
			expect(result.rows[0]).toMatchObject({ name: 'Rita Melo', phone: `+558597777000${index + 1}`, created: true });
			// Looked for in both spellings before.
			expect(result.requests.map(({ method, query }) => [method, query.phone])).toEqual([['GET', `558597777000${index + 1}`], ['GET', `55857777000${index + 1}`], ['POST', undefined]]);
		}
	});

	it('updates who is known by the other spelling, and keeps the spelling that WhatsApp uses', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const before = state().contacts.size;
			for (const one of state().contacts.values()) if (one.phone === '558588887777') state().contacts.change(one.id, (contact) => { contact.name = 'João'; contact.email = 'joao@example.com'; });
			const result = await kinbox.run('contact', 'upsert', { name: 'João da Silva', phone: '(85) 98888-7777', email: 'joao.silva@example.com' }, options);
			expect(result.error).toBeUndefined();
			expect(result.rows[0]).toMatchObject({ name: 'João da Silva', phone: '+558588887777', created: false });
			expect(result.requests.at(-1)).toMatchObject({ method: 'PATCH', body: { name: 'João da Silva', email: 'joao.silva@example.com' } });
			expect(state().contacts.size).toBe(before);
			// Again, there is nothing to write.
			const again = await kinbox.run('contact', 'upsert', { name: 'João da Silva', phone: '(85) 98888-7777', email: 'JOAO.silva@example.com' }, options);
			expect(again.requests.every(({ method }) => method === 'GET')).toBe(true);
			expect(again.rows[0]).toMatchObject({ created: false, changed: false, matchedBy: 'phone' });
		}
	});

	it('finds by e-mail and changes the phone then', async () => {
		const result = await kinbox.run('contact', 'upsert', { matchBy: 'email', email: 'joao@example.com', phone: '+351 912 345 678' });
		expect(result.error).toBeUndefined();
		expect(result.rows[0]).toMatchObject({ phone: '+351912345678', created: false });
		expect(result.requests.at(-1)?.body).toEqual({ phone: '351912345678' });
	});

	it('finds by External ID with a Token V3, and says that an API Token cannot', async () => {
		addContact(state(), { name: 'Old', externalId: 'ERP-7', email: 'old@example.com' }, Date.now());
		const fields = { matchBy: 'externalId', name: 'New', additionalFields: { externalId: 'ERP-7' } };
		const result = await kinbox.run('contact', 'upsert', fields);
		expect(result.error).toBeUndefined();
		expect(result.rows[0]).toMatchObject({ name: 'New', email: 'old@example.com', created: false });
		const v1 = await kinbox.run('contact', 'upsert', fields, apiToken(kinbox));
		expect(v1.error?.message).toBe('Finding a contact by External ID needs the Token V3, but the credential holds the API Token [item 0]');
		expect(v1.requests).toEqual([]);
	});

	it('refuses the e-mail address of somebody with another phone, or keeps the two apart', async () => {
		const item = { matchBy: 'phoneOrEmail', name: 'Bia', phone: '85 97777-0001', email: 'Joao@example.com' };
		const refused = await kinbox.run('contact', 'upsert', item);
		expect(refused.error?.message).toMatch(/^Contact \d+ \(.*\) has this e-mail address, but another phone \[item 0\]$/);
		expect(refused.requests.every(({ method }) => method === 'GET')).toBe(true);
		const apart = await kinbox.run('contact', 'upsert', { ...item, whenTwoPeople: 'keepApart' });
		expect(apart.error).toBeUndefined();
		expect(apart.rows[0]).toMatchObject({ name: 'Bia', phone: '+5585977770001', email: null, created: true, leftOut: [{ column: 'email', value: 'Joao@example.com' }] });
	});

	it('keeps the one found by phone without what another has, and counts the items of two people', async () => {
		addContact(state(), { name: 'Bia', phone: '5585977770001' }, Date.now());
		const items = [{ name: 'Bia Lima', phone: '85 97777-0001', email: 'joao@example.com' }, { name: 'Rui', phone: '85 97777-0002', email: 'joao@example.com' }];
		const previous = { contactSource: 'previousNode' };
		const apart = await kinbox.run('contact', 'upsert', { ...previous, whenTwoPeople: 'keepApart' }, { items: items.slice(0, 1) });
		expect(apart.error).toBeUndefined();
		expect(apart.rows[0]).toMatchObject({ name: 'Bia Lima', phone: '+5585977770001', email: null, created: false, changed: true, matchedBy: 'phone', leftOut: [{ column: 'email', value: 'joao@example.com' }] });
		expect(JSON.stringify(apart.hints)).toContain('Values that belong to somebody else were left out: email (1 contact)');
		const refused = await kinbox.run('contact', 'upsert', previous, { items, continueOnFail: true });
		expect(refused.rows.map(({ error }) => error)).toEqual([expect.stringContaining('has this e-mail address, and contact'), expect.stringContaining('has this e-mail address, but another phone')]);
		expect(refused.requests.every(({ method }) => method === 'GET')).toBe(true);
		expect(JSON.stringify(refused.hints)).toContain('2 items belong to two people by their values, and nothing of them was written; each says which two.');
	});

	it('falls back to the e-mail address when the item, or the contact, has no phone', async () => {
		const result = await kinbox.run('contact', 'upsert', { name: 'João Novo', email: 'JOAO@example.com' });
		expect(result.rows[0]).toMatchObject({ name: 'João Novo', created: false, matchedBy: 'email' });
		for (const one of state().contacts.values()) if (one.email === 'joao@example.com') state().contacts.change(one.id, (contact) => { delete contact.phone; });
		const filled = await kinbox.run('contact', 'upsert', { phone: '85 97777-0001', email: 'joao@example.com' });
		expect(filled.rows[0]).toMatchObject({ phone: '+5585977770001', created: false, changed: true });
	});

	it('does not take somebody else for the one who was looked for', async () => {
		const [other] = [...state().contacts.values()];
		kinbox.sandbox.inject({ kind: 'status', status: 200, vendor: 'kinbox', operationId: 'v3ListContacts', times: 2, body: { totalCount: 1, data: [{ id: String(other!.id), name: 'Another', phone: '5585911112222' }] } });
		const { rows, requests } = await kinbox.run('contact', 'upsert', { name: 'Rita', phone: '85 97777-0001' });
		expect(rows[0]).toMatchObject({ created: true, name: 'Rita' });
		expect(requests.some(({ method }) => method === 'PATCH')).toBe(false);
	});

	it('reads the list where that is less work than asking for each, with the same outcome', async () => {
		const items = Array.from({ length: 25 }, (_, index) => ({ name: `N${index}`, phone: `+55859700010${String(index).padStart(2, '0')}` }));
		const run = async (rows: IDataObject[]) => await kinbox.run('contact', 'upsert', { name: '={{ $json.name }}', phone: '={{ $json.phone }}' }, { items: rows });
		const first = await run(items);
		expect(first.error).toBeUndefined();
		expect(first.requests.map(({ method }) => method).sort()).toEqual(['GET', ...items.map(() => 'POST')]);
		const again = await run([...items, ...items.slice(0, 3).map((item) => ({ ...item, name: 'Changed' }))]);
		expect(again.requests.map(({ method }) => method).sort()).toEqual(['GET', 'PATCH', 'PATCH', 'PATCH']);
		expect(again.rows.map(({ changed }) => changed)).toEqual([...items.map(() => false), true, true, true]);
	});

	it('creates one contact for two items with the same number in two spellings', async () => {
		kinbox.sandbox.inject({ kind: 'latency', vendor: 'kinbox', ms: 30 });
		const before = state().contacts.size;
		const result = await kinbox.run('contact', 'upsert', { name: '={{ $json.name }}', phone: '={{ $json.phone }}' }, {
			items: [{ name: 'First', phone: '85 97777-0001' }, { name: 'Second', phone: '+55 85 7777-0001' }, { name: 'Other', phone: '85 97777-0002' }],
		});
		expect(result.error).toBeUndefined();
		expect(result.rows.map(({ name, created }) => [name, created])).toEqual([['First', true], ['Second', false], ['Other', true]]);
		expect(state().contacts.size).toBe(before + 2);
	});

	it('finds what was created although the answer got lost', async () => {
		kinbox.sandbox.inject({ kind: 'reset-after-handling', vendor: 'kinbox', method: 'POST', times: 1 });
		const before = state().contacts.size;
		const result = await kinbox.run('contact', 'upsert', { name: 'Rita', phone: '85 97777-0001' });
		expect(result.error).toBeUndefined();
		// Whose it is is not known.
		expect(result.rows[0]).toMatchObject({ name: 'Rita', created: null });
		expect(state().contacts.size).toBe(before + 1);
	});

	it('reports a failure after which the contact is not there', async () => {
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', method: 'POST', status: 502 });
		const { error, requests } = await kinbox.run('contact', 'upsert', { name: 'Rita', phone: '85 97777-0001' });
		expect(error?.message).toMatch(/^Kinbox could not handle the request \(HTTP 502\)/);
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('updates when Kinbox refuses a duplicate that appeared meanwhile', async () => {
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', method: 'GET', status: 200, body: { totalCount: 0, data: [] }, times: 1 });
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', method: 'POST', status: 409, body: { statusCode: 409, message: 'exists', error: 'Conflict' }, times: 1 });
		const result = await kinbox.run('contact', 'upsert', { matchBy: 'email', name: 'New', email: 'joao@example.com' });
		expect(result.error).toBeUndefined();
		expect(result.rows[0]).toMatchObject({ name: 'New', email: 'joao@example.com', created: false });
	});

	it('passes a refusal on when nobody is found after it', async () => {
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', method: 'POST', status: 409, body: { statusCode: 409, message: 'exists', error: 'Conflict' }, times: 1 });
		const { error } = await kinbox.run('contact', 'upsert', { matchBy: 'email', name: 'New', email: 'new@example.com' });
		expect(error?.message).toBe('Kinbox has this record already: exists [item 0]');
	});

	it.each<[string, INodeParameters, string]>([
		['no phone', { matchBy: 'phone', name: 'Ana', email: 'ana@example.com' }, "'Find By' cannot be used: 'Phone' is empty [item 0]"],
		['no e-mail', { matchBy: 'email', name: 'Ana', phone: '85 97777-0001' }, "'Find By' cannot be used: 'Email' is empty [item 0]"],
		['neither', { matchBy: 'phoneOrEmail', name: 'Ana' }, "'Find By' cannot be used: 'Phone' and 'Email' are both empty [item 0]"],
		['no External ID', { matchBy: 'externalId', name: 'Ana', phone: '85 97777-0001' }, "'Find By' is External ID, but 'External ID' is empty [item 0]"],
		['a key that is none', { matchBy: 'name', name: 'Ana' }, "'Find By' is not one of the possible values [item 0]"],
	])('refuses %s', async (_what, fields, message) => {
		const { error, requests } = await kinbox.run('contact', 'upsert', fields);
		expect(error?.message).toBe(message);
		expect(requests).toEqual([]);
	});

	it('adds to the raw record whether it was created', async () => {
		const raw = await kinbox.run('contact', 'upsert', { phone: '558588887777', output: 'raw' });
		expect(raw.rows[0]).toMatchObject({ phone: '558588887777', created: false });
	});
});

describe('contact: set custom fields', () => {
	it('changes some fields and sends the others along, with either token', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const { id } = addContact(state(), { name: 'Ana', email: 'ana@example.com', customFields: { cpf: { value: '1' }, cidade: { value: 'Natal' } } }, Date.now());
			const result = await kinbox.run('contact', 'setCustomFields', { contactId: byId(id), customFields: mapped({ cidade: 'Recife', idade: 33 }), customFieldsJson: '{"aceita-novidades": true}' }, options);
			expect(result.error).toBeUndefined();
			expect(result.requests.find(({ method }) => method === 'PATCH')).toMatchObject({ body: { customFields: { cpf: { value: '1' }, cidade: { value: 'Recife' }, idade: { value: 33 }, 'aceita-novidades': { value: true } } } });
			expect(result.rows[0]).toMatchObject({ customFields: { cpf: '1', cidade: 'Recife', idade: 33, 'aceita-novidades': true } });
		}
	});

	it('refuses to set nothing, broken JSON, and tells of fields that Kinbox does not know', async () => {
		const nothing = await kinbox.run('contact', 'setCustomFields', { contactId: byId(555) });
		expect(nothing.error?.message).toBe("'Custom Fields' has no field with a value [item 0]");
		const broken = await kinbox.run('contact', 'setCustomFields', { contactId: byId(555), customFieldsJson: '{' });
		expect(broken.error?.message).toBe("'Custom Fields (JSON)' is not a JSON object [item 0]");
		const [id] = state().contacts.keys();
		const unknown = await kinbox.run('contact', 'setCustomFields', { contactId: byId(id!), customFieldsJson: '{"fax": "1"}' });
		expect(unknown.error?.message).toBe("'Custom Fields' has 'fax', and the Kinbox account has no such field for contacts [item 0]");
	});

	it('says that a contact is unknown', async () => {
		const { error } = await kinbox.run('contact', 'setCustomFields', { contactId: byId(999999), customFieldsJson: '{"cpf": "1"}' });
		expect(error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('contact: get many in a time range', () => {
	const from = '2026-03-01T00:00:00Z';
	const at = (hours: number) => Date.parse(from) + hours * 3_600_000;

	it('asks in windows of two hours and returns each contact once', async () => {
		for (const hours of [0, 1, 2, 3.999, 4, 13, 22, 23.9999]) addContact(state(), { name: `At ${hours}`, email: `at${hours}@example.com` }, at(hours));
		addContact(state(), { name: 'Later', email: 'later@example.com' }, at(24.1));
		const result = await kinbox.run('contact', 'getAllInRange', { from, to: '2026-03-02T00:00:00Z', returnAll: true });
		expect(result.error).toBeUndefined();
		expect(result.rows.map(({ name }) => name).sort()).toEqual(['At 0', 'At 1', 'At 13', 'At 2', 'At 22', 'At 23.9999', 'At 3.999', 'At 4']);
		expect(result.requests).toHaveLength(13);
		for (const { query } of result.requests) {
			const width = Date.parse(String(query.createdAtTo)) - Date.parse(String(query.createdAtFrom));
			expect(width).toBeGreaterThanOrEqual(0);
			expect(width).toBeLessThan(2 * 3_600_000);
		}
	});

	it('stops early at the limit', async () => {
		for (const hours of [0, 1, 2]) addContact(state(), { name: `At ${hours}`, email: `at${hours}@example.com` }, at(hours));
		const result = await kinbox.run('contact', 'getAllInRange', { from, to: '2026-03-20T00:00:00Z', limit: 2, newContact: true });
		expect(result.rows).toHaveLength(2);
		expect(result.requests).toHaveLength(4);
		expect(result.requests[0]?.query).toMatchObject({ newContact: 'true' });
	});

	it.each<[string, IDataObject, string]>([
		['no start', { from: '={{ $json.missing }}' }, "'From' is empty [item 0]"],
		['a start that is none', { from: 'yesterday' }, "'From' is not a date [item 0]"],
		['a start after the end', { from, to: '2026-02-01T00:00:00Z' }, "'From' is after 'To' [item 0]"],
	])('refuses %s', async (_what, fields, message) => {
		const { error } = await kinbox.run('contact', 'getAllInRange', fields as INodeParameters);
		expect(error?.message).toBe(message);
	});

	it('needs the Token V3', async () => {
		const { error } = await kinbox.run('contact', 'getAllInRange', { from }, apiToken(kinbox));
		expect(error?.message).toBe('The export of contacts needs the Token V3, but the credential holds the API Token [item 0]');
	});
});

describe('contact: custom fields', () => {
	const field = (placeholder: string, name: string, type: string) => {
		const [first] = [...state().customFields.values()];
		const id = 9000 + state().customFields.size;
		state().customFields.set(id, { ...first!, id, entity: 'contact', placeholder, name, type: type as never, options: [], isDeleted: false, isActive: true });
	};
	beforeEach(() => {
		field('nascimento', 'Data de Nascimento', 'date');
		field('limite', 'Limite', 'decimal');
	});

	it.each([
		['JSON by name', { additionalFields: { customFieldsJson: '{"Data de Nascimento": "24/12/1990", "LIMITE": "1.234,50"}' } }],
		['the form', { customFields: { mappingMode: 'defineBelow', value: { nascimento: '24/12/1990', limite: 'R$ 1.234,50' }, schema: [] } }],
		['cells of a database', { additionalFields: { customFieldsJson: '={{ { nascimento: { $date: "1990-12-24T00:00:00Z" }, limite: { $numberDecimal: "1234.50" } } }}' } }],
		['days of a spreadsheet', { additionalFields: { customFieldsJson: '{"nascimento": 33231, "limite": 1234.5}' } }],
	])('are written as their fields hold them, from %s', async (_, fields) => {
		const { requests, error } = await kinbox.run('contact', 'upsert', { name: 'Ana', phone: '85 98888-7766', ...fields } as never);
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toMatchObject({ customFields: { nascimento: { value: '1990-12-24' }, limite: { value: 1234.5 } } });
	});

	it.each([
		['{"nascimento": "31/02/1990"}', "'Custom Fields' cannot take the value of 'nascimento': it is a day that does not exist [item 0]"],
		['{"limite": "muito"}', "'Custom Fields' cannot take the value of 'limite': it is not a number [item 0]"],
		['{"limite": {"a": 1, "b": 2}}', "'Custom Fields' cannot take the value of 'limite': it is an object with more than one value [item 0]"],
		['{"nacimento": "1990-12-24"}', "'Custom Fields' has 'nacimento', and the Kinbox account has no such field for contacts [item 0]"],
	])('refuse %s before anything is written', async (customFieldsJson, message) => {
		const { requests, error } = await kinbox.run('contact', 'upsert', { name: 'Ana', phone: '85 98888-7766', additionalFields: { customFieldsJson } });
		expect(error?.message).toBe(message);
		expect(requests.every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('contact: our own record', () => {
	const own = async (): Promise<IDataObject> => (await kinbox.run('contact', 'get', { contactId: byId(addContact(state(), { name: 'User Name Only' }, 1_790_000_000_000).id) })).rows[0]!;

	it.each(['upsert', 'update'])('is updated by its ID, also without phone and e-mail address (%s)', async (operation) => {
		const record = await own();
		const { rows, error } = await kinbox.run('contact', operation, { contactSource: 'previousNode' }, { items: [{ ...record, name: 'Renamed' }, { contact: { ...record, name: 'Renamed' } }] });
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ id: record.id, name: 'Renamed', changed: true, matchedBy: 'id' }, { id: record.id, changed: false, matchedBy: 'id' }]);
	});

	it('is not taken for the one with the same ID in another account', async () => {
		const record = await own();
		const { error } = await kinbox.run('contact', 'upsert', { contactSource: 'previousNode' }, { items: [{ ...record, name: 'Somebody', createdAt: '2020-01-01T00:00:00.000Z' }] });
		expect(error?.message).toBe('The contact of the item is not in this Kinbox account, and has no phone or e-mail address to find it by [item 0]');
		expect(state().contacts.get(Number(record.id))?.name).toBe('User Name Only');
	});
});
