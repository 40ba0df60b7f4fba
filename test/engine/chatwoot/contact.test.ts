import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { seedChatwootContacts } from '../../sandbox/chatwoot/state';
import { byId, byUrl, fromList, useNode, type OperationOptions } from '../support';
import { asAgent, asBot, describeFailures, mapped } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const picture = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
const items = [{ json: {}, binary: { data: { data: picture, mimeType: 'image/png', fileName: 'ana.png' } } }];

/** Every field of the form. */
const everyField = {
	name: 'Ana Souza',
	email: 'Ana.Souza@Example.com',
	phone: '(85) 98888-7777',
	identifier: 'ERP-1042',
	inboxId: byId(2),
	sourceId: 'customer-1042',
	customAttributes: mapped({ cpf: '000.000.000-00', limite_credito: 2500, aceita_novidades: true, aniversario: '1990-05-17T00:00:00' }, [
		{ id: 'cpf', type: 'string' }, { id: 'limite_credito', type: 'number' }, { id: 'aceita_novidades', type: 'boolean' }, { id: 'aniversario', type: 'dateTime' },
	]),
	additionalFields: {
		additionalAttributesJson: '{"timezone": "America/Fortaleza"}',
		avatarUrl: 'https://example.com/ana.jpg',
		blocked: true,
		city: 'Fortaleza',
		companyName: 'Padaria Boa Vista',
		country: 'Brazil',
		countryCode: 'br',
		customAttributesJson: '{"plano": "completo"}',
		description: 'Prefers mornings',
		socialProfiles: { instagram: 'anasouza', linkedin: 'ana-souza' },
	},
};
const everyBody = {
	name: 'Ana Souza',
	email: 'Ana.Souza@Example.com',
	phone_number: '+5585988887777',
	identifier: 'ERP-1042',
	avatar_url: 'https://example.com/ana.jpg',
	blocked: true,
	additional_attributes: {
		timezone: 'America/Fortaleza',
		city: 'Fortaleza',
		company_name: 'Padaria Boa Vista',
		country: 'Brazil',
		country_code: 'BR',
		description: 'Prefers mornings',
		social_profiles: { instagram: 'anasouza', linkedin: 'ana-souza' },
	},
	custom_attributes: { cpf: '000.000.000-00', limite_credito: 2500, aceita_novidades: true, aniversario: '1990-05-17', plano: 'completo' },
	inbox_id: 2,
	source_id: 'customer-1042',
};

async function createContact(fields: IDataObject = {}, options?: OperationOptions): Promise<string> {
	const { rows, error } = await chatwoot.run('contact', 'create', { name: 'Bruno Lima', ...fields } as never, options);
	if (error) throw error;
	return String(rows[0]?.id);
}

