import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import { conversationsOf } from '../../../nodes/Kinbox/actions/message/message.calls';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { binaryBuffer } from '../../harness/engine';
import { addMessage, addSession } from '../../sandbox/kinbox/sessions';
import { byId, fromList, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const send = async (fields: INodeParameters, options = {}) => await kinbox.run('message', 'send', { channelId: byId(104), to: '(85) 98888-7777', message: 'Olá!', ...fields }, { ...apiToken(kinbox), ...options });

describe('message: send', () => {
	it('sends a text with the least that is needed', async () => {
		const { requests, rows, error } = await send({});
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/messages/send', status: 201 });
		expect(requests[0]?.body).toEqual({ channelId: 104, to: '5585988887777', message: 'Olá!' });
		expect(rows).toEqual([{ id: expect.stringMatching(/^\d+$/), queued: true, alreadySent: false, status: 'queued', messageId: null, to: '+5585988887777', channelId: '104', externalId: null, executeAt: null }]);
	});

	it('sends every option', async () => {
		const { requests, error } = await send({
			additionalFields: {
				execAutoAttributionId: 12, execBotId: 13, contactEmail: 'ana@example.com', contactName: 'Ana', externalId: 'order-1042', groupId: fromList(11), hidden: true,
				executeAt: '2026-12-24T09:00:00-03:00', whenRepeated: 'fail',
			},
		});
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toEqual({
			channelId: 104, to: '5585988887777', message: 'Olá!', hidden: true, externalId: 'order-1042', executeAt: '2026-12-24T12:00:00.000Z',
			callOptions: { setGroupId: 11, execAutoAttributionId: 12, execBotId: 13, contact: { name: 'Ana', email: 'ana@example.com' } },
		});
	});

	it('sends a file, a template, or only what happens with the conversation', async () => {
		const file = await send({ content: 'media', mediaUrl: 'https://example.com/boleto.pdf' });
		expect(file.error).toBeUndefined();
		expect(file.requests[0]?.body).toEqual({ channelId: 104, to: '5585988887777', message: 'https://example.com/boleto.pdf', isMedia: true });
		const template = await send({ channelId: byId(103), content: 'template', templateId: fromList('902110002'), templateVariables: { mappingMode: 'defineBelow', value: { body_1: '1042' } } });
		expect(template.error).toBeUndefined();
		expect(template.requests.map(({ operationId }) => operationId)).toEqual(['listChannelTemplates', 'sendMessage']);
		expect(template.requests[1]?.body).toMatchObject({ template: { id: '902110002', bodyFields: ['1042'] } });
		const nothing = await send({ content: 'none', additionalFields: { execBotId: 13 } });
		expect(nothing.error).toBeUndefined();
		expect(nothing.requests[0]?.body).toEqual({ channelId: 104, to: '5585988887777', callOptions: { execBotId: 13 } });
	});

	it('asks for the international check for numbers outside Brazil', async () => {
		const { requests, error } = await send({ to: '+351 912 345 678' });
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toMatchObject({ to: '351912345678', callOptions: { doInternationalValidation: true } });
	});

	it('sends nothing twice with an External ID: fails or skips', async () => {
		expect((await send({ additionalFields: { externalId: 'a' } })).error).toBeUndefined();
		const fail = await send({ additionalFields: { externalId: 'a' } });
		expect(fail.error?.message).toBe('Kinbox has this record already: externalId already used [item 0]');
		const skip = await send({ additionalFields: { externalId: 'a', whenRepeated: 'skip' } });
		expect(skip.error).toBeUndefined();
		expect(skip.rows[0]).toMatchObject({ id: null, queued: false, alreadySent: true, externalId: 'a' });
		expect(kinbox.sandbox.kinbox.state.records.queue.size).toBe(1);
	});

	it('tries again after a lost answer only when the External ID prevents a second message', async () => {
		kinbox.sandbox.inject({ kind: 'reset-after-handling', vendor: 'kinbox', method: 'POST', times: 1 });
		const keyed = await send({ additionalFields: { externalId: 'b', whenRepeated: 'skip' } });
		expect(keyed.error).toBeUndefined();
		expect(keyed.rows[0]).toMatchObject({ alreadySent: true });
		kinbox.sandbox.inject({ kind: 'reset-after-handling', vendor: 'kinbox', method: 'POST', times: 1 });
		const plain = await send({});
		expect(plain.error?.description).toContain('It is not known whether Kinbox has carried the request out');
		expect(kinbox.sandbox.kinbox.state.records.queue.size).toBe(2);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no recipient', { to: ' ' }, /^'To' is empty/],
		['letters in the phone', { to: 'Ana' }, /^'To' cannot be used as a phone number/],
		['no text', { message: ' ' }, /^'Text' is empty/],
		['a file without address', { content: 'media', mediaUrl: 'boleto.pdf' }, /^'File URL' is not a web address/],
		['no template', { content: 'template' }, /^'Template' is empty/],
		['nothing at all', { content: 'none' }, /^'Content' is No Message, but nothing else is to be done/],
		['a date that is none', { additionalFields: { executeAt: 'later' } }, /^'Send At' is not a date/],
		['a channel by name', { channelId: byId('={{ "WhatsApp" }}') }, /^'Channel' is not an ID/],
		['a group by name', { additionalFields: { groupId: byId('Vendas') } }, /^'Group' is not an ID/],
	])('refuses %s before sending', async (_what, fields, message) => {
		const { error, requests } = await send(fields);
		expect(error?.message).toMatch(message);
		expect(requests).toEqual([]);
	});

	it('needs the API Token with the scope send, and a channel that exists', async () => {
		const v3 = await send({}, { credential: {} });
		expect(v3.error?.message).toBe('Sending messages needs the API Token, but the credential holds the Token V3 [item 0]');
		const noScope = await send({}, { credential: { kinboxApi: { generation: 'v1', token: kinbox.sandbox.kinbox.tokens.apiWithoutSend } } });
		expect(noScope.error?.message).toBe('Kinbox does not allow this with the token of the credential [item 0]');
		expect(noScope.error?.description).toContain('Token lacks the scope send');
		const unknown = await send({ channelId: byId(1) });
		expect(unknown.error?.message).toBe('Kinbox does not know this record [item 0]');
	});

	it('goes on past a bad item', async () => {
		const { rows, outputs } = await send({ to: '={{ $json.phone }}' }, { items: [{ phone: '85 98888-7777' }, { phone: 'x' }], onError: 'continueErrorOutput' });
		expect(rows).toHaveLength(1);
		expect(outputs[1]?.[0]?.json.error).toMatch(/^'To' cannot be used.*\[item 1\]/);
	});
});

describe('message: send and wait for reply', () => {
	const state = () => kinbox.sandbox.kinbox.state;
	const wait = async (fields: INodeParameters, options = {}) => await kinbox.run('message', 'sendAndAwaitReply', { channelId: byId(104), to: '(85) 98888-7777', message: 'Tudo certo?', interval: 1, ...fields }, { ...apiToken(kinbox), ...options });
	/** João, whose number Kinbox has without the ninth digit, writes. */
	function write(text: string, channelId = 104) {
		const joao = [...state().contacts.values()].find(({ phone }) => phone === '558588887777')!;
		const open = [...state().records.sessions.values()].find((one) => one.contactId === joao.id && one.channelId === channelId);
		const session = open ?? addSession(state(), { contactId: joao.id, channelId, conversationId: channelId * 1000 }, Date.now());
		addMessage(state(), session, { text }, Date.now());
	}

	it('gives the first message that the contact writes on the channel afterwards', async () => {
		write('Before');
		const waiting = wait({ to: '85 8888-7777' });
		setTimeout(() => write('Elsewhere', 103), 500);
		setTimeout(() => write('Sim!'), 1500);
		const { rows, error } = await waiting;
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ queued: true, to: '+558588887777', replied: true, reply: { text: 'Sim!', sender: 'contact' } });
	});

	it('finds the reply under the other spelling of the number', async () => {
		const waiting = wait({});
		setTimeout(() => write('Sim!'), 500);
		const { rows, error } = await waiting;
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ to: '+5585988887777', replied: true, reply: { text: 'Sim!' } });
	});

	it('looks at the conversations of all who have the phone, and of nobody else', async () => {
		const asked: unknown[] = [];
		const list = async (address: string, query: Record<string, string>) => {
			if (address === '/contacts') return { rows: [{ id: 1, phone: '5511977776666' }, { id: 2, phone: '558588887777' }, { id: 3, phone: '5585988887777' }] };
			asked.push(query.contact_id);
			return { rows: [{ call: { workspacePlatformId: 103, customerPlatformId: Number(query.contact_id) * 10 } }] };
		};
		expect(await conversationsOf('+5585988887777', '103', { list } as never)).toEqual(['20', '30']);
		expect(new Set(asked)).toEqual(new Set(['2', '3']));
	});

	it('does not give up, and with that invite to send again, when one look fails', async () => {
		const waiting = wait({});
		setTimeout(() => kinbox.sandbox.inject({ kind: 'status', status: 404, vendor: 'kinbox', operationId: 'listContacts', times: 1 }), 500);
		setTimeout(() => write('Sim!'), 600);
		const { rows, requests, error } = await waiting;
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ queued: true, replied: true, reply: { text: 'Sim!' } });
		expect(requests.filter(({ status }) => status === 404)).toHaveLength(1);
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('ends when nobody replies: with an item or an error', async () => {
		const output = await wait({ patience: 0 });
		expect(output.error).toBeUndefined();
		expect(output.rows[0]).toMatchObject({ queued: true, replied: false, reply: null });
		const fail = await wait({ patience: 0, whenLate: 'fail' });
		expect(fail.error?.message).toBe('Nobody has replied within 0 minutes [item 0]');
	});

	it('stops at once when the execution is cancelled', async () => {
		const started = Date.now();
		const { status } = await wait({ interval: 60 }, { cancelAfterMs: 400 });
		expect(status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(5_000);
	});
});

