import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { checkSchema } from '../../harness/schemas';
import { byId, useNode } from '../support';
import { describeFailures } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
let one: ChatwootConversation;
beforeEach(() => {
	one = addConversation(chatwoot);
});
const good = () => ({ conversationId: byId(1), content: 'Desconto de 15 %?' });
const ask = async (fields = {}, options = {}) => await chatwoot.run('message', 'sendAndWait', { ...good(), ...fields }, { items: [{ question: 1 }], ...options });
/** The links of the last message that was sent. */
const links = () => Object.fromEntries([...String([...chatwoot.sandbox.chatwoot.state.messages.values()].at(-1)?.content).matchAll(/^(.+?): (https?:\S+)$/gm)].map((match) => [match[1], match[2]])) as Record<string, string>;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('message: send and wait for response', () => {
	it('sends signed links and sleeps', async () => {
		const waiting = await ask({ approveLabel: 'Aprovar', declineLabel: 'Recusar', private: true });
		expect(waiting.status).toBe('waiting');
		expect(waiting.waitTill?.getUTCFullYear()).toBe(3000);
		expect(waiting.requests.find(({ method }) => method === 'POST')?.body).toMatchObject({ private: true, message_type: 'outgoing', content: expect.stringMatching(/^Desconto de 15 %\?\n\nAprovar: http.*decision=approve.*signature=.*\n\nRecusar: http.*decision=decline/) });
	});

	it.each([['Approve', true], ['Decline', false]])('%s: opening the link answers nothing, the button does', async (label, approved) => {
		const waiting = await ask();
		const url = links()[label]!;
		const preview = await waiting.resume({ url });
		expect(preview).toMatchObject({ started: false, response: { statusCode: 200, body: expect.stringContaining(`${label} now`) } });
		const answer = await waiting.resume({ url, method: 'POST', headers: form, rawBody: '' });
		expect(answer.response).toMatchObject({ statusCode: 200, body: expect.stringContaining('Thank you') });
		expect(answer.result?.status).toBe('success');
		expect(answer.result?.json('Node')).toEqual([{ answered: true, approved, answeredAt: expect.stringMatching(/Z$/) }]);
		checkSchema('Chatwoot', 'message', 'sendAndWait', answer.result?.json('Node') ?? []);
	});

	it('takes a text, and asks again for an empty one', async () => {
		const waiting = await ask({ responseType: 'freeText', answerLabel: 'Responda aqui' });
		const url = links()['Responda aqui']!;
		expect((await waiting.resume({ url })).response.body).toContain('<textarea');
		expect(await waiting.resume({ url, method: 'POST', headers: form, rawBody: 'text=+' })).toMatchObject({ started: false, response: { statusCode: 400 } });
		const answer = await waiting.resume({ url, method: 'POST', headers: form, rawBody: 'text=Sim%2C+pode' });
		expect(answer.result?.json('Node')).toMatchObject([{ answered: true, text: 'Sim, pode' }]);
		checkSchema('Chatwoot', 'message', 'sendAndWait', answer.result?.json('Node') ?? []);
	});

	it('takes no forged answer', async () => {
		const waiting = await ask();
		expect(await waiting.resume({ url: links().Decline!.replace('decline', 'approve'), method: 'POST' })).toMatchObject({ started: false, response: { statusCode: 401 } });
	});

	it('waits for a limited time, and goes on with its input', async () => {
		const before = Date.now();
		const waiting = await ask({ waitAmount: 2, waitUnit: 'hours' });
		expect(Math.round(((waiting.waitTill?.getTime() ?? 0) - before) / 60_000)).toBe(120);
		expect((await waiting.resume('timeout')).result?.status).toBe('success');
	});

	it('takes one item at a time', async () => {
		const { error, requests } = await ask({}, { items: [{ a: 1 }, { a: 2 }] });
		expect(error?.message).toBe("'Message' can wait for one answer at a time [item 1]");
		expect(requests).toEqual([]);
	});

	describeFailures(chatwoot, 'message', 'sendAndWait', { good, unknown: undefined, bad: [['no question', { content: ' ' }, /^'Message' is empty/]] });
});

describe('message: send and wait for reply', () => {
	const wait = async (fields = {}) => await chatwoot.run('message', 'sendAndAwaitReply', { ...good(), interval: 1, timeout: 0.02, ...fields });

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

	describeFailures(chatwoot, 'message', 'sendAndAwaitReply', { good: () => ({ ...good(), interval: 1, timeout: 0.01 }), unknown: { conversationId: '999' }, bad: [['no text', { content: ' ' }, /^'Message' is empty/], ['looks without a pause', { interval: 0.1 }, /^'Look Every' is less than 1 /]] });
});