describe('contact: create', () => {
	it('sends the body of the documented call, field by field', async () => {
		const { requests, error } = await chatwoot.run('contact', 'create', everyField);
		expect(error).toBeUndefined();
		// The second looks whether another run has made the same contact at the same time.
		expect(requests.map(({ operationId }) => operationId)).toEqual(['listCustomAttributeDefinitions', 'createContact', 'filterContacts']);
		expect(requests[1]).toMatchObject({ method: 'POST', path: '/api/v1/accounts/1/contacts', status: 200 });
		expect(requests[1]?.body).toEqual(everyBody);
		// The keys that Chatwoot's own page prints.
		const sent = Object.keys(requests[1]?.body as object);
		expect(sent).toEqual(expect.arrayContaining(['inbox_id', 'name', 'email', 'phone_number', 'avatar_url', 'identifier', 'custom_attributes']));
	});

	it('outputs the common contact', async () => {
		const { rows } = await chatwoot.run('contact', 'create', everyField);
		expect(rows).toEqual([{
			id: expect.stringMatching(/^\d+$/),
			name: 'Ana Souza',
			email: 'ana.souza@example.com',
			phone: '+5585988887777',
			externalId: 'ERP-1042',
			avatarUrl: null,
			tags: [],
			customFields: everyBody.custom_attributes,
			notes: 'Prefers mornings',
			url: `${chatwoot.sandbox.chatwoot.url}/app/accounts/1/contacts/${String(rows[0]?.id)}`,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			updatedAt: null,
			platform: 'chatwoot',
		}]);
	});

	it('leaves out what is not filled in, and needs no inbox', async () => {
		const { requests, error } = await chatwoot.run('contact', 'create', { name: 'Ana Souza' });
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toEqual({ name: 'Ana Souza' });
	});

	it('gives all of the answer, or chosen fields of it', async () => {
		const raw = await chatwoot.run('contact', 'create', { name: 'Ana', inboxId: byId(2), output: 'raw' });
		expect(raw.rows[0]).toMatchObject({ name: 'Ana', contact_inboxes: [{ inbox: { id: 2 } }] });
		const chosen = await chatwoot.run('contact', 'create', { name: 'Ana', additionalFields: { city: 'Porto' }, output: 'selected', outputFields: ['name', 'additional_attributes.city'] });
		expect(chosen.rows).toEqual([{ name: 'Ana', 'additional_attributes.city': 'Porto' }]);
	});

	it('uploads a picture from the input in a second request', async () => {
		const { requests, rows, error } = await chatwoot.run('contact', 'create', { name: 'Ana', additionalFields: { avatarField: 'data' } }, { items });
		expect(error).toBeUndefined();
		expect(requests.map(({ method, headers }) => `${method} ${String(headers['content-type']).split(';')[0]}`)).toEqual(['POST application/json', 'PATCH multipart/form-data']);
		expect(rows[0]?.avatarUrl).toContain('ana.png');
	});

	it('says which contact has the e-mail, phone or identifier already', async () => {
		const id = await createContact({ name: 'Ana Souza', email: 'ana@example.com', phone: '+5585988887777', identifier: 'E1' });
		for (const [label, fields] of [['Email', { email: 'ANA@example.com' }], ['Phone', { phone: '85 98888-7777' }], ['Identifier', { identifier: 'E1' }]] as const) {
			const { error } = await chatwoot.run('contact', 'create', { name: 'Other', ...fields });
			expect(error?.message).toBe(`Contact ${id} (Ana Souza) has this '${label}' already [item 0]`);
			expect(error?.description).toContain(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/contacts/${id}`);
		}
	});

	it('tells the second of two items in one run about the first', async () => {
		const result = await chatwoot.run('contact', 'create', { name: '={{ $json.name }}', email: 'ana@example.com' }, { items: [{ name: 'First' }, { name: 'Second' }], continueOnFail: true });
		expect(result.rows[0]).toMatchObject({ name: 'First' });
		expect(result.rows[1]?.error).toMatch(/^Contact \d+ \(First\) has this 'Email' already \[item 1\]/);
		expect(result.first.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('names our field when the server refuses its form', async () => {
		chatwoot.sandbox.inject({ kind: 'status', status: 422, vendor: 'chatwoot', operationId: 'createContact', body: { message: 'Telefone deve estar no formato e164', attributes: ['phone_number', 'phone_number'] } });
		const { error } = await chatwoot.run('contact', 'create', { name: 'Ana', phone: '+5585988887777' });
		expect(error?.message).toBe("Chatwoot refused 'Phone': Telefone deve estar no formato e164 [item 0]");
	});

	it('explains inboxes that lack the address, or need a source ID', async () => {
		const mail = await chatwoot.run('contact', 'create', { name: 'Ana', inboxId: byId(3) });
		expect(mail.error?.message).toBe('The contact has no e-mail address, and this inbox writes to e-mail addresses [item 0]');
		const instagram = await chatwoot.run('contact', 'create', { name: 'Ana', inboxId: byId(6) });
		const first = "Nobody can be written to first in 'Inbox' 6, which is of the kind Instagram [item 0]";
		expect(instagram.error?.message).toBe(first);
		expect((await chatwoot.run('contact', 'linkToInbox', { contactId: byId(1), inboxId: byId(6) })).error?.message).toBe(first);
		expect((await chatwoot.run('conversation', 'create', { contactId: byId(1), inboxId: byId(6) })).error?.message).toBe(first);
		const nowhere = await chatwoot.run('contact', 'create', { name: 'Ana', inboxId: byId(99) });
		expect(nowhere.error?.message).toBe("'Inbox' 99 is not in account 1 [item 0]");
		expect(chatwoot.sandbox.chatwoot.state.contacts.size).toBe(3);
	});

	describeFailures(chatwoot, 'contact', 'create', {
		good: () => ({ name: 'Ana' }),
		bad: [
			['an empty form', { name: ' ' }, /^'Name' is empty, and so are Email, Phone and Identifier \[item 0\]$/],
			['a malformed e-mail', { email: 'ana@' }, /^'Email' is not an e-mail address \[item 0\]$/],
			['letters in the phone', { phone: '85 9888-CASA' }, /^'Phone' cannot be used as a phone number: .*\[item 0\]$/],
			['a source ID without inbox', { sourceId: 'x' }, /^'Source ID' is given without 'Inbox' \[item 0\]$/],
			['an inbox that is no number', { inboxId: byId('={{ "Site" }}') }, /^'Inbox' is not the ID of an inbox \[item 0\]$/],
			['broken JSON', { additionalFields: { customAttributesJson: '{a: 1}' } }, /^'Custom Attributes \(JSON\)' is not a JSON object \[item 0\]$/],
			['a picture that is no address', { additionalFields: { avatarUrl: 'ana.jpg' } }, /^'Avatar URL' is not a web address \[item 0\]$/],
			['a name that is too long', { name: 'a'.repeat(256) }, /^'Name' has more than 255 characters \[item 0\]$/],
			['an account that is no number', { account: byId('={{ "mine" }}') }, /^'Account' is not an account \[item 0\]$/],
		],
	});
});

describe('contact: two accounts', () => {
	const paths = async (fields: IDataObject, credential: IDataObject) => {
		const { requests, error } = await chatwoot.run('contact', 'getAll', { limit: 1, ...fields } as never, { credential: { chatwootAccessTokenApi: credential as never }, skipSchema: true });
		return { paths: requests.map(({ path }) => path), error };
	};

	it('is the one of the credential, of its URL, or the first of the profile, in this order', async () => {
		const { url } = chatwoot.sandbox.chatwoot;
		expect((await paths({}, { accountId: '2', url: `${url}/app/accounts/1/dashboard` })).paths).toEqual(['/api/v1/accounts/2/contacts']);
		expect((await paths({}, { accountId: '', url: `${url}/app/accounts/2/dashboard/` })).paths).toEqual(['/api/v1/accounts/2/contacts']);
		expect((await paths({}, { accountId: '', url: `${url}//` })).paths).toEqual(['/api/v1/profile', '/api/v1/accounts/1/contacts']);
	});

	it.each([['ID', () => byId(2)], ['list', () => fromList(2)], ['address', (host: string) => byUrl(`${host}/app/accounts/2/settings/labels`)]])('can be chosen by %s', async (_how, named) => {
		const account = named(chatwoot.sandbox.chatwoot.url);
		expect((await paths({ account }, {})).paths).toEqual(['/api/v1/accounts/2/contacts']);
	});

	it('can be another one for each item, and the profile is asked once', async () => {
		const result = await chatwoot.run('contact', 'getAll', { account: byId('={{ $json.account }}'), limit: 1 }, {
			items: [{ account: '' }, { account: 2 }, { account: '' }], credential: { chatwootAccessTokenApi: { accountId: '' } }, skipSchema: true,
		});
		expect(result.error).toBeUndefined();
		expect(result.requests.map(({ path }) => path).sort()).toEqual(['/api/v1/accounts/1/contacts', '/api/v1/accounts/1/contacts', '/api/v1/accounts/2/contacts', '/api/v1/profile']);
	});

	it('says when the token does not belong to it', async () => {
		const { error } = await chatwoot.run('contact', 'getAll', { account: byId(2) }, asAgent(chatwoot));
		expect(error?.message).toBe('The access token is valid, but not for account 2 [item 0]');
		expect(error?.description).toContain("'Account'");
	});

	it('says when it is suspended, and when a bot asks', async () => {
		const suspended = await chatwoot.run('contact', 'getAll', { account: byId(3) });
		expect(suspended.error?.message).toBe('Chatwoot has suspended account 3 [item 0]');
		const bot = await chatwoot.run('contact', 'getAll', {}, asBot(chatwoot));
		expect(bot.error?.message).toBe('The access token belongs to an agent bot, and bots may not do this [item 0]');
	});

	it('refuses a default account that is no number', async () => {
		const { error } = await paths({}, { accountId: 'Loja' });
		expect(error?.message).toContain("'Default Account ID' in the credential is not a number");
	});
});

describe('contact: errors of the server', () => {
	const failing = async (status: number, body?: unknown) => {
		chatwoot.sandbox.inject({ kind: 'status', status, vendor: 'chatwoot', body });
		const { error } = await chatwoot.run('contact', 'create', { name: 'Ana', options: { giveUpAfter: 0.001 } });
		return error;
	};

	it.each<[number, unknown, RegExp, RegExp]>([
		[402, { error: 'Please upgrade' }, /^The plan of the Chatwoot account does not cover this: Please upgrade \[item 0\]$/, /^$/],
		[403, { error: 'API access is not available' }, /^Chatwoot does not allow this \[item 0\]$/, /plan of the account may not include the API.*API access is not available/],
		[429, undefined, /^Chatwoot keeps throttling the requests \[item 0\]$/, /Parallel Requests/],
		[500, undefined, /^Chatwoot could not handle the request \(HTTP 500\) \[item 0\]$/, /not known whether Chatwoot has carried/],
	])('%d', async (status, body, message, description) => {
		const error = await failing(status, body);
		expect(error?.message).toMatch(message);
		expect(error?.description ?? '').toMatch(description);
	});

	it.each([[{ status: 500, error: 'Internal Server Error' }, 2], [{ error: 'An unexpected error occurred' }, 4]])('a fault of its own to a read (%j) is asked for %i times', async (body, times) => {
		chatwoot.sandbox.inject({ kind: 'status', status: 500, vendor: 'chatwoot', operationId: 'getContact', body });
		const { error, requests } = await chatwoot.run('contact', 'get', { contactId: byId(1) });
		expect(error?.message).toBe('Chatwoot could not handle the request (HTTP 500) [item 0]');
		expect(requests.filter(({ operationId }) => operationId === 'getContact')).toHaveLength(times);
	});

	it('a page of a proxy', async () => {
		chatwoot.sandbox.inject({ kind: 'html', status: 200, vendor: 'chatwoot' });
		const { error } = await chatwoot.run('contact', 'getAll', {});
		expect(error?.message).toBe('Chatwoot answered with something that is not data [item 0]');
		expect(error?.description).toContain('a web page');
	});
});

describe('contact: get', () => {
	it.each([['ID', () => byId(2)], ['list', () => fromList(2)], ['address', (host: string) => byUrl(`${host}/app/accounts/1/contacts/2?page=3`)]])('by %s', async (_how, named) => {
		const contactId = named(chatwoot.sandbox.chatwoot.url);
		const { requests, rows, error } = await chatwoot.run('contact', 'get', { contactId });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'GET', path: '/api/v1/accounts/1/contacts/2' });
		expect(rows[0]).toMatchObject({ id: '2', platform: 'chatwoot' });
	});

	describeFailures(chatwoot, 'contact', 'get', {
		good: () => ({ contactId: byId(1) }),
		unknown: { contactId: '999' },
		bad: [['a contact that is no number', { contactId: byId('={{ "Ana" }}') }, /^'Contact' is not an ID \[item 0\]$/]],
	});
});

