import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { checkSchema } from '../../harness/schemas';
import { addMessage, addSession } from '../../sandbox/kinbox/sessions';
import { byId, fromList, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const state = () => kinbox.sandbox.kinbox.state;
const send = async (fields: INodeParameters, options = {}) => await kinbox.run('message', 'send', { channelId: byId(104), to: '(85) 98888-7777', message: 'Olá!', ...fields }, { ...apiToken(kinbox), ...options });
const waiting = (more: INodeParameters = {}): INodeParameters => ({ additionalFields: { waitForDelivery: 15, ...more } });
const texts = () => kinbox.sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage').map(({ body }) => (body as { message?: string }).message);

describe('message: send, and what becomes of it', () => {
	it('waits until WhatsApp has the message, and finds it in its conversation', async () => {
		const { rows, error, requests } = await send(waiting());
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/), messageId: expect.stringMatching(/^\d+$/) });
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(state().records.messages.get(String(rows[0]?.messageId))?.text).toBe('Olá!');
	});

	it('says queued of what is still in the queue, and of what is to leave later', async () => {
		expect((await send({ additionalFields: { waitForDelivery: 1 } })).rows[0]).toMatchObject({ status: 'queued', messageId: null });
		const later = await send(waiting({ executeAt: '2030-01-01T12:00:00Z' }));
		expect(later.rows[0]).toMatchObject({ status: 'queued' });
		expect(later.requests).toHaveLength(1);
	});

	it('fails the item when WhatsApp refuses what has left the queue', async () => {
		const { error } = await send({ ...waiting(), to: '+55 85 98888-0000' });
		expect(error?.message).toBe('The message was not delivered: The message cannot be delivered: the number has no WhatsApp, or an old version of it [item 0]');
		expect(error?.description).toMatch(/^Check the number.*the channel said: 131026: Message undeliverable/);
		expect([...state().records.queue.values()].map((one) => one.error)).toEqual([false]);
	});

	it('fails the item when the 24 hours are over', async () => {
		const { error } = await send({ ...waiting(), channelId: byId(103) });
		expect(error?.message).toMatch(/^The message was not delivered: The customer has not written for more than 24 hours/);
		expect(error?.description).toMatch(/^Send a template/);
	});

	it('takes no message of the same text for its own that was sent before, nor one of somebody else', async () => {
		const joao = [...state().contacts.values()].find(({ phone }) => phone === '558588887777')!;
		const session = addSession(state(), { contactId: joao.id, channelId: 104, conversationId: 104_000 }, Date.now() - 3_600_000);
		addMessage(state(), session, { sender: 'operator', text: 'Olá!', failure: '131026: old' }, Date.now() - 3_600_000);
		addMessage(state(), session, { sender: 'operator', text: 'Outro', failure: '131026: other' }, Date.now());
		const { error, rows } = await send(waiting());
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/) });
	});

	it('follows templates', async () => {
		const template = async (to: string) => await send({ ...waiting(), channelId: byId(103), to, content: 'template', templateId: fromList('902110002'), templateVariables: { mappingMode: 'defineBelow', value: { body_1: '1042' } } });
		expect((await template('85 98888-7777')).rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/) });
		expect((await template('85 98888-0000')).error?.message).toContain('the number has no WhatsApp');
	});

	it('says queued, and does not send again, when looking fails', async () => {
		kinbox.sandbox.inject({ kind: 'status', status: 403, vendor: 'kinbox', operationId: 'getQueuedMessageStatus' });
		const { error, rows, requests } = await send({ additionalFields: { waitForDelivery: 2 } });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ status: 'queued' });
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('does not know whether it was sent when the answer has no ID', async () => {
		kinbox.sandbox.inject({ kind: 'status', status: 200, vendor: 'kinbox', operationId: 'sendMessage', times: 1, body: {} });
		expect((await send({})).error?.message).toBe('Kinbox answered without the ID of a message, so it is not known whether it was sent [item 0]');
	});
});

describe('message: send and wait for reply, when its own message fails', () => {
	it.each([['85 98888-0000', 104, /the number has no WhatsApp/], ['85 98888-7777', 103, /more than 24 hours/]])('ends with the reason: %s on channel %s', async (to, channelId, message) => {
		const began = Date.now();
		const { error } = await kinbox.run('message', 'sendAndAwaitReply', { channelId: byId(channelId), to, message: 'Tudo certo?', interval: 1, patience: 5 }, apiToken(kinbox));
		expect(error?.message).toMatch(message);
		expect(Date.now() - began).toBeLessThan(30_000);
	});
});

