import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { seedChatwootContacts } from '../../sandbox/chatwoot/state';
import { byId, useNode } from '../support';

// Between the checks of a write and its commit, others commit as well.
const chatwoot = useNode('Chatwoot', Chatwoot, { chatwoot: { commitMs: 60 } });
const people = () => chatwoot.sandbox.chatwoot.state.contacts;
const fields = { contactSource: 'defineBelow', name: '={{ $json.name }}', phone: '={{ $json.phone }}', email: '={{ $json.email }}', identifier: '={{ $json.identifier }}' };
const upsert = async (items: IDataObject[], more: IDataObject = {}, options = {}) =>
	await chatwoot.run('contact', 'upsert', { ...fields, ...more } as never, { items, ...options });
const operations = (requests: Array<{ operationId?: string }>) => requests.map(({ operationId }) => operationId);

/** A person who is there, by ID. */
async function ana(more: IDataObject = {}): Promise<number> {
	const { rows, error } = await upsert([{ name: 'Ana', phone: '+5521910100143', email: 'casa@example.com', ...more }]);
	if (error) throw error;
	return Number(rows[0]?.id);
}

describe('contact: create or update: two people', () => {
	it('refuses an item whose e-mail address is somebody with another phone', async () => {
		const id = await ana();
		const { error, requests } = await upsert([{ name: 'Bia', phone: '+5585910100146', email: 'CASA@example.com' }]);
		expect(error?.message).toBe(`Contact ${id} (Ana) has this e-mail address, but another phone [item 0]`);
		expect(error?.description).toContain(`/app/accounts/1/contacts/${id}`);
		expect(operations(requests)).toEqual(['filterContacts']);
		expect(people().get(id)).toMatchObject({ name: 'Ana', phoneNumber: '+5521910100143' });
	});

	it('keeps them apart when asked to, and tells what it left out', async () => {
		const id = await ana();
		const { error, rows, hints } = await upsert([{ name: 'Bia', phone: '+5585910100146', email: 'casa@example.com' }], { whenTwoPeople: 'keepApart' });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({
			name: 'Bia', phone: '+5585910100146', email: null, created: true, matchedBy: null,
			leftOut: [{ column: 'email', value: 'casa@example.com', reason: `contact ${id} (Ana) has it` }],
		});
		expect(people().get(id)).toMatchObject({ name: 'Ana', email: 'casa@example.com' });
		expect(JSON.stringify(hints)).toContain('Values that belong to somebody else were left out: Email (1 contact)');
	});

	it('does not give the one found by phone the e-mail address of another', async () => {
		const id = await ana();
		const other = await ana({ name: 'Bia', phone: '+5585910100146', email: 'bia@example.com' });
		const item = { name: 'Bia Lima', phone: '+5585910100146', email: 'casa@example.com' };
		const refused = await upsert([item]);
		expect(refused.error?.message).toBe(`Contact ${id} (Ana) has this e-mail address, and contact ${other} (Bia) has this phone [item 0]`);
		const { rows } = await upsert([item], { whenTwoPeople: 'keepApart' });
		expect(rows[0]).toMatchObject({ id: String(other), name: 'Bia Lima', email: 'bia@example.com', created: false, matchedBy: 'phone' });
	});

	it('changes the phone of one who is matched by e-mail address alone', async () => {
		const id = await ana();
		const { rows } = await upsert([{ name: 'Ana', phone: '+5585910100146', email: 'casa@example.com' }], { matchBy: 'email' });
		expect(rows[0]).toMatchObject({ id: String(id), phone: '+5585910100146', matchedBy: 'email', changed: true });
	});

	it('fills in a phone that the one with the e-mail address does not have', async () => {
		const id = await ana({ phone: null });
		const { rows } = await upsert([{ name: 'Ana', phone: '+5585910100146', email: 'casa@example.com' }]);
		expect(rows[0]).toMatchObject({ id: String(id), phone: '+5585910100146', matchedBy: 'email' });
	});

	it('takes identifiers that differ in case for two people', async () => {
		const { rows: [first] } = await upsert([{ name: 'Ana', identifier: '0015g00000AbCdE' }]);
		const { rows: [second], error } = await upsert([{ name: 'Bia', email: 'bia@example.com', identifier: '0015g00000aBcDe' }]);
		expect(error).toBeUndefined();
		expect(second).toMatchObject({ created: true, name: 'Bia' });
		expect(people().get(Number(first?.id))).toMatchObject({ name: 'Ana', email: null });
		const updated = await chatwoot.run('contact', 'update', { contactSource: 'previousNode' }, { items: [{ name: 'Nobody', externalId: '0015G00000ABCDE' }] });
		expect(updated.error?.message).toMatch(/^Chatwoot has no contact with the 'Identifier' 0015G00000ABCDE/);
	});

	it('finds a phone in the other spelling, and keeps the one that is there', async () => {
		const id = await ana({ email: null });
		people().change(id, (one) => { one.phoneNumber = '+5215512345678'; });
		const { rows, requests } = await upsert([{ name: 'Ana', phone: '+525512345678' }]);
		expect(rows[0]).toMatchObject({ id: String(id), phone: '+5215512345678', changed: false, matchedBy: 'phone' });
		expect(operations(requests)).toEqual(['filterContacts']);
	});

	it('counts at the end how the contacts were found', async () => {
		await ana();
		const { hints } = await upsert([{ name: 'Ana', email: 'casa@example.com' }, { name: 'Rui', phone: '+351912345678' }]);
		expect(JSON.stringify(hints)).toContain('2 contacts: 1 found by e-mail address, 1 created.');
	});
});

