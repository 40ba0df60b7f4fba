import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { asAgent, describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);

describe('profile: what Check This Account sees with the token', () => {
	it.each(['administrator', 'agent'])('asks for all that an %s may read, and shows nothing of it', async (role) => {
		const { rows, requests, error } = await chatwoot.run('account', 'check', {}, role === 'agent' ? asAgent(chatwoot) : {});
		expect(error).toBeUndefined();
		expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
		const bad = rows.filter(({ outcome }) => !['ok', 'notChecked', 'notAllowed'].includes(String(outcome)));
		expect(bad).toEqual([]);
		const refused = rows.filter(({ outcome }) => outcome === 'notAllowed').map(({ operation }) => operation);
		if (role === 'administrator') expect(refused).toEqual([]);
		else expect(refused).toEqual(expect.arrayContaining(['report:getSummary', 'webhook:getAll']));
		const shown = JSON.stringify(rows);
		for (const one of ['Loja Exemplo', 'Marina', 'Caio', '@', '+55', 'example.com']) expect(shown).not.toContain(one);
	});
});

describe('profile', () => {
	const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('profile', operation, fields, options);

	it('is the owner of the token, without the tokens', async () => {
		const { rows, requests, error } = await run('get', {}, asAgent(chatwoot));
		expect(error).toBeUndefined();
		expect(requests.map(({ path }) => path)).toEqual(['/api/v1/profile']);
		expect(rows[0]).toMatchObject({ id: '2', name: 'Caio Nogueira', role: 'agent', accounts: [{ id: '1', name: 'Loja Exemplo', role: 'agent', availability: 'online', autoOffline: true }] });
		const raw = await run('get', { output: 'raw' });
		expect(raw.rows[0]).not.toHaveProperty('access_token');
		expect(raw.rows[0]).not.toHaveProperty('pubsub_token');
	});

	it('is changed', async () => {
		const { rows, requests } = await run('update', { updateFields: { name: 'Marina D.', displayName: 'Mari', signature: 'Até logo', phone: '+5585988887777' } });
		expect(requests[0]).toMatchObject({ method: 'PUT', path: '/api/v1/profile', body: { name: 'Marina D.', display_name: 'Mari', message_signature: 'Até logo', phone_number: '+5585988887777' } });
		expect(rows[0]).toMatchObject({ name: 'Marina D.', displayName: 'Mari', signature: 'Até logo' });
	});

	it('sets availability in one account', async () => {
		const { requests, rows } = await run('setAvailability', { account: byId(2), availability: 'busy', availabilityOptions: { autoOffline: false } });
		expect(requests.map(({ path, body }) => [path, body])).toEqual([['/api/v1/profile/availability', { account_id: 2, availability: 'busy' }], ['/api/v1/profile/auto_offline', { account_id: 2, auto_offline: false }]]);
		expect(rows[0]?.accounts).toEqual(expect.arrayContaining([expect.objectContaining({ id: '2', availability: 'busy', autoOffline: false }), expect.objectContaining({ id: '1', availability: 'online' })]));
		expect((await run('setAvailability', { availability: 'offline' })).requests).toHaveLength(1);
	});

	describeFailures(chatwoot, 'profile', 'get', { good: () => ({}) });
	describeFailures(chatwoot, 'profile', 'update', { good: () => ({ updateFields: { name: 'x' } }), bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'profile', 'setAvailability', { good: () => ({ availability: 'busy' }), unknown: { account: '77' }, unknownMessage: /^'Account' 77 is none of the token's owner \[item 0\]$/, bad: [['an unknown word', { availability: 'away' }, /^'Availability' is not one of/]] });
});

describe('profile: account', () => {
	const run = async (operation: string, fields = {}) => await chatwoot.run('account', operation, fields);

	it('is got, and all of the token are listed', async () => {
		const { rows, requests } = await run('get');
		expect(requests[0]?.path).toBe('/api/v1/accounts/1');
		expect(rows[0]).toMatchObject({ id: '1', name: 'Loja Exemplo', locale: 'pt_BR', features: expect.arrayContaining(['campaigns', 'whatsapp_campaign']) });
		const all = await run('getAll', { returnAll: true });
		expect(all.rows.map(({ name, role }) => `${String(name)} ${String(role)}`)).toContain('Tienda Ejemplo administrator');
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
	});

	it('is changed', async () => {
		const { rows, requests } = await run('update', {
			updateFields: { autoResolveAfter: 60, autoResolveLabel: 'tempo', autoResolveMessage: 'Até', domain: 'loja.example', locale: 'es', name: 'Loja', supportEmail: 'a@example.com' },
		});
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: '/api/v1/accounts/1' });
		expect(requests[0]?.body).toEqual({ name: 'Loja', locale: 'es', domain: 'loja.example', support_email: 'a@example.com', auto_resolve_after: 60, auto_resolve_message: 'Até', auto_resolve_label: 'tempo' });
		expect(rows[0]).toMatchObject({ name: 'Loja', settings: { auto_resolve_after: 60 } });
	});

	it('names a language that Chatwoot does not have, and asks once', async () => {
		const { error, requests } = await run('update', { updateFields: { locale: 'xx' } });
		expect(error?.message).toMatch(/^Chatwoot could not change the account; 'Locale' xx is probably no language that it has/);
		expect(requests).toHaveLength(1);
	});

	describeFailures(chatwoot, 'account', 'get', { good: () => ({}), unknown: { account: '77' }, unknownMessage: /^'Account' 77 is none of the token's owner \[item 0\]$/ });
	describeFailures(chatwoot, 'account', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'account', 'update', {
		good: () => ({ updateFields: { name: 'x' } }), adminOnly: true, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/], ['too few minutes', { updateFields: { autoResolveAfter: 5 } }, /^'Auto Resolve After' is less than 10/]],
	});
});