describe('contact: get many', () => {
	it('reads all pages in the order asked for, several at a time', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 97);
		chatwoot.sandbox.inject({ kind: 'latency', ms: 300 });
		const { rows, requests, error } = await chatwoot.run('contact', 'getAll', { returnAll: true, sort: { by: 'name', direction: 'asc' } });
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(100);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
		expect(requests.every(({ query }) => query.sort === 'name' && query.include_contact_inboxes === 'false')).toBe(true);
		expect(chatwoot.sandbox.metrics.chatwoot.maxSimultaneous).toBeGreaterThan(1);
	});

	it('always sends an order, and stops at the limit', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 60);
		const { rows, requests } = await chatwoot.run('contact', 'getAll', { limit: 20 });
		expect(rows).toHaveLength(20);
		expect(requests.map(({ query }) => query)).toEqual([{ sort: '-created_at', include_contact_inboxes: 'false', page: '1' }, { sort: '-created_at', include_contact_inboxes: 'false', page: '2' }]);
	});

	it('narrows to labels, to who is online, and adds the inboxes', async () => {
		const { state } = chatwoot.sandbox.chatwoot;
		state.contacts.change(1, (one) => { one.labels = ['vip']; });
		state.onlineContacts.add(3);
		const vip = await chatwoot.run('contact', 'getAll', { filters: { labels: ['vip', 'troca'], includeInboxes: true }, output: 'raw' });
		expect(vip.requests[1]?.query).toMatchObject({ 'labels[]': ['vip', 'troca'], include_contact_inboxes: 'true' });
		expect(vip.rows).toMatchObject([{ id: 1, contact_inboxes: [] }]);
		const online = await chatwoot.run('contact', 'getAll', { filters: { online: true } });
		expect(online.requests[0]?.path).toBe('/api/v1/accounts/1/contacts/active');
		expect(online.rows.map(({ id }) => id)).toEqual(['3']);
	});

	it('gives nothing for an empty list', async () => {
		const { rows, error } = await chatwoot.run('contact', 'getAll', { account: byId(2), returnAll: true });
		expect(error).toBeUndefined();
		expect(rows).toEqual([]);
	});

	describeFailures(chatwoot, 'contact', 'getAll', {
		good: () => ({ limit: 2 }),
		bad: [
			['a limit of 0', { limit: 0 }, /^'Limit' is less than 1 \[item 0\]$/],
			['an unknown order', { sort: { by: 'age' } }, /^'By' is not one of the possible values \[item 0\]$/],
		],
	});
});