describe('contact: create or update: several items', () => {
	it('asks about many people at once, and writes only what differs', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 40);
		const known = [...people().values()].filter(({ phoneNumber }) => phoneNumber).slice(0, 30);
		const items = known.map(({ name, phoneNumber, email }) => ({ name, phone: phoneNumber, email }));
		const { rows, requests, error } = await upsert(items);
		expect(error).toBeUndefined();
		// Thirty people, on two pages.
		expect(operations(requests)).toEqual(['filterContacts', 'filterContacts']);
		expect(rows.map(({ id, changed, created }) => [id, changed, created])).toEqual(known.map(({ id }) => [String(id), false, false]));
	});

	it('does the items of one person one after the other, whatever they name', async () => {
		const { rows, error } = await upsert([
			{ name: 'A', phone: '+5521910100143', email: 'casa@example.com' }, { name: 'B', email: 'Casa@example.com' }, { name: 'C', phone: '(21) 91010-0143' }, { name: 'D', phone: '+5521910100143' },
		]);
		expect(error).toBeUndefined();
		expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
		expect(rows.map(({ created }) => created)).toEqual([true, false, false, false]);
		expect(people().get(Number(rows[0]?.id))?.name).toBe('D');
	});

	it('adds labels of the form, and asks for several contacts at once which have them', async () => {
		const labels = { labels: ['vip', 'troca'] };
		const items = [1, 2, 3].map((number) => ({ name: `N${number}`, phone: `+55859888877${number}0` }));
		const first = await upsert(items, labels);
		expect(first.error).toBeUndefined();
		expect(first.rows.map(({ tags }) => tags)).toEqual(items.map(() => ['vip', 'troca']));
		// Of new contacts no labels are read.
		expect(operations(first.requests).filter((name) => name === 'listContactLabels')).toEqual([]);
		const again = await upsert(items, labels);
		expect(operations(again.requests).filter((name) => name !== 'listLabels')).toEqual(['filterContacts', 'filterContacts']);
		expect(again.rows.every(({ changed }) => changed === false)).toBe(true);
		const [one] = [...people().values()].filter(({ name }) => name === 'N2');
		people().change(one!.id, (contact) => { contact.labels = ['vip', 'antigo']; });
		const third = await upsert(items, labels);
		expect(third.rows.map(({ changed }) => changed)).toEqual([false, true, false]);
		expect(people().get(one!.id)?.labels).toEqual(['vip', 'antigo', 'troca']);
	});

	it('tells which contact exists when its labels are refused, and does not make it again', async () => {
		chatwoot.sandbox.inject({ kind: 'status', status: 403, vendor: 'chatwoot', operationId: 'setContactLabels', times: 1, body: { error: 'no' } });
		const item = { name: 'Ana', phone: '+5521910100143' };
		const { error } = await upsert([item], { labels: ['vip'] });
		const [made] = [...people().values()].filter(({ name }) => name === 'Ana');
		expect(error?.message).toBe(`The contact ${made!.id} was created, but the rest failed: Chatwoot does not allow this [item 0]`);
		expect(error?.description).toContain(`/app/accounts/1/contacts/${made!.id}`);
		const again = await upsert([item], { labels: ['vip'] });
		expect(again.rows[0]).toMatchObject({ id: String(made!.id), created: false, changed: true, tags: ['vip'] });
	});
});

