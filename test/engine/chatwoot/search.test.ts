import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { seedChatwootContacts } from '../../sandbox/chatwoot/state';
import { byId, useNode } from '../support';
import { asAgent, describeFailures } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/search';
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('search', operation, fields, options);

/** A conversation in the API inbox and one at WhatsApp, each with a message about a coat. */
function coats() {
	const { state } = chatwoot.sandbox.chatwoot;
	Object.assign(state.contacts.get(1)!, { name: 'Casaco & Cia', email: 'compras@casaco.example' });
	const api = addConversation(chatwoot);
	const whatsapp = addConversation(chatwoot, { contactId: 2, inboxId: 4 });
	say(chatwoot, api, 'O casaco chegou');
	say(chatwoot, whatsapp, 'Qual CASACO?');
	return { text: 'casaco' };
}

describe('search', () => {
	it('everything: one item with each kind', async () => {
		const { rows, requests, error } = await run('all', coats());
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'GET', path, query: { q: 'casaco' } });
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({ articles: [], contacts: [{ id: 1 }], conversations: [{ id: 1 }] });
		expect(rows[0]?.messages).toHaveLength(2);
	});

	it('contacts, as the common contact', async () => {
		const { rows, requests } = await run('contacts', coats());
		expect(requests[0]).toMatchObject({ path: `${path}/contacts`, query: { q: 'casaco', page: '1' } });
		expect(rows[0]).toMatchObject({ id: '1', name: 'Casaco & Cia', email: 'compras@casaco.example', platform: 'chatwoot', url: `${chatwoot.sandbox.chatwoot.url}/app/accounts/1/contacts/1` });
	});

	it('messages, newest first; an agent finds those of its inboxes', async () => {
		const { rows, requests } = await run('messages', coats());
		expect(requests[0]?.path).toBe(`${path}/messages`);
		expect(rows.map(({ content }) => content).sort()).toEqual(['O casaco chegou', 'Qual CASACO?']);
		expect((await run('messages', { text: 'casaco' }, asAgent(chatwoot))).rows.map(({ content }) => content)).toEqual(['O casaco chegou']);
	});

	it.each([false, true])('messages by time and inbox, also where the server passes the filters over (advanced_search: %s)', async (advanced) => {
		const { state } = chatwoot.sandbox.chatwoot;
		state.accounts.get(1)!.features.advanced_search = advanced;
		const conversation = addConversation(chatwoot);
		const whatsapp = addConversation(chatwoot, { contactId: 2, inboxId: 4 });
		for (let n = 0; n < 20; n += 1) say(chatwoot, conversation, `casaco ${n}`);
		say(chatwoot, whatsapp, 'Qual CASACO?');
		const now = chatwoot.sandbox.clock.now();
		for (const [index, message] of [...state.messages.values()].entries()) message.createdAt = now - (index < 18 ? 10 : 1) * 86_400_000;
		const day = (days: number) => new Date(now - days * 86_400_000).toISOString();
		const contents = async (filters: object, more = {}) => {
			const { rows, error } = await run('messages', { text: 'casaco', returnAll: true, filters, ...more });
			expect(error).toBeUndefined();
			return rows.map(({ content }) => content);
		};
		expect((await contents({ since: day(2) })).sort()).toEqual(['Qual CASACO?', 'casaco 18', 'casaco 19']);
		expect(await contents({ until: day(2) })).toHaveLength(18);
		expect(await contents({ inboxId: byId(4) })).toEqual(['Qual CASACO?']);
		expect(await contents({ until: day(2) }, { returnAll: false, limit: 2 })).toHaveLength(2);
		const sent = (await run('messages', { text: 'casaco', filters: { since: day(2), inboxId: byId(4) } })).requests[0]?.query;
		expect(sent).toMatchObject({ since: String(Math.floor((now - 2 * 86_400_000) / 1000)), inbox_id: '4' });
	});

	it('conversations, by the contact', async () => {
		const { rows, requests } = await run('conversations', coats());
		expect(requests[0]?.path).toBe(`${path}/conversations`);
		expect(rows).toEqual([expect.objectContaining({ id: '1', inboxName: 'Integração', contactName: 'Casaco & Cia', firstMessage: 'O casaco chegou', url: `${chatwoot.sandbox.chatwoot.url}/app/accounts/1/conversations/1` })]);
	});

	it.each(['conversations', 'all'])('%s: finds them by their contacts where the server stumbles over one without a message', async (operation) => {
		const wanted = coats();
		addConversation(chatwoot, { contactId: 1, inboxId: 4 });
		const { rows, requests, hints, error } = await run(operation, wanted);
		expect(error).toBeUndefined();
		expect(requests.filter(({ status }) => status === 500)).toHaveLength(2);
		const found = operation === 'all' ? (rows[0]!.conversations as IDataObject[]) : rows;
		expect(found.map(({ id }) => String(id)).sort()).toEqual(['1', '3']);
		if (operation === 'conversations') expect(rows.find(({ id }) => id === '1')).toMatchObject({ contactName: 'Casaco & Cia', inboxName: 'Integração', firstMessage: null });
		else expect(rows[0]).toMatchObject({ contacts: [{ id: 1 }], messages: [{}, {}] });
		expect(hints.map(({ message }) => message).join(' ')).toMatch(/search stumbles over conversations without a message/);
	});

	it('conversations: finds the one of that number where the server stumbles', async () => {
		const lonely = addConversation(chatwoot, { contactId: 3 });
		const { rows } = await run('conversations', { text: String(lonely.displayId) });
		expect(rows.map(({ id }) => id)).toEqual([String(lonely.displayId)]);
	});

	it('articles of the help center, with the address for the public', async () => {
		const { rows, requests, error } = await run('articles', { text: 'Dias' });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ path: `${path}/articles`, query: { q: 'Dias', page: '1' } });
		expect(rows.map(({ title, category, url }) => ({ title, category, url }))).toEqual([
			{ title: 'Como trocar um produto', category: 'Trocas', url: `${chatwoot.sandbox.chatwoot.url}/hc/loja-exemplo/articles/como-trocar` },
			{ title: 'Prazo de entrega', category: 'Entregas', url: `${chatwoot.sandbox.chatwoot.url}/hc/loja-exemplo/articles/prazo-de-entrega` },
		]);
		const { state } = chatwoot.sandbox.chatwoot;
		const [first] = state.articles.values();
		for (let id = 100; id < 120; id += 1) state.articles.set(id, { ...first!, id });
		expect((await run('articles', { text: 'dias', returnAll: true })).rows).toHaveLength(22);
	});

	it('reads on to the last page, and no further than the limit', async () => {
		seedChatwootContacts(chatwoot.sandbox.chatwoot.state, 20);
		for (const contact of chatwoot.sandbox.chatwoot.state.contacts.values()) contact.name = 'Igual';
		const all = await run('contacts', { text: 'igual', returnAll: true });
		expect(all.rows).toHaveLength(23);
		expect(all.requests.map(({ query }) => query.page)).toEqual(['1', '2']);
		expect((await run('contacts', { text: 'igual', limit: 2 })).rows).toHaveLength(2);
		const conversation = addConversation(chatwoot);
		for (let count = 0; count < 17; count += 1) say(chatwoot, conversation, `aviso ${count}`);
		expect((await run('messages', { text: 'aviso', returnAll: true })).rows).toHaveLength(17);
	});

	describe.each(['all', 'articles', 'contacts', 'conversations', 'messages'])('%s', (operation) => {
		describeFailures(chatwoot, 'search', operation, { good: coats, bad: [['no text', { text: ' ' }, /^'Search Text' is empty \[item 0\]$/]] });
	});
});
