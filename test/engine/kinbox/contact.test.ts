import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { seedKinboxContacts } from '../../sandbox/kinbox/state';
import { byId, byUrl, fromList, useNode, type OperationOptions } from '../support';
import { apiToken } from './tokens';
import { contactDocument, kinds } from './documents';

const kinbox = useNode('Kinbox', Kinbox);

const mapped = (value: INodeParameters): INodeParameters => ({ mappingMode: 'defineBelow', value });

/** Every field of the form. */
const everyField = {
	name: 'Ana Souza',
	phone: '(85) 98888-7777',
	email: 'ana.souza@example.com',
	customFields: mapped({ cpf: '000.000.000-00' }),
	additionalFields: {
		_id: '66e2f0a1b2c3d4e5f6a7b8c9',
		avatar: 'https://example.com/ana.jpg',
		crmData: '{"hubspot": {"id": "77"}}',
		CustomerCustomField: '{"cpf": {"value": "000.000.000-00"}}',
		customFieldsJson: '{"cidade": "Fortaleza"}',
		externalId: 'ERP-1042',
		facebookId: '1000123456789',
		hasConversation: true,
		instagramId: '17841400000000000',
		isImported: true,
		isPrivate: true,
		location: 'Fortaleza, CE',
		newContact: true,
		notes: 'Prefers mornings',
		origin: 'Landing page',
		telegramId: '123456789',
	},
};
const everyBody = {
	_id: '66e2f0a1b2c3d4e5f6a7b8c9',
	name: 'Ana Souza',
	email: 'ana.souza@example.com',
	phone: '5585988887777',
	customFields: { cpf: { value: '000.000.000-00' }, cidade: { value: 'Fortaleza' } },
	externalId: 'ERP-1042',
	origin: 'Landing page',
	location: 'Fortaleza, CE',
	avatar: 'https://example.com/ana.jpg',
	facebookId: '1000123456789',
	instagramId: '17841400000000000',
	telegramId: '123456789',
	notes: 'Prefers mornings',
	isImported: true,
	hasConversation: true,
	newContact: true,
	crmData: { hubspot: { id: '77' } },
	CustomerCustomField: { cpf: { value: '000.000.000-00' } },
	isPrivate: true,
};
const v1Fields = {
	...everyField,
	additionalFields: { avatar: 'https://example.com/ana.jpg', customFieldsJson: '{"cidade": "Fortaleza"}', externalId: 'ERP-1042', isPrivate: true, location: 'Fortaleza, CE', notes: 'Prefers mornings', origin: 'Landing page' },
};
const v1Keys = ['name', 'email', 'phone', 'customFields', 'externalId', 'origin', 'location', 'avatar', 'notes', 'isPrivate'];
const v1Body = Object.fromEntries(Object.entries(everyBody).filter(([key]) => v1Keys.includes(key)));

let count = 0;
async function createContact(fields: IDataObject = {}, options?: OperationOptions): Promise<string> {
	const { json, error } = await kinbox.run('contact', 'create', { name: 'Bruno Lima', email: `bruno.${(count += 1)}@example.com`, ...fields } as never, options).then(({ rows, error: thrown }) => ({ json: rows[0], error: thrown }));
	if (error) throw error;
	return String(json?.id);
}

