import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { checkSchema } from '../../harness/schemas';
import { byId, useNode } from '../support';
import { hookMessage } from '../../sandbox/chatwoot/messages';
import { asAgent, describeFailures } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
let one: ChatwootConversation;
beforeEach(() => {
	one = addConversation(chatwoot);
});
/** A conversation of a channel in which the contact has just written. */
const inChannel = (channelType: string) => {
	const { id } = [...chatwoot.sandbox.chatwoot.state.inboxes.values()].find((each) => each.channelType === channelType)!;
	say(chatwoot, one, 'Oi', { message_type: 'incoming' });
	one.inboxId = id;
};
const good = () => ({ conversationId: byId(one.displayId), message: 'Desconto de 15 %?' });
const ask = async (fields = {}, options = {}) => await chatwoot.run('message', 'sendAndWait', { ...good(), ...fields }, { items: [{ question: 1 }], ...options });
const lastText = () => String([...chatwoot.sandbox.chatwoot.state.messages.values()].at(-1)?.content);
/** The links of the last message that was sent. */
const links = () => Object.fromEntries([...lastText().matchAll(/^(?:\[(.+?)\]\((https?:\S+)\)|(.+?): (https?:\S+))$/gm)].map(([, named, url, label, address]) => [named ?? label, url ?? address])) as Record<string, string>;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('message: send and wait for response', () => {
	it('sends signed links and sleeps', async () => {
		const waiting = await ask({ approveLabel: 'Aprovar', declineLabel: 'Recusar', private: true });
		expect(waiting.status).toBe('waiting');
		expect(waiting.waitTill?.getUTCFullYear()).toBe(3000);
		expect(waiting.requests.find(({ method }) => method === 'POST')?.body).toMatchObject({ private: true, message_type: 'outgoing', content: expect.stringMatching(/^Desconto de 15 %\?\n\n\[Aprovar\]\(http.*decision=approve.*signature=.*\)\n\n\[Recusar\]\(http.*decision=decline/) });
	});

	it.each([['en', 'Approve', true, 'Confirm', 'Thank you'], ['en', 'Decline', false, 'Confirm', 'Thank you'], ['pt', 'Aprovar', true, 'Confirmar', 'Obrigado'], ['es', 'Rechazar', false, 'Confirmar', 'Gracias']])('%s, %s: opening the link answers nothing, the button does', async (pageLanguage, label, approved, button, thanks) => {
		const waiting = await ask({ pageLanguage });
		const url = links()[label]!;
		const preview = await waiting.resume({ url });
		expect(preview).toMatchObject({ started: false, response: { statusCode: 200, body: expect.stringContaining(`lang="${pageLanguage}"`) } });
		expect(preview.response.body).toContain(`<h1>${label}</h1><form method="post"><button>${button}</button>`);
		const answer = await waiting.resume({ url, method: 'POST', headers: form, rawBody: '' });
		expect(answer.response).toMatchObject({ statusCode: 200, body: expect.stringContaining(thanks) });
		expect(answer.result?.status).toBe('success');
		expect(answer.result?.json('Node')).toEqual([{ answered: true, approved, answeredAt: expect.stringMatching(/Z$/) }]);
		checkSchema('Chatwoot', 'message', 'sendAndWait', answer.result?.json('Node') ?? []);
	});

	it('shows the given label on the page, as it is', async () => {
		const waiting = await ask({ approveLabel: 'Sim ✅ <b>&', pageLanguage: 'pt' });
		const [url] = Object.values(links());
		expect((await waiting.resume({ url: url! })).response.body).toContain('<h1>Sim ✅ &#60;b&#62;&#38;</h1>');
		expect(await waiting.resume({ url: url!.replace('label=Sim', 'label=Nao') })).toMatchObject({ started: false, response: { statusCode: 401 } });
	});

	it.each([['Channel::Email', true], ['Channel::WebWidget', true], ['Channel::Api', false], ['Channel::Whatsapp', false]])('names links where they show: %s %s', async (channelType, named) => {
		inChannel(channelType);
		const { error } = await ask();
		expect(error).toBeUndefined();
		expect(lastText()).toMatch(named ? /\n\[Approve\]\(http\S+\)\n/ : /\nApprove: http\S+\n/);
	});

	it('takes a text, and asks again for an empty one', async () => {
		const waiting = await ask({ responseType: 'freeText', answerLabel: 'Responda aqui', pageLanguage: 'pt' });
		const url = links()['Responda aqui']!;
		expect((await waiting.resume({ url })).response.body).toContain('<textarea');
		expect(await waiting.resume({ url, method: 'POST', headers: form, rawBody: 'text=+' })).toMatchObject({ started: false, response: { statusCode: 400, body: expect.stringContaining('Escreva algo') } });
		const answer = await waiting.resume({ url, method: 'POST', headers: form, rawBody: 'text=Sim%2C+pode' });
		expect(answer.result?.json('Node')).toMatchObject([{ answered: true, text: 'Sim, pode' }]);
		checkSchema('Chatwoot', 'message', 'sendAndWait', answer.result?.json('Node') ?? []);
	});

	it('takes no forged answer', async () => {
		const waiting = await ask();
		expect(await waiting.resume({ url: links().Decline!.replace('decline', 'approve'), method: 'POST' })).toMatchObject({ started: false, response: { statusCode: 401 } });
	});

	it('waits for a limited time, and goes on with its item as not answered, whatever was approved before', async () => {
		const before = Date.now();
		const waiting = await ask({ waitAmount: 2, waitUnit: 'hours' }, { items: [{ question: 1, approved: true, answered: true }] });
		expect(Math.round(((waiting.waitTill?.getTime() ?? 0) - before) / 60_000)).toBe(120);
		const late = await waiting.resume('timeout');
		expect(late.result?.status).toBe('success');
		expect(late.result?.json('Node')).toEqual([{ question: 1, answered: false, approved: false, answeredAt: null }]);
		checkSchema('Chatwoot', 'message', 'sendAndWait', [{ answered: false, approved: false, answeredAt: null }, { answered: false, text: null, answeredAt: null }]);
		const text = await ask({ waitAmount: 2, responseType: 'freeText' });
		expect((await text.resume('timeout')).result?.json('Node')).toEqual([{ question: 1, answered: false, text: null, answeredAt: null }]);
	});

	it('does not sleep on a question that nobody has got', async () => {
		one = addConversation(chatwoot, { inboxId: 4 });
		const closed = await ask();
		expect(closed.status).toBe('error');
		expect(closed.error?.message).toMatch(/takes no free text/);
		one = addConversation(chatwoot);
		inChannel('Channel::Whatsapp');
		const long = await ask({ message: 'a'.repeat(4000) });
		expect(long.error?.message).toMatch(/^'Message' has \d+ characters; WhatsApp takes 4096/);
	});

	it('shows who reviews an agent the parameters of its tool, which n8n does not write out', async () => {
		const review = async (message: string, toolParameters: object) => await ask({ message, private: true }, { items: [{ tool: 'Save', toolParameters }] });
		expect((await review('=Input:\n{{ {} }}', { Name: 'Ana <b>', Tags: ['a', 'b'] })).error).toBeUndefined();
		expect(lastText()).toMatch(/^Input:\nName: Ana \\<b\\>\nTags: \\\["a","b"\\\]\n\n\[Approve\]/);
		expect((await ask({ message: '=Input:\n{{ {} }}' })).error?.message).toBe("'Message' has \"[object Object]\" in it [item 0]");
	});

	describe('hears answers in the chat', () => {
		const hearing = { hearInChat: true, waitAmount: 2, approveLabel: 'Fechar pedido', declineLabel: 'Agora não' };
		const webhooks = () => [...chatwoot.sandbox.chatwoot.state.webhooks.values()].filter(({ url }) => String(url).includes('decision=chat'));
		/** What Chatwoot would send for a message, from the sandbox's own event. */
		const event = (content: string, values: object = {}) => {
			const message = hookMessage(chatwoot.sandbox.chatwoot.state, say(chatwoot, one, content, { message_type: 'incoming', ...values }));
			return { method: 'POST', headers: { 'content-type': 'application/json' }, rawBody: JSON.stringify({ event: 'message_created', ...message }), url: String(webhooks()[0]?.url) } as const;
		};

		const elsewhere = () => {
			const { rawBody, ...request } = event('Sim');
			const message = JSON.parse(rawBody) as { conversation: object };
			return { ...request, rawBody: JSON.stringify({ ...message, conversation: { ...message.conversation, id: 99 } }) };
		};

		it.each([['Sim, pode', true], ['fechar pedido!', true], ['Não, obrigado', false]])('of the contact: %s', async (text, approved) => {
			const waiting = await ask(hearing);
			expect(waiting.error).toBeUndefined();
			expect(webhooks()).toMatchObject([{ subscriptions: ['message_created'] }]);
			for (const other of [event('sim, mas amanhã'), event('Sim', { private: true, message_type: 'outgoing' }), event('Sim', { message_type: 'outgoing' }), elsewhere()]) {
				expect(await waiting.resume(other)).toMatchObject({ started: false });
			}
			expect(webhooks()).toHaveLength(1);
			const answer = await waiting.resume(event(text));
			expect(answer.result?.json('Node')).toEqual([{ answered: true, approved, answeredAt: expect.any(String) }]);
			expect(webhooks()).toEqual([]);
		});

		it('of the team in a note, not of the contact, nor of a workflow', async () => {
			const waiting = await ask({ ...hearing, private: true });
			const note = { private: true, message_type: 'outgoing' };
			expect(await waiting.resume(event('Sim'))).toMatchObject({ started: false });
			expect(await waiting.resume(event('Sim', { ...note, content_attributes: { n8n_workflow: 'x' } }))).toMatchObject({ started: false });
			expect((await waiting.resume(event('Sim', note))).result?.json('Node')).toMatchObject([{ approved: true }]);
		});

		it('any text where a text is asked for; a link takes the webhook away, too, and the next question what was left', async () => {
			const text = await ask({ ...hearing, responseType: 'freeText' });
			expect((await text.resume(event('Na sexta, sem açúcar'))).result?.json('Node')).toMatchObject([{ answered: true, text: 'Na sexta, sem açúcar' }]);
			const waiting = await ask(hearing);
			expect((await waiting.resume({ url: links()['Fechar pedido']!, method: 'POST', headers: form, rawBody: '' })).result?.json('Node')).toMatchObject([{ approved: true }]);
			expect(webhooks()).toEqual([]);
			await ask(hearing);
			const [left] = webhooks();
			left!.url = String(left!.url).replace(/until=\d+/, 'until=1000');
			await ask(hearing);
			expect(webhooks().map(({ id }) => id)).not.toContain(left!.id);
		});

		it('needs an end and an administrator, and leaves nothing behind when the question cannot be sent', async () => {
			expect((await ask({ hearInChat: true })).error?.message).toMatch(/^'Wait at Most' is 0, but 'Hear Answers in Chat' needs an end/);
			const agent = await ask(hearing, asAgent(chatwoot));
			expect(agent.error?.message).toMatch(/^Only administrators may register webhooks in Chatwoot/);
			chatwoot.sandbox.inject({ kind: 'status', status: 422, vendor: 'chatwoot', operationId: 'createMessage', times: 1 });
			expect((await ask(hearing)).status).toBe('error');
			expect(webhooks()).toEqual([]);
		});
	});

	it('takes one item at a time', async () => {
		const { error, requests } = await ask({}, { items: [{ a: 1 }, { a: 2 }] });
		expect(error?.message).toBe("'Message' can wait for one answer at a time [item 1]");
		expect(requests).toEqual([]);
	});

	describeFailures(chatwoot, 'message', 'sendAndWait', { good, unknown: undefined, bad: [['no question', { message: ' ' }, /^'Message' is empty/]] });
});

describe('message: send and wait for reply', () => {
	const wait = async (fields = {}) => await chatwoot.run('message', 'sendAndAwaitReply', { conversationId: byId(1), content: 'Desconto de 15 %?', interval: 1, timeout: 0.02, ...fields });

	it('goes on with what the contact writes, and not with what the team does', async () => {
		say(chatwoot, one, 'antes', { message_type: 'incoming' });
		setTimeout(() => { say(chatwoot, one, 'da equipe'); say(chatwoot, one, 'Sim', { message_type: 'incoming' }); }, 300);
		const { rows, error } = await wait({ timeout: 1 });
		expect(error).toBeUndefined();
		expect(rows).toEqual([{ replied: true, text: 'Sim', replyId: expect.any(String), repliedAt: expect.any(String), messageId: expect.any(String), conversationId: '1', status: 'queued', secondsWaited: expect.any(Number) }]);
	});

	it('goes on without a reply', async () => {
		expect((await wait()).rows[0]).toMatchObject({ replied: false, text: null, replyId: null });
	});

	it('does not give up when one look fails', async () => {
		chatwoot.sandbox.inject({ kind: 'status', status: 404, vendor: 'chatwoot', operationId: 'listMessages', times: 1 });
		setTimeout(() => { say(chatwoot, one, 'Sim', { message_type: 'incoming' }); }, 400);
		expect((await wait({ timeout: 1 })).rows[0]).toMatchObject({ replied: true });
	});

	describeFailures(chatwoot, 'message', 'sendAndAwaitReply', { good: () => ({ conversationId: byId(1), content: 'Desconto?', interval: 1, timeout: 0.01 }), unknown: { conversationId: '999' }, bad: [['no text', { content: ' ' }, /^'Message' is empty/], ['looks without a pause', { interval: 0.1 }, /^'Look Every' is less than 1 /]] });
});