describe('contact: create or update: others at the same time', () => {
	const both = async (one: IDataObject, other: IDataObject, more: IDataObject = {}, otherMore: IDataObject = more) => await Promise.all([upsert([one], more), upsert([other], otherMore)]);

	it('merges the younger of two contacts that two runs have made of one phone, and keeps its labels', async () => {
		const results = await both({ name: 'Ana', phone: '+5521910100143' }, { name: 'Ana', phone: '+5521910100143', email: 'ana@example.com' }, { labels: ['vip'] }, { labels: ['troca'] });
		for (const { error } of results) expect(error).toBeUndefined();
		const made = [...people().values()].filter(({ phoneNumber }) => phoneNumber === '+5521910100143');
		expect(made).toHaveLength(1);
		expect(made[0]).toMatchObject({ name: 'Ana', email: 'ana@example.com' });
		expect([...made[0]!.labels].sort()).toEqual(['troca', 'vip']);
		expect(new Set(results.map(({ rows }) => rows[0]?.id))).toEqual(new Set([String(made[0]!.id)]));
		expect(results.filter(({ rows }) => rows[0]?.created === true).length).toBeLessThanOrEqual(1);
		// Writes work again.
		expect((await upsert([{ name: 'Ana Souza', phone: '+5521910100143' }])).rows[0]).toMatchObject({ name: 'Ana Souza', changed: true });
	});

	it.each([['e-mail address', { email: 'ana@example.com' }], ['identifier', { identifier: 'ERP-1' }]])('updates the contact when the loser of two by %s is answered with 500', async (_what, key) => {
		const results = await both({ name: 'Ana', ...key }, { name: 'Ana Souza', ...key });
		for (const { error } of results) expect(error).toBeUndefined();
		expect(results.map(({ rows }) => rows[0]?.created).sort()).toEqual([false, true]);
		expect(chatwoot.sandbox.requests.filter(({ status }) => status === 500)).toHaveLength(1);
		expect(people().size).toBe(4);
	});

	it('says which other contact is in the way of every write', async () => {
		const id = await ana();
		// As two creates at once leave it behind.
		const twin = people().get(id)!;
		people().set(999, { ...twin, id: 999, name: 'Ana 2', email: null });
		const text = new RegExp(`^Contact ${id} \\(Ana\\) and contact 999 \\(Ana 2\\) have the same phone, and Chatwoot takes no change of either`);
		const calls = [
			await chatwoot.run('contact', 'update', { contactId: byId(id), name: 'New' }),
			await chatwoot.run('contact', 'addLabels', { contactId: byId(id), labels: ['vip'] }),
			await chatwoot.run('contact', 'block', { contactId: byId(id) }),
		];
		for (const { error } of calls) expect(error?.message).toMatch(text);
		// The form's own keys fit both, or one better.
		expect((await upsert([{ name: 'Ana', phone: '+5521910100143' }])).error?.message).toMatch(/^Chatwoot has 2 contacts that fit equally well: contact \d+ \(Ana\), contact 999 \(Ana 2\)/);
	});

	it('keeps attributes that two runs write at once', async () => {
		const id = await ana();
		const results = await both({ name: 'Ana', phone: '+5521910100143' }, { name: 'Ana', phone: '+5521910100143' }, { additionalFields: { customAttributesJson: '{"cpf": "1"}' } }, { additionalFields: { customAttributesJson: '{"plano": "completo"}' } });
		for (const { error, rows } of results) {
			expect(error).toBeUndefined();
			expect(rows[0]).not.toHaveProperty('notApplied');
		}
		expect(people().get(id)?.customAttributes).toMatchObject({ cpf: '1', plano: 'completo' });
	});

	it('creates a contact that was deleted after it was found', async () => {
		const id = await ana();
		chatwoot.sandbox.inject({ kind: 'status', status: 404, vendor: 'chatwoot', operationId: 'patchContact', times: 1, body: { error: 'Resource could not be found' } });
		const { [id]: gone } = { [id]: people().get(id) };
		people().delete(id);
		chatwoot.sandbox.inject({
			kind: 'status', status: 200, vendor: 'chatwoot', operationId: 'filterContacts', times: 1,
			body: { meta: { count: 1, current_page: 1 }, payload: [{ id, name: gone!.name, phone_number: gone!.phoneNumber, email: null, identifier: null, additional_attributes: {}, custom_attributes: {}, availability_status: 'offline', blocked: false, thumbnail: '', created_at: 1 }] },
		});
		const { rows, error } = await upsert([{ name: 'Ana Nova', phone: '+5521910100143' }]);
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ created: true, name: 'Ana Nova' });
	});
});

