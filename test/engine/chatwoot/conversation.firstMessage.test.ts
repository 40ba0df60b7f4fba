import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { asBot, mapped } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const state = () => chatwoot.sandbox.chatwoot.state;
const create = async (fields = {}, options = {}) => await chatwoot.run('conversation', 'create', { contactId: byId(2), inboxId: byId(4), ...fields }, options);
const template = (value: Record<string, string>) => ({ template: byId('pedido_pronto|pt_BR'), templateVariables: mapped(value) });
const posts = () => chatwoot.sandbox.requests.filter(({ method }) => method === 'POST').map(({ operationId, body }) => [operationId, body] as const);
const messageIn = () => (posts()[0]?.[1] as { message: { content: string; template_params?: object } }).message;

describe('conversation: create, the first message', () => {
	it('begins a WhatsApp conversation with a template, in one call', async () => {
		const { rows, error } = await create({ ...template({ body_1: 'Carla', body_2: '9' }), additionalFields: { waitForDelivery: 10 } });
		expect(error).toBeUndefined();
		expect(posts().map(([operation]) => operation)).toEqual(['createConversation']);
		expect(messageIn()).toMatchObject({ content: 'Olá Carla, o pedido 9 está pronto para retirada.', template_params: { name: 'pedido_pronto', language: 'pt_BR', processed_params: { body: { 1: 'Carla', 2: '9' } } } });
		expect(rows[0]).toMatchObject({ created: true, firstMessage: { id: expect.stringMatching(/^\d+$/), status: expect.stringMatching(/^(?:sent|delivered)$/) } });
		expect(state().graph).toEqual([expect.objectContaining({ verdict: null, lost: [] })]);
	});

	it('says queued without waiting', async () => {
		expect((await create(template({ body_1: 'Carla', body_2: '9' }))).rows[0]).toMatchObject({ firstMessage: { status: 'queued' } });
	});

	it.each<[string, () => object, RegExp]>([
		['a text, as WhatsApp would drop it', () => ({ message: 'Olá!' }), /^'Message' cannot begin a conversation on WhatsApp/],
		['a text besides a template', () => ({ message: 'Olá!', ...template({ body_1: 'a', body_2: 'b' }) }), /^'Message' is given, but so is a template/],
		['a template without its values', () => template({ body_1: 'Carla' }), /lacks Text \{\{2\}\}/],
		['a template that is not there', () => ({ template: byId('nada') }), /no approved template 'nada'/],
		['a template in an inbox that is not there', () => ({ inboxId: byId(99), ...template({ body_1: 'a', body_2: 'b' }) }), /^'Inbox' 99 is not in account 1/],
		['a template outside WhatsApp', () => ({ inboxId: byId(2), ...template({ body_1: 'a', body_2: 'b' }) }), /^'Template' is given, but the inbox is of the kind API/],
	])('creates nothing with %s', async (_, fields, message) => {
		const { error } = await create(fields());
		expect(error?.message).toMatch(message);
		expect(posts()).toEqual([]);
	});

	it('takes a text where the inbox goes on with a conversation whose window is open', async () => {
		const conversation = addConversation(chatwoot, { contactId: 2, inboxId: 4 });
		const spoken = say(chatwoot, conversation, 'Oi', { private: true });
		Object.assign(state().messages.get(spoken.id)!, { type: 0, private: false });
		const { rows, error } = await create({ message: 'Use *NATAL10*, <Carla>', additionalFields: { waitForDelivery: 10 } });
		expect(error).toBeUndefined();
		expect(messageIn().content).toBe('Use \\*NATAL10\\*, \\<Carla\\>');
		expect(rows[0]).toMatchObject({ created: false, firstMessage: { status: expect.stringMatching(/^(?:sent|delivered)$/) } });
	});

	it('names the conversation that is there when its message fails', async () => {
		const answered = create({ ...template({ body_1: 'Carla', body_2: '9' }), additionalFields: { waitForDelivery: 10 } });
		for (let tries = 0; tries < 200 && state().graph.length === 0; tries++) await new Promise((resolve) => { setTimeout(resolve, 10); });
		state().messages.get(state().graph[0]!.messageId)!.news = [{ at: 0, status: 'failed', error: '(#132001) Template name does not exist in the translation' }];
		const { error } = await answered;
		expect(error?.message).toMatch(/^Conversation \d+ was created, but its message was not sent: The message was not delivered: WhatsApp does not know the template/);
		expect(error?.description).toContain('Send the message to that conversation');
	});

	it('writes what was typed to other channels, and Markdown when told', async () => {
		await create({ inboxId: byId(2), message: '*Oi* <NATAL10>' });
		await create({ inboxId: byId(1), contactId: byId(3), message: '*Oi* <NATAL10>' });
		await create({ inboxId: byId(1), contactId: byId(3), message: '**Oi**', textFormat: 'markdown' });
		expect(posts().map(([, body]) => (body as { message: { content: string } }).message.content)).toEqual(['*Oi* <NATAL10>', '\\*Oi\\* \\<NATAL10\\>', '**Oi**']);
		expect((await create({ inboxId: byId(2), message: '<p>Oi</p>' })).error?.message).toMatch(/^'Message' has HTML tags/);
		expect((await create({ inboxId: byId(2), message: '\u200b' })).error?.message).toMatch(/nothing in it can be seen/);
	});

	it('works with the token of a bot, which learns the channel from the conversation', async () => {
		const { rows, error } = await create({ inboxId: byId(1), message: '*Oi*', additionalFields: { newLink: true } }, asBot(chatwoot));
		expect(error).toBeUndefined();
		expect(posts().map(([operation, body]) => [operation, (body as { content?: string }).content])).toEqual([['createConversation', undefined], ['createMessage', '\\*Oi\\*']]);
		expect(rows[0]).toMatchObject({ firstMessage: { status: expect.any(String) } });
	});
});