describe('message: queue', () => {
	it('tells the status, and waits until the message has left', async () => {
		const { rows } = await send({});
		const queueId = String(rows[0]?.id);
		const waiting = await kinbox.run('message', 'getQueueStatus', { queueId }, apiToken(kinbox));
		expect(waiting.rows).toEqual([{ id: queueId, status: 'waiting' }]);
		const late = await kinbox.run('message', 'waitUntilExecuted', { queueId, patience: 0 }, apiToken(kinbox));
		expect(late.error?.message).toBe('The message was still waiting after 0 minutes [item 0]');
		const output = await kinbox.run('message', 'waitUntilExecuted', { queueId, patience: 0, whenLate: 'output' }, apiToken(kinbox));
		expect(output.rows).toEqual([{ id: queueId, status: 'waiting', executed: false }]);
		const done = await kinbox.run('message', 'waitUntilExecuted', { queueId, interval: 1 }, apiToken(kinbox));
		expect(done.error).toBeUndefined();
		expect(done.rows).toEqual([{ id: queueId, status: 'executed', executed: true }]);
		expect((await kinbox.run('message', 'getQueueStatus', { queueId: 'abc' }, apiToken(kinbox))).error?.message).toBe("'Queue ID' is not a number [item 0]");
		const unknown = await kinbox.run('message', 'waitUntilExecuted', { queueId: '1' }, apiToken(kinbox));
		expect(unknown.rows).toEqual([{ id: '1', status: 'not_found', executed: false }]);
	});
});