describe('contact: create', () => {
	it('sends the body of the documented call, field by field', async () => {
		const result = await kinbox.run('contact', 'create', everyField);
		expect(result.error).toBeUndefined();
		// The account's custom fields tell the form of each value.
		expect(result.requests.map(({ operationId }) => operationId)).toEqual(['v3ListCustomFields', 'v3CreateContact']);
		expect(result.requests[1]).toMatchObject({ method: 'POST', path: '/v3/contacts', status: 201 });
		expect(result.requests[1]?.body).toEqual(everyBody);
		expect(kinds(result.requests[1]?.body)).toEqual(kinds(contactDocument));
	});

	it('outputs the common contact', async () => {
		const { rows } = await kinbox.run('contact', 'create', everyField);
		expect(rows).toEqual([{
			id: expect.stringMatching(/^\d+$/),
			name: 'Ana Souza',
			email: 'ana.souza@example.com',
			phone: '+5585988887777',
			externalId: 'ERP-1042',
			avatarUrl: 'https://example.com/ana.jpg',
			tags: [],
			customFields: { cpf: '000.000.000-00', cidade: 'Fortaleza' },
			notes: 'Prefers mornings',
			url: null,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			updatedAt: expect.anything(),
			platform: 'kinbox',
		}]);
	});

	it('leaves out what is not filled in', async () => {
		const { requests, error } = await kinbox.run('contact', 'create', { name: 'Ana Souza', email: 'ana@example.com' });
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toEqual({ name: 'Ana Souza', email: 'ana@example.com' });
	});

	it('goes to v1 with an API token, which needs the custom fields key', async () => {
		const least = await kinbox.run('contact', 'create', { name: 'Ana Souza', email: 'ana@example.com' }, apiToken(kinbox));
		expect(least.error).toBeUndefined();
		expect(least.requests[0]).toMatchObject({ method: 'POST', path: '/v1/contacts', body: { name: 'Ana Souza', email: 'ana@example.com', customFields: {} } });
		const most = await kinbox.run('contact', 'create', v1Fields, apiToken(kinbox));
		expect(most.error).toBeUndefined();
		expect(most.requests.at(-1)?.body).toEqual(v1Body);
		expect(most.rows[0]).toMatchObject({ name: 'Ana Souza', phone: '+5585988887777', createdAt: null, platform: 'kinbox' });
	});

	it.each(['_id', 'crmData', 'CustomerCustomField', 'facebookId', 'hasConversation', 'instagramId', 'isImported', 'newContact', 'telegramId'] as const)(
		'says that %s needs the Token V3, and sends nothing',
		async (key) => {
			const { error, requests } = await kinbox.run('contact', 'create', { name: 'Ana', additionalFields: { [key]: everyField.additionalFields[key] } }, apiToken(kinbox));
			expect(error?.message).toMatch(/^'.+' needs the Token V3, but the credential holds the API Token \[item 0\]$/);
			expect(requests).toEqual([]);
		},
	);

	it.each<[string, IDataObject, RegExp]>([
		['no name', { name: ' ' }, /^'Name' is empty \[item 0\]$/],
		['a malformed e-mail', { email: 'ana@' }, /^'Email' is not an e-mail address \[item 0\]$/],
		['letters in the phone', { phone: '85 9888-CASA' }, /^'Phone' cannot be used as a phone number: it has letters in it .*\[item 0\]$/],
		['a rounded phone', { phone: '5.58599E+12' }, /^'Phone' cannot be used as a phone number: a spreadsheet .*\[item 0\]$/],
		['broken JSON', { additionalFields: { customFieldsJson: '{cpf: 1}' } }, /^'Custom Fields \(JSON\)' is not a JSON object \[item 0\]$/],
		['JSON that is a list', { additionalFields: { crmData: '[1]' } }, /^'CRM Data \(JSON\)' is not a JSON object \[item 0\]$/],
		['a picture that is no address', { additionalFields: { avatar: 'ana.jpg' } }, /^'Avatar URL' is not a web address \[item 0\]$/],
		['a name that is too long', { name: 'a'.repeat(129) }, /^'Name' has more than 128 characters \[item 0\]$/],
		['an e-mail that is too long', { email: `${'a'.repeat(100)}@example.com` }, /^'Email' has more than 100 characters \[item 0\]$/],
	])('refuses %s before sending', async (_what, fields, message) => {
		const { error, requests } = await kinbox.run('contact', 'create', { name: 'Ana', ...fields } as never);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(requests).toEqual([]);
	});

	it('keeps going past bad items and links each output to its item', async () => {
		const { rows, outputs, requests } = await kinbox.run('contact', 'create', { name: '={{ $json.name }}', email: '={{ $json.email }}' }, {
			items: [{ name: 'Ana', email: 'ana@example.com' }, { name: '', email: 'x@example.com' }, { name: 'Caio', email: 'caio' }, { name: 'Duda', email: 'duda@example.com' }],
			onError: 'continueErrorOutput',
		});
		expect(rows.map(({ name }) => name)).toEqual(['Ana', 'Duda']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual([expect.stringMatching(/^'Name' is empty \[item 1\]/), expect.stringMatching(/^'Email' is not an e-mail address \[item 2\]/)]);
		expect(requests).toHaveLength(2);
	});

	it('passes an error on as an item with "Continue"', async () => {
		const { status, rows } = await kinbox.run('contact', 'create', { name: '={{ $json.name }}', email: 'ana@example.com' }, { items: [{ name: '' }, { name: 'Ana' }], onError: 'continueRegularOutput' });
		expect(status).toBe('success');
		expect(rows[0]?.error).toMatch(/^'Name' is empty \[item 0\]/);
		expect(rows[1]?.name).toBe('Ana');
	});

	it('checks all items before the first is sent when it stops on errors', async () => {
		const { error, requests } = await kinbox.run('contact', 'create', { name: '={{ $json.name }}' }, { items: [{ name: 'Ana' }, { name: '' }] });
		expect(error?.message).toBe("'Name' is empty [item 1]");
		expect(requests).toEqual([]);
	});

	it('outputs what Kinbox answers with Raw, and chosen fields with Selected Fields', async () => {
		const raw = await kinbox.run('contact', 'create', { ...everyField, output: 'raw' });
		expect(raw.rows[0]).toMatchObject({ phone: '5585988887777', customFields: { cpf: { value: '000.000.000-00' } }, workspaceId: expect.any(Number) });
		const selected = await kinbox.run('contact', 'create', { ...everyField, output: 'selected', outputFields: ['name', 'facebookId'] });
		expect(selected.rows).toEqual([{ name: 'Ana Souza', facebookId: '1000123456789' }]);
	});

	it('explains a wrong token', async () => {
		const { error } = await kinbox.run('contact', 'create', { name: 'Ana' }, { credential: { kinboxApi: { token: 'not-a-token' } } });
		expect(error?.message).toBe('Kinbox did not accept the token of the credential [item 0]');
		expect(error?.description).toContain("'Kind of Token'");
	});

	it('explains a token of the other generation', async () => {
		const { error } = await kinbox.run('contact', 'create', { name: 'Ana' }, { credential: { kinboxApi: { generation: 'v1' } } });
		expect(error?.message).toBe('Kinbox does not allow this with the token of the credential [item 0]');
		expect(error?.description).toContain("'Kind of Token'");
	});

	it('explains a host where nobody listens', async () => {
		const { error } = await kinbox.run('contact', 'create', { name: 'Ana' }, { credential: { kinboxApi: { host: 'http://127.0.0.1:9' } } });
		expect(error?.message).toBe('Kinbox could not be reached at http://127.0.0.1:9 [item 0]');
	});

	it('accepts a token with "Bearer" in front and a host with a version behind', async () => {
		const { kinbox: vendor } = kinbox.sandbox;
		const { error } = await kinbox.run('contact', 'create', { name: 'Ana', email: 'ana@example.com' }, { credential: { kinboxApi: { token: ` Bearer ${vendor.tokens.v3} `, host: `${vendor.url}/v3/` } } });
		expect(error).toBeUndefined();
	});

	it('does not repeat a create that the server may have carried out', async () => {
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', status: 502, times: 1 });
		const { error, requests } = await kinbox.run('contact', 'create', { name: 'Ana' });
		expect(requests).toHaveLength(1);
		expect(error?.description).toContain('It is not known whether Kinbox has carried the request out');
	});
});

describe('contact: update', () => {
	it('sends the body of the documented call, field by field', async () => {
		const id = await createContact({ additionalFields: { newContact: false } });
		const result = await kinbox.run('contact', 'update', { contactId: byId(id), ...everyField });
		expect(result.error).toBeUndefined();
		const sent = result.requests.find(({ method }) => method === 'PATCH');
		expect(sent).toMatchObject({ path: `/v3/contacts/${id}`, status: 200, body: everyBody });
		expect(kinds(sent?.body)).toEqual(kinds(contactDocument));
		expect(result.rows[0]).toMatchObject({ id, name: 'Ana Souza', phone: '+5585988887777' });
	});

	it('changes only what is filled in, with either token', async () => {
		const id = await createContact({ email: 'bruno@example.com' });
		for (const options of [undefined, apiToken(kinbox)]) {
			const result = await kinbox.run('contact', 'update', { contactId: byId(id), phone: '+351 912 345 678' }, options);
			expect(result.error).toBeUndefined();
			expect(result.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body)).toEqual(options === undefined ? [{ phone: '351912345678' }] : []);
			expect(result.rows[0]).toMatchObject({ changed: options === undefined, matchedBy: 'id' });
			expect(result.rows[0]).toMatchObject({ id, name: 'Bruno Lima', email: 'bruno@example.com', phone: '+351912345678' });
		}
	});

	it('sends all fields of v1 with an API token', async () => {
		const id = await createContact();
		const { error, requests } = await kinbox.run('contact', 'update', { contactId: byId(id), ...v1Fields }, apiToken(kinbox));
		expect(error).toBeUndefined();
		const sent = requests.find(({ method }) => method === 'PATCH');
		expect(sent).toMatchObject({ path: `/v1/contacts/${id}` });
		expect(sent?.body).toEqual(v1Body);
	});

	it('finds the contact in a page address and in a list choice', async () => {
		const id = await createContact();
		for (const contactId of [byUrl(`https://app.kinbox.com.br/contacts/${id}?tab=1`), fromList(id)]) {
			const { error, requests } = await kinbox.run('contact', 'update', { contactId, name: 'Bia' });
			expect(error).toBeUndefined();
			expect(requests[0]?.path).toBe(`/v3/contacts/${id}`);
		}
	});

	it('refuses an update that changes nothing, and one without a contact', async () => {
		const nothing = await kinbox.run('contact', 'update', { contactId: byId(1) });
		expect(nothing.error?.message).toBe("'Contact' is given, but no field to change [item 0]");
		const nobody = await kinbox.run('contact', 'update', { contactId: byId('={{ $json.missing }}'), name: 'Ana' });
		expect(nobody.error?.message).toBe("'Contact' is empty [item 0]");
		expect([...nothing.requests, ...nobody.requests]).toEqual([]);
	});

	it('says that a contact is unknown', async () => {
		const { error } = await kinbox.run('contact', 'update', { contactId: byId(999999999), name: 'Ana' });
		expect(error?.message).toBe('Kinbox does not know this record [item 0]');
		expect(error?.description).toContain('another workspace');
	});

	it('repeats after a failure of the server, as setting fields twice is harmless', async () => {
		const id = await createContact();
		kinbox.sandbox.inject({ kind: 'status', vendor: 'kinbox', operationId: 'v3UpdateContact', status: 503, times: 1 });
		const { error, requests } = await kinbox.run('contact', 'update', { contactId: byId(id), name: 'Bia' });
		expect(error).toBeUndefined();
		expect(requests.map(({ status }) => status)).toEqual([200, 503, 200]);
	});
});