describe('contact: our own record', () => {
	const own = async (): Promise<IDataObject> => (await chatwoot.run('contact', 'create', { name: 'User Name Only' })).rows[0]!;

	it.each(['upsert', 'update'])('is updated by its ID, also without phone, e-mail address and identifier (%s)', async (operation) => {
		const record = await own();
		const { rows, error } = await chatwoot.run('contact', operation, { contactSource: 'previousNode' }, { items: [{ ...record, name: 'Renamed' }] });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id: record.id, name: 'Renamed', changed: true, matchedBy: 'id' });
	});

	it('is not taken for one of another server or account', async () => {
		const record = await own();
		for (const url of ['https://chat.example.com/app/accounts/1/contacts/1', String(record.url).replace('accounts/1', 'accounts/2')]) {
			const { error } = await chatwoot.run('contact', 'upsert', { contactSource: 'previousNode' }, { items: [{ ...record, url }] });
			expect(error).toBeDefined();
		}
	});
});

describe('contact: custom attributes as JSON', () => {
	beforeEach(() => {
		const { attributeDefinitions } = chatwoot.sandbox.chatwoot.state;
		for (const [index, [displayName, displayType, values]] of ([['Nascimento', 'date', null], ['Limite', 'number', null], ['Aceita', 'checkbox', null], ['Nivel', 'list', ['Ouro', 'Prata']]] as const).entries()) {
			attributeDefinitions.set(900 + index, {
				id: 900 + index, accountId: 1, displayName, displayType, description: displayName, key: displayName.toLowerCase(), regexPattern: null, regexCue: null, values: values && [...values], model: 'contact_attribute', defaultValue: null, createdAt: 0, updatedAt: 0,
			} as never);
		}
	});
	const upsert = async (json: object) => await chatwoot.run('contact', 'upsert', { name: 'Ana', phone: '+55 21 91010-0199', additionalFields: { customAttributesJson: JSON.stringify(json) } }, { skipSchema: true });

	it('are written under the account\'s keys, as each attribute holds them', async () => {
		const { error, requests, hints } = await upsert({ Nascimento: '24/12/1990', limite: { $numberDecimal: '1234.50' }, ACEITA: 'Sim', 'nível': 'ouro', livre: 'x' });
		expect(error).toBeUndefined();
		expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^Nobody has defined these custom attributes in Chatwoot: .*: livre \(1 item\)\.$/)]);
		expect(requests.find(({ method, path }) => method === 'POST' && path.endsWith('/contacts'))?.body).toMatchObject({ custom_attributes: { nascimento: '1990-12-24', limite: 1234.5, aceita: true, nivel: 'Ouro', livre: 'x' } });
	});

	it.each<[string, Record<string, unknown>, RegExp | undefined]>([
		['skip', { nivel: 'Ouro' }, undefined],
		['create', { nivel: 'Ouro', livre: 'x' }, undefined],
		['fail', {}, /^'When a Tag or Field Is Missing' is 'Fail', and the Chatwoot account has no custom attribute 'Livre'/],
	])('with the contact of the previous node, one that nobody has defined becomes what is chosen (%s)', async (whenMissing, sent, message) => {
		const { error, requests, rows } = await chatwoot.run('contact', 'upsert', { contactSource: 'previousNode', whenMissing, additionalFields: { customAttributesJson: '{"Livre": "x", "nivel": "ouro"}' } }, { items: [{ name: 'Ana', phone: '+55 21 91010-0199' }], skipSchema: true });
		if (message) expect(error?.message).toMatch(message);
		else {
			expect(error).toBeUndefined();
			expect((requests.find(({ method, path }) => method === 'POST' && path.endsWith('/contacts'))?.body as IDataObject).custom_attributes).toEqual(sent);
			expect(rows[0]?.leftOut).toEqual(whenMissing === 'skip' ? [{ column: 'Livre', value: 'x', reason: 'the Chatwoot account has no custom attribute of this name' }] : []);
		}
	});

	it.each([
		[{ nascimento: '31/02/1990' }, "'Custom Attributes' cannot take the value of 'nascimento': it is a day that does not exist [item 0]"],
		[{ limite: 'muito' }, "'Custom Attributes' cannot take the value of 'limite': it is not a number [item 0]"],
		[{ nivel: 'Bronze' }, "'Custom Attributes' cannot take the value of 'nivel': it is not one of Ouro, Prata [item 0]"],
		[{ aceita: { a: 1, b: 2 } }, "'Custom Attributes' cannot take the value of 'aceita': it is an object with more than one value [item 0]"],
	])('refuse %j before anything is written', async (json, message) => {
		const { error, requests } = await upsert(json);
		expect(error?.message).toBe(message);
		expect(requests.every(({ method, path }) => method === 'GET' || path.endsWith('/contacts/filter'))).toBe(true);
	});
});