describe('contact: search', () => {
	it('reads on while there is more, whatever the count says', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 50);
		const { rows, requests, error } = await chatwoot.run('contact', 'search', { searchText: 'example.com', returnAll: true });
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(53);
		expect(requests.map(({ query }) => `${String(query.q)} ${String(query.page)} ${String(query.sort)}`)).toEqual([1, 2, 3, 4].map((page) => `example.com ${page} -created_at`));
	});

	it('also finds contacts that the list hides', async () => {
		await createContact({ name: 'Sem contato' });
		const { rows } = await chatwoot.run('contact', 'search', { searchText: 'sem contato' });
		expect(rows).toHaveLength(1);
	});

	describeFailures(chatwoot, 'contact', 'search', { good: () => ({ searchText: 'a' }), bad: [['an empty text', { searchText: ' ' }, /^'Search Text' is empty \[item 0\]$/]] });
});

describe('contact: update', () => {
	it('sends what is filled in, as for a new contact', async () => {
		const { inboxId: _inbox, sourceId: _source, ...fields } = everyField;
		const { inbox_id: _id, source_id: _sid, ...body } = everyBody;
		chatwoot.sandbox.chatwoot.state.contacts.change(1, (one) => { one.additionalAttributes = { social_profiles: { facebook: 'ana.s' } }; });
		const { requests, error } = await chatwoot.run('contact', 'update', { contactId: byId(1), ...fields });
		expect(error).toBeUndefined();
		// Social profiles are merged here, and what others may have overwritten is looked at again.
		expect(requests.map(({ operationId }) => operationId)).toEqual(['listCustomAttributeDefinitions', 'getContact', 'patchContact', 'getContact']);
		const { additional_attributes: additional, ...rest } = body;
		expect(requests[2]?.body).toEqual({ ...rest, additional_attributes: { ...additional, social_profiles: { facebook: 'ana.s', ...additional.social_profiles } } });
	});

	it('changes one field and leaves the others', async () => {
		const { rows, requests } = await chatwoot.run('contact', 'update', { contactId: byId(1), additionalFields: { city: 'Recife' } });
		expect(requests[0]?.body).toEqual({ additional_attributes: { city: 'Recife' } });
		expect(rows[0]).toMatchObject({ id: '1', email: expect.stringContaining('@') });
	});

	it('sets only a picture', async () => {
		const { requests, error } = await chatwoot.run('contact', 'update', { contactId: byId(1), additionalFields: { avatarField: 'data' } }, { items });
		expect(error).toBeUndefined();
		expect(requests.map(({ method }) => method)).toEqual(['PATCH']);
	});

	it('says which contact has the value already', async () => {
		const { email } = chatwoot.sandbox.chatwoot.state.contacts.get(2)!;
		const { error } = await chatwoot.run('contact', 'update', { contactId: byId(1), email });
		expect(error?.message).toMatch(/^Contact 2 \(.*\) has this 'Email' already \[item 0\]$/);
	});

	describeFailures(chatwoot, 'contact', 'update', {
		good: () => ({ contactId: byId(1), name: 'Nova' }),
		unknown: { contactId: '999' },
		bad: [['nothing to change', { name: '' }, /^'Contact' is given, but no field to change \[item 0\]$/]],
	});
});

describe('contact: delete', () => {
	it('answers that it is gone', async () => {
		const { rows, requests, error } = await chatwoot.run('contact', 'delete', { contactId: byId(1) });
		expect(error).toBeUndefined();
		expect(rows).toEqual([{ deleted: true }]);
		expect(requests[0]).toMatchObject({ method: 'DELETE', path: '/api/v1/accounts/1/contacts/1' });
		expect(chatwoot.sandbox.chatwoot.state.contacts.has(1)).toBe(false);
	});

	it('says that the contact is online', async () => {
		chatwoot.sandbox.chatwoot.state.onlineContacts.add(1);
		const { error } = await chatwoot.run('contact', 'delete', { contactId: byId(1) });
		expect(error?.message).toMatch(/^Chatwoot refused the request: .* is Online, please try again later \[item 0\]$/);
	});

	describeFailures(chatwoot, 'contact', 'delete', { good: () => ({ contactId: byId(1) }), unknown: { contactId: '999' }, adminOnly: true });
});