describe('contact: get', () => {
	it('gets a contact with either token', async () => {
		const id = await createContact({ phone: '+55 11 97777-6666' });
		for (const [options, path] of [[undefined, `/v3/contacts/${id}`], [apiToken(kinbox), `/v1/contacts/${id}`]] as const) {
			const { rows, requests, error } = await kinbox.run('contact', 'get', { contactId: byId(id) }, options);
			expect(error).toBeUndefined();
			expect(requests[0]).toMatchObject({ method: 'GET', path });
			expect(rows).toEqual([expect.objectContaining({ id, name: 'Bruno Lima', phone: '+5511977776666', platform: 'kinbox' })]);
		}
	});

	it('says that a contact is unknown', async () => {
		const { error } = await kinbox.run('contact', 'get', { contactId: byId(999999999) });
		expect(error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('contact: get many', () => {
	const filters = { createdAtFrom: '2020-01-01T00:00:00', createdAtTo: '2099-01-01T00:00:00Z', email: 'bruno@example.com', phone: '85 98888-7777' };

	it('stops at the limit and asks for no more than it', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			for (let index = 0; index < 3; index += 1) await createContact();
			const { rows, requests, error } = await kinbox.run('contact', 'getAll', { limit: 2 }, options);
			expect(error).toBeUndefined();
			expect(rows).toHaveLength(2);
			expect(requests[0]?.query).toMatchObject({ limit: '2' });
		}
	});

	it('returns all over several pages, with either token', async () => {
		seedKinboxContacts(kinbox.sandbox.kinbox.state, 510);
		const { size } = kinbox.sandbox.kinbox.state.contacts;
		for (const [options, pages] of [[undefined, 2], [apiToken(kinbox), 6]] as const) {
			const all = await kinbox.run('contact', 'getAll', { returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.requests.length).toBeGreaterThanOrEqual(pages);
			expect(new Set(all.rows.map(({ id }) => id)).size).toBe(size);
			expect(all.rows).toHaveLength(size);
		}
	}, 30_000);

	it('finds a phone in any spelling, with either token', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const { rows, requests, error } = await kinbox.run('contact', 'getAll', { filters: { phone: '85 98888-7777' } }, options);
			expect(error).toBeUndefined();
			expect(rows).toMatchObject([{ email: 'joao@example.com', phone: '+558588887777' }]);
			expect(requests.map(({ query }) => query.phone)).toEqual(['5585988887777', '558588887777']);
		}
	});

	it('spells the filters as each generation wants them', async () => {
		await createContact({ email: 'bruno@example.com', phone: '85 98888-7777' });
		const v3 = await kinbox.run('contact', 'getAll', {
			filters: { ...filters, externalId: 'ERP-1', name: 'Bruno', newContact: true, origin: 'Site', search: 'Bru' },
		});
		expect(v3.error).toBeUndefined();
		expect(v3.requests[0]?.query).toEqual({
			createdAtFrom: expect.stringMatching(/^2020-01-01T0\d:00:00.000Z$/), createdAtTo: '2099-01-01T00:00:00.000Z', email: 'bruno@example.com',
			phone: '5585988887777', externalId: 'ERP-1', name: 'Bruno', newContact: 'true', origin: 'Site', search: 'Bru', limit: '50', offset: '0',
		});
		const v1 = await kinbox.run('contact', 'getAll', { filters }, apiToken(kinbox));
		expect(v1.error).toBeUndefined();
		expect(v1.requests[0]?.query).toEqual({
			created_at_from: expect.stringMatching(/^2020-01-01T0\d:00:00.000Z$/), created_at_to: '2099-01-01T00:00:00.000Z', email: 'bruno@example.com', phone: '5585988887777', limit: '50',
		});
		expect(v1.rows).toEqual([expect.objectContaining({ name: 'Bruno Lima' })]);
	});

	it('finds nothing without an error', async () => {
		const { rows, status } = await kinbox.run('contact', 'getAll', { filters: { email: 'nobody@example.com' } });
		expect(status).toBe('success');
		expect(rows).toEqual([]);
	});

	it.each(['externalId', 'name', 'newContact', 'origin', 'search'])('says that the filter %s needs the Token V3', async (key) => {
		const { error, requests } = await kinbox.run('contact', 'getAll', { filters: { [key]: key === 'newContact' ? true : 'x' } }, apiToken(kinbox));
		expect(error?.message).toMatch(/^The filter '.+' needs the Token V3, but the credential holds the API Token \[item 0\]$/);
		expect(requests).toEqual([]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['a date that is none', { createdAtFrom: 'next week' }, /^'Created After' is not a date \[item 0\]$/],
		['a day that does not exist', { createdAtTo: '2026-02-31T00:00:00' }, /^'Created Before' is a day that does not exist \[item 0\]$/],
		['a malformed e-mail', { email: 'x' }, /^'Email' is not an e-mail address \[item 0\]$/],
		['a phone without area code', { phone: '98888-7777' }, /^'Phone' cannot be used as a phone number: the area code .*\[item 0\]$/],
	])('refuses %s', async (_what, wrong, message) => {
		const { error, requests } = await kinbox.run('contact', 'getAll', { filters: wrong as never });
		expect(error?.message).toMatch(message);
		expect(requests).toEqual([]);
	});
});
