import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { asBot } from './support';
import { addConversation } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const run = async (resource: string, operation: string, fields = {}, options = {}) => await chatwoot.run(resource, operation, fields, { skipSchema: true, ...asBot(chatwoot), ...options });
const state = () => chatwoot.sandbox.chatwoot.state;
/** A conversation with a team, which Chatwoot cannot show to a bot. */
const withTeam = (inboxId = 5) => {
	const one = addConversation(chatwoot, { inboxId });
	one.teamId = 1;
	return one;
};
const sent = (content: string) => [...state().messages.values()].filter((message) => message.content === content);

describe('conversation: with the token of an agent bot', () => {
	it.each([
		['send', { content: 'Veja https://loja.example.com/a_b_c' }, 'Veja https://loja.example.com/a_b_c'],
		['sendInteractive', { content: 'Qual *tamanho*?', selectOptions: { option: [{ title: 'P', value: 'p' }] } }, 'Qual *tamanho*?'],
	])('message: %s goes to a conversation with a team, and says what was not checked', async (operation, fields, content) => {
		const one = withTeam();
		const { rows, hints, error } = await run('message', operation, { conversationId: byId(one.displayId), ...fields });
		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ content, status: 'queued' })]);
		expect(sent(content)).toHaveLength(1);
		expect(hints.map(({ message }) => message).join(' ')).toMatch(/does not show conversations with a team to agent bots/);
	});

	it('message: send does not fail after sending when it cannot look whether the message has arrived', async () => {
		const one = withTeam(2);
		const { rows, hints, error } = await run('message', 'send', { conversationId: byId(one.displayId), content: 'Até já', additionalFields: { waitForDelivery: 5 } });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ status: 'queued' });
		expect(sent('Até já')).toHaveLength(1);
		expect(hints.map(({ message }) => message).join(' ')).toMatch(/'Wait for Delivery' could not wait/);
	});

	it('message: send and wait for reply sends nothing, as no answer could be seen', async () => {
		const one = withTeam();
		const { error } = await run('message', 'sendAndAwaitReply', { conversationId: byId(one.displayId), content: 'Tudo certo?' });
		expect(error?.message).toBe('Chatwoot does not show messages to agent bots, so an answer could not be seen [item 0]');
		expect(sent('Tudo certo?')).toEqual([]);
	});

	it('conversation: get and update custom attributes say why they cannot', async () => {
		const one = withTeam();
		for (const [operation, fields] of [['get', {}], ['updateCustomAttributes', { moreAttributes: { customAttributesJson: '{"pedido": "A-1"}' } }]] as const) {
			const { error, requests } = await run('conversation', operation, { conversationId: byId(one.displayId), ...fields });
			expect(error?.message).toBe(`Chatwoot cannot show conversation ${one.displayId} to an agent bot, because it has a team [item 0]`);
			expect(requests.filter(({ operationId }) => operationId === 'getConversation')).toHaveLength(1);
		}
	});

	it('conversation: set custom attributes does not fail after writing, when it cannot look again', async () => {
		const one = withTeam();
		const { rows, error } = await run('conversation', 'setCustomAttributes', { conversationId: byId(one.displayId), moreAttributes: { customAttributesJson: '{"pedido": "A-1"}' } });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ customAttributes: { pedido: 'A-1' } });
		expect(one.customAttributes).toEqual({ pedido: 'A-1' });
	});

	it('conversation: create gives it to a team, makes one conversation, and shows the team', async () => {
		const before = state().conversations.size;
		const { rows, error } = await run('conversation', 'create', { contactId: byId(1), inboxId: byId(5), message: 'Oi', additionalFields: { teamId: byId(1), status: 'pending' } }, { skipSchema: false });
		expect(error).toBeUndefined();
		expect(state().conversations.size).toBe(before + 1);
		expect([...state().conversations.values()].at(-1)).toMatchObject({ teamId: 1, status: 'pending' });
		expect(rows[0]).toMatchObject({ team: state().teams.get(1)!.name, status: 'pending' });
		expect(rows[0]).not.toHaveProperty('notApplied');
	});

	it('asks for a conversation once more, and not four times, when a person gets the same answer', async () => {
		const one = withTeam();
		chatwoot.sandbox.inject({ vendor: 'chatwoot', kind: 'status', status: 500, operationId: 'getConversation' });
		const { error, requests } = await run('conversation', 'get', { conversationId: byId(one.displayId) }, { credential: {} });
		expect(error?.message).toMatch(/HTTP 500/);
		expect(requests.filter(({ operationId }) => operationId === 'getConversation')).toHaveLength(3);
	});
});
