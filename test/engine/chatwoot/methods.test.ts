import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch, loadOptions, resourceMapping, type LoadOptionsOptions } from '../../harness/engine';
import { seedChatwootContacts } from '../../sandbox/chatwoot/state';
import { byId, credentials, credentialValues, useNode } from '../support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const using = (more: LoadOptionsOptions = {}, credential = {}): LoadOptionsOptions => {
	const values = credentialValues(chatwoot.sandbox);
	return { credentials, credentialValues: { ...values, chatwootAccessTokenApi: { ...values.chatwootAccessTokenApi, ...credential } }, ...more };
};
const names = (results: Array<{ name: string }>) => results.map(({ name }) => name);

describe('methods: lists to pick from', () => {
	it('accounts: those of the token, with the role', async () => {
		const { results } = await listSearch(Chatwoot, 'searchAccounts', using());
		expect(results).toEqual(expect.arrayContaining([{ name: 'Loja Exemplo · administrator', value: '1' }, { name: 'Tienda Ejemplo · administrator', value: '2' }]));
		expect(names((await listSearch(Chatwoot, 'searchAccounts', using({}, { accountId: '' }))).results)).toHaveLength(results.length);
		expect((await listSearch(Chatwoot, 'searchAccounts', { ...using(), filter: 'tienda' })).results).toEqual([{ name: 'Tienda Ejemplo · administrator', value: '2' }]);
	});

	it('contacts: pages, and searches on the server', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 20);
		const first = await listSearch(Chatwoot, 'searchContacts', using());
		expect(first.results).toHaveLength(15);
		const second = await listSearch(Chatwoot, 'searchContacts', { ...using(), paginationToken: String(first.paginationToken) });
		expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(23);
		expect(second.paginationToken).toBeUndefined();
		const { email } = chatwoot.sandbox.chatwoot.state.contacts.get(2)!;
		const found = await listSearch(Chatwoot, 'searchContacts', { ...using(), filter: String(email) });
		expect(found.results.map(({ value }) => value)).toEqual(['2']);
		expect(chatwoot.sandbox.requests.at(-1)?.path).toBe('/api/v1/accounts/1/contacts/search');
	});

	it('inboxes: of the account that is picked in the node', async () => {
		expect(names((await listSearch(Chatwoot, 'searchInboxes', { ...using(), filter: 'whats' })).results)).toEqual(['WhatsApp · WhatsApp · +5511930002000', 'WhatsApp Twilio · Twilio (SMS or WhatsApp) · whatsapp:+5511930004000']);
		expect(names((await listSearch(Chatwoot, 'searchInboxes', using({ parameters: { account: byId(2) } }))).results)).toEqual(['Web · Website']);
		const kinds = async (resource: string, operation: string) => {
			const { results } = await listSearch(Chatwoot, 'searchInboxes', using({ parameters: { resource, operation } }));
			return [...new Set(names(results).map((name) => name.split(' · ')[1]))].sort();
		};
		expect(await kinds('campaign', 'send')).toEqual(['WhatsApp']);
		expect(await kinds('inbox', 'resetSecret')).toEqual(['API']);
		expect(await kinds('helpCenterPortal', 'update')).toEqual(['Website']);
		expect(await kinds('campaign', 'create')).toEqual(['SMS', 'Website', 'WhatsApp']);
		expect(names((await listSearch(Chatwoot, 'searchInboxes', using({ parameters: { resource: 'campaign', operation: 'create' } }))).results).join()).not.toContain('whatsapp:');
		expect((await kinds('conversation', 'create')).length).toBeGreaterThan(4);
	});

	it('labels: by title, and by ID for campaigns', async () => {
		expect(names(await loadOptions(Chatwoot, 'labelTitles', using()))).toEqual(['newsletter', 'orçamento', 'troca', 'vip']);
		expect(await loadOptions(Chatwoot, 'labelIds', using())).toContainEqual({ name: 'vip', value: '1' });
	});

	it('do not hide a wrong token behind an empty list', async () => {
		await expect(listSearch(Chatwoot, 'searchInboxes', using({}, { accessToken: 'wrong' }))).rejects.toThrow('Chatwoot did not accept the access token');
		await expect(loadOptions(Chatwoot, 'labelTitles', using({}, { accessToken: 'wrong' }))).rejects.toThrow('Chatwoot did not accept the access token');
	});
});

describe('methods: fields of custom attributes', () => {
	it('have the kinds that the account has defined', async () => {
		const { fields } = await resourceMapping(Chatwoot, 'contactCustomAttributes', using());
		expect(fields.map(({ id, displayName, type }) => `${id} ${displayName} ${type}`)).toEqual([
			'cpf CPF string', 'limite_credito Limite de crédito number', 'plano Plano options', 'aceita_novidades Aceita novidades options', 'aniversario Aniversário dateTime',
		]);
		expect(fields[2]?.options).toEqual([{ name: 'básico', value: 'básico' }, { name: 'completo', value: 'completo' }]);
		const conversation = await resourceMapping(Chatwoot, 'conversationCustomAttributes', using());
		expect(conversation.fields.map(({ id }) => id)).toEqual(['pedido', 'motivo']);
		expect((await resourceMapping(Chatwoot, 'contactCustomAttributes', using({ parameters: { account: byId(2) } }))).fields).toEqual([]);
	});

	it('are there as keys to remove', async () => {
		expect(names(await loadOptions(Chatwoot, 'contactAttributeKeys', using()))).toContain('CPF');
		expect(names(await loadOptions(Chatwoot, 'conversationAttributeKeys', using()))).toEqual(['Pedido', 'Motivo']);
	});
});