describe('message: hand in to custom channel', () => {
	const hand = async (fields: INodeParameters = {}, options = {}) => await kinbox.run('message', 'receive', { channelUrl: `${kinbox.sandbox.kinbox.url}/custom-channel-endpoint`, sender: '(85) 97777-0001', content: 'Bom dia', ...fields }, { ...apiToken(kinbox), ...options });

	it('sends text, files and what is known of the customer, with the token in its own header', async () => {
		const { rows, requests, error } = await hand({ contactInfo: { name: 'Rita', email: 'rita@example.com', avatar: 'https://example.com/rita.jpg' } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', body: { sender: '5585977770001', content: 'Bom dia', type: 'text', contactInfo: { name: 'Rita', email: 'rita@example.com', avatar: 'https://example.com/rita.jpg' } } });
		expect(requests[0]?.headers).toMatchObject({ 'x-api-token': '<api>' });
		expect(requests[0]?.headers).not.toHaveProperty('authorization');
		expect(rows).toEqual([{ handedIn: true, sender: '5585977770001', type: 'text', answer: {} }]);
		const image = await hand({ type: 'image', content: 'https://example.com/comprovante.jpg' });
		expect(image.error).toBeUndefined();
		expect([...kinbox.sandbox.kinbox.state.records.messages.values()].map(({ text, mediaUrl }) => text || mediaUrl)).toEqual(['Bom dia', 'https://example.com/comprovante.jpg']);
	});

	it('sends the token to Kinbox only', async () => {
		const { error, requests } = await hand({ channelUrl: `${kinbox.sandbox.chatwoot.url}/custom-channel-endpoint` });
		expect(error?.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+ is not an address of Kinbox \[item 0\]$/);
		expect(requests).toEqual([]);
	});

	it('refuses what is incomplete, and says which token is needed', async () => {
		expect((await hand({ sender: 'Rita' })).error?.message).toMatch(/^'Phone' cannot be used as a phone number/);
		expect((await hand({ content: ' ' })).error?.message).toBe("'Content' is empty [item 0]");
		expect((await hand({ type: 'image', content: 'a.jpg' })).error?.message).toBe("'Content' is not a web address [item 0]");
		expect((await hand({ channelUrl: 'kinbox' })).error?.message).toBe("'Channel Address' is not a web address [item 0]");
		expect((await hand({}, { credential: {} })).error?.message).toBe('Handing in messages needs the API Token, but the credential holds the Token V3 [item 0]');
		expect((await hand({}, { credential: { kinboxApi: { generation: 'v1', token: 'wrong' } } })).error?.message).toBe('Kinbox did not accept the token of the credential [item 0]');
	});
});

describe('message: download files', () => {
	let files: Server;
	let address: string;
	let authorization: string | undefined;
	beforeAll(async () => {
		files = createServer((request, response) => {
			({ authorization } = request.headers);
			if (request.url === '/gone.jpg') response.writeHead(410).end();
			else response.writeHead(200, { 'content-type': 'image/png; charset=binary' }).end(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
		});
		await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
		address = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		files.closeAllConnections();
		files.close();
	});

	/** A message of a contact with a file. */
	function withFile(mediaUrl?: string): string {
		const { state } = kinbox.sandbox.kinbox;
		const session = addSession(state, { contactId: [...state.contacts.keys()][0]! }, Date.now());
		return addMessage(state, session, { text: mediaUrl ? '' : 'Oi', ...(mediaUrl ? { mediaUrl } : {}) }, Date.now()).id;
	}
	const get = async (messageId: string, options = {}) => await kinbox.run('message', 'download', { messageId, binaryName: 'proof', privateFiles: true }, { ...apiToken(kinbox), ...options });

	it('gives the bytes, name and type, and sends no token to the file', async () => {
		const { outputs, rows, error } = await get(withFile(`${address}/comprovante%20pix.png?x=1`));
		expect(error).toBeUndefined();
		const file = outputs[0]?.[0]?.binary?.proof;
		expect(file).toMatchObject({ fileName: 'comprovante pix.png', mimeType: 'image/png' });
		expect([...(await binaryBuffer(file))]).toEqual([0x89, 0x50, 0x4e, 0x47, 0xff]);
		expect(authorization).toBeUndefined();
		expect(rows[0]).toMatchObject({ sender: 'contact', mediaUrl: expect.stringContaining('comprovante') });
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('fetches nothing from the own network, unless told', async () => {
		const { error } = await kinbox.run('message', 'download', { messageId: withFile(`${address}/a.png`), binaryName: 'proof' }, apiToken(kinbox));
		expect(error?.message).toBe('A file of the message could not be fetched: its address leads into a private network [item 0]');
	});

	it('says when there is no file, it is gone, or the message is unknown', async () => {
		expect((await get(withFile())).error?.message).toBe('This message has no file [item 0]');
		expect((await get(withFile(`${address}/gone.jpg`))).error?.message).toBe('A file of the message could not be fetched: its server answered with HTTP 410 [item 0]');
		expect((await get(withFile('http://127.0.0.1:9/x.jpg'))).error?.message).toBe('A file of the message could not be fetched: its server does not take connections [item 0]');
		expect((await get('1')).error?.message).toBe('Kinbox does not know this record [item 0]');
		expect((await get('1', { credential: {} })).error?.message).toBe('Reading messages needs the API Token, but the credential holds the Token V3 [item 0]');
	});
});