describe('contact: two people in one run', () => {
	it('are counted at the end', async () => {
		await chatwoot.run('contact', 'create', { name: 'Ana', phone: '+5521910100143', email: 'casal@example.com' });
		await chatwoot.run('contact', 'create', { name: 'Bia', phone: '+5521910100144' });
		const { rows, hints } = await chatwoot.run('contact', 'upsert', { contactSource: 'previousNode' }, {
			items: [{ name: 'Rui', phone: '+5585910100146', email: 'CASAL@example.com' }, { name: 'Leo', phone: '+5585910100147', email: 'casal@example.com' }, { name: 'Bia', phone: '+5521910100144' }], continueOnFail: true,
		});
		expect(rows.filter(({ error }) => error !== undefined)).toHaveLength(2);
		expect(hints.map(({ message }) => message).join(' ')).toContain('2 items belong to two people');
	});
});

it('asks for identifiers many at a time: the server has no index of them, so that each question is slow', async () => {
	const rows = Array.from({ length: 70 }, (_, at) => ({ name: `Person ${at}`, identifier: `ERP-${at}` }));
	const first = await upsert(rows, { matchBy: 'identifier' });
	expect(first.error).toBeUndefined();
	const again = await upsert(rows, { matchBy: 'identifier' });
	expect(again.rows.map(({ created, changed, externalId }) => [created, changed, externalId])).toEqual(rows.map(({ identifier }) => [false, false, identifier]));
	const conditions = again.requests.map(({ body }) => ((body as { payload?: unknown[] } | undefined)?.payload ?? []).length);
	expect(operations(again.requests).filter((operation) => operation !== 'filterContacts')).toEqual([]);
	// 30 in a question, whose second page is one more request each.
	expect(again.requests.length).toBeLessThanOrEqual(8);
	expect(Math.max(...conditions)).toBe(30);
});