describe('message: send, text and file', () => {
	it('sends what was typed, or Markdown as WhatsApp shows it', async () => {
		await send({ message: '*Pedido* <NATAL10> \u200b__init__' });
		await send({ message: '**Pedido** confirmado\n- [ver](https://a.example)', textFormat: 'markdown' });
		await send({ message: 'Use {nome}', additionalFields: { placeholders: 'literal' } });
		expect(texts()).toEqual(['*Pedido* <NATAL10> __init__', '*Pedido* confirmado\n- ver: https://a.example', 'Use {nome}']);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['an object', { message: '={{ "a " + {} }}' }, /'Text' has "\[object Object\]" in it/],
		['nothing to see', { message: '\u200b\u2060' }, /'Text' is empty: nothing in it can be seen/],
		['a placeholder', { message: 'Olá {{nome}}' }, /'Text' has a placeholder that nobody has filled in: \{\{nome\}\}/],
		['more than WhatsApp takes', { message: 'a'.repeat(4097) }, /'Text' has 4097 characters/],
		['HTML', { message: '<b>Olá</b>' }, /'Text' has HTML tags/],
		['a picture that WhatsApp does not take', { content: 'media', mediaUrl: 'https://a.example/b.webp' }, /'File URL' is a file that WhatsApp does not take: b\.webp/],
		['a film that WhatsApp does not take', { content: 'media', mediaUrl: 'https://a.example/b.mov' }, /does not take: b\.mov/],
	])('refuses %s before anything is sent', async (_, fields, message) => {
		const { error, requests } = await send(fields);
		expect(error?.message).toMatch(message);
		expect(requests).toEqual([]);
	});

	it('tells of each message how far it is, why it failed, and whether it is deleted', async () => {
		const session = addSession(state(), { contactId: [...state().contacts.keys()][0]! }, Date.now());
		const { id } = addMessage(state(), session, { sender: 'operator', text: 'Oi', failure: '131049: healthy ecosystem' }, Date.now());
		const { rows, error } = await kinbox.run('message', 'get', { messageId: id }, apiToken(kinbox));
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id, status: 'failed', errorDetails: '131049: healthy ecosystem', deleted: false });
	});
});

describe('message: send and wait for response', () => {
	const ask = async (fields: INodeParameters = {}) => await kinbox.run('message', 'sendAndWait', { channelId: byId(104), to: '(85) 98888-7777', message: 'Pode?', pageLanguage: 'pt', waitAmount: 1, ...fields }, { ...apiToken(kinbox), items: [{ lead: 7 }] });

	it('sends the links as lines, sleeps, and takes the answer or the end of the time', async () => {
		const waiting = await ask({ declineLabel: 'Agora não' });
		expect(waiting.error).toBeUndefined();
		expect(waiting.status).toBe('waiting');
		const [, approve, decline] = /^Pode\?\n\nAprovar: (http\S+)\n\nAgora não: (http\S+)$/.exec(texts().at(-1)!)!;
		expect((await waiting.resume({ url: decline! })).response.body).toContain('<h1>Agora não</h1>');
		expect((await waiting.resume({ url: approve!, method: 'POST' })).result?.json('Node')).toEqual([{ answered: true, approved: true, answeredAt: expect.any(String) }]);
		expect((await waiting.resume('timeout')).result?.json('Node')).toEqual([{ lead: 7, answered: false, approved: false, answeredAt: null }]);
		checkSchema('Kinbox', 'message', 'sendAndWait', [{ answered: true, approved: true, answeredAt: '2026-01-01T00:00:00Z' }, { answered: false, text: null, answeredAt: null }, { answered: true, text: 'Sim', answeredAt: '2026-01-01T00:00:00Z' }]);
	});

	it('does not sleep on a question that did not arrive, or does not fit', async () => {
		expect((await ask({ to: '+55 85 98888-0000' })).error?.message).toMatch(/^The message was not delivered: /);
		expect((await ask({ message: 'a'.repeat(4000) })).error?.message).toMatch(/^'Message' has \d+ characters with its links; the channel takes 4096 at most/);
		expect((await ask({ message: ' ' })).error?.message).toMatch(/^'Message' is empty/);
	});
});

describe('message: send a long text as several messages', () => {
	const long = async (extra: INodeParameters = {}, more: INodeParameters = {}) => await send({ message: 'Olá!\n\nTudo bem?', additionalFields: { splitText: 'blankLines', partPause: 0, ...extra }, ...more });

	it('in their order, each with a key of its own, the bot after the last', async () => {
		const { rows, error, requests } = await long({ externalId: 'order-1', execBotId: 13 });
		expect(error).toBeUndefined();
		const bodies = requests.filter(({ operationId }) => operationId === 'sendMessage').map(({ body }) => body);
		expect(bodies).toEqual([{ channelId: 104, to: '5585988887777', message: 'Olá!', externalId: 'order-1' }, { channelId: 104, to: '5585988887777', message: 'Tudo bem?', externalId: 'order-1.1', callOptions: { execBotId: 13 } }]);
		expect(rows.map(({ status }) => status)).toEqual([expect.stringMatching(/^(?:sent|delivered)$/), 'queued']);
		const again = await long({ externalId: 'order-1', execBotId: 13, whenRepeated: 'skip' });
		expect(again.rows).toMatchObject([{ alreadySent: true }, { alreadySent: true }]);
	});

	it('not with a time, for which Kinbox tells no order', async () => {
		const { error, requests } = await long({ executeAt: '2030-01-01T12:00:00Z' });
		expect(error?.message).toBe("'Split Text' cannot be used with 'Send At' [item 0]");
		expect(requests).toEqual([]);
	});
});
