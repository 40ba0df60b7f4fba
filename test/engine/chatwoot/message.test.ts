
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch, resourceMapping } from '../../harness/engine';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { addInbox, type ChatwootChannelType } from '../../sandbox/chatwoot/state';
import { metaTemplates, type MetaTemplate } from '../../sandbox/whatsapp/templates';
import { byId, credentials, credentialValues, useNode } from '../support';
import { useFileServer } from './fileServer';
import { asBot, describeFailures, mapped } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/conversations/1/messages';
let one: ChatwootConversation;
beforeEach(() => {
	one = addConversation(chatwoot);
});
const good = () => ({ conversationId: byId(1) });
const unknown = { conversationId: '999' };
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('message', operation, { ...good(), ...fields }, options);
/** What tells the trigger of the same workflow to leave the message out. */
const mark = { n8n_workflow: expect.stringMatching(/^[0-9a-f]{16}$/) };
const file = (text: string, mimeType: string, fileName: string) => ({ data: Buffer.from(text).toString('base64'), mimeType, fileName });

describe('message: send', () => {
	it('sends a reply', async () => {
		const { rows, requests, error } = await run('send', { content: 'Olá Ana' });
		expect(error).toBeUndefined();
		expect(requests[1]).toMatchObject({ method: 'POST', path, body: { content: 'Olá Ana', message_type: 'outgoing', private: false } });
		expect(rows).toEqual([{
			id: expect.any(String), conversationId: '1', inboxId: '2', content: 'Olá Ana', type: 'outgoing', private: false, status: 'queued', deleted: false, sender: 'Marina Duarte', senderType: 'user', attachments: [], sourceId: null, createdAt: expect.any(String),
		}]);
	});

	it('sends every field', async () => {
		const first = say(chatwoot, one, 'Primeira');
		const { requests, error } = await run('send', {
			content: 'Texto', private: true,
			additionalFields: {
				bcc: 'a@example.com', cc: 'b@example.com, c@example.com', to: 'd@example.com', emailHtml: '<p>Oi</p>', echo: 'e1', externalCreatedAt: '2026-01-05T09:00:00Z', externalReference: 'x-1',
				messageType: 'outgoing', replyTo: byId(first.id), agentBotId: byId(1), voiceNote: true,
			},
		});
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toEqual({
			content: 'Texto', message_type: 'outgoing', private: true, content_attributes: { in_reply_to: first.id, ...mark }, source_id: 'x-1', echo_id: 'e1', external_created_at: '2026-01-05T09:00:00.000Z',
			cc_emails: 'b@example.com,c@example.com', bcc_emails: 'a@example.com', to_emails: 'd@example.com', email_html_content: '<p>Oi</p>', sender_type: 'AgentBot', sender_id: 1, is_voice_message: true,
		});
	});

	it('sends several files with their names and kinds', async () => {
		const first = say(chatwoot, one, 'Primeira');
		const { rows, requests, error } = await run('send', { content: 'Veja', attachments: 'photo, invoice', additionalFields: { replyTo: byId(first.id) } }, {
			items: [{ json: {}, binary: { photo: file('png', 'image/png', 'foto.png'), invoice: file('%PDF', 'application/pdf', 'nota fiscal.pdf') } }],
		});
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.headers['content-type']).toMatch(/^multipart\/form-data/);
		expect(rows[0]?.attachments).toEqual([expect.stringContaining('foto.png'), expect.stringContaining('nota%20fiscal.pdf')]);
		const stored = [...chatwoot.sandbox.chatwoot.state.messages.values()].at(-1)!;
		expect(stored).toMatchObject({ content: 'Veja', contentAttributes: { in_reply_to: first.id, ...mark }, attachments: [{ file_type: 'image', file_size: 3 }, { file_type: 'file', file_size: 4 }] });
		const listed = await chatwoot.run('conversation', 'getAttachments', { ...good(), returnAll: true });
		expect(listed.rows).toHaveLength(2);
		expect((await chatwoot.run('contact', 'getAttachments', { contactId: byId(1), returnAll: true })).rows[0]).toMatchObject({ conversation_id: 1 });
	});

	it('sends files alone, and says when the input lacks one', async () => {
		const items = [{ json: {}, binary: { data: file('a', 'audio/ogg', 'voz.ogg') } }];
		expect((await run('send', { attachments: 'data' }, { items })).error).toBeUndefined();
		const missing = await run('send', { attachments: 'data, other' }, { items });
		expect(missing.error?.message).toContain('other');
		expect(missing.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('sends files that are stored already, and lets Chatwoot fetch others', async () => {
		const items = [{ json: {}, binary: { data: file('png', 'image/png', 'logo.png') } }];
		const [upload] = (await run('uploadFile', { source: 'binary', file: 'data' }, { items })).rows;
		const { rows, requests, error } = await run('send', { content: 'Veja', attachments: 'data', additionalFields: { uploads: String(upload?.uploadId), attachmentUrls: 'https://example.com/bolo.jpg' } }, { items });
		expect(error).toBeUndefined();
		expect(requests.filter(({ method }) => method === 'POST').map(({ path: to }) => to)).toEqual(['/api/v1/accounts/1/upload', '/api/v1/accounts/1/upload', path]);
		expect(requests[2]?.body).toEqual({ external_url: 'https://example.com/bolo.jpg' });
		const ids = [...chatwoot.sandbox.chatwoot.state.uploads.keys()];
		expect(requests[3]?.body).toEqual({ content: 'Veja', message_type: 'outgoing', private: false, content_attributes: mark, attachments: [ids[1], ids[0], ids[2]] });
		expect(rows[0]?.attachments).toEqual([expect.stringContaining('logo.png'), expect.stringContaining('logo.png'), expect.stringContaining('bolo.jpg')]);
		expect((await run('send', { additionalFields: { uploads: ids[0] } })).error).toBeUndefined();
		expect((await run('send', { additionalFields: { uploads: 'forged' } })).error?.message).toBe('Chatwoot refused the request: mismatched digest [item 0]');
	});

	it('keeps the order of the items within a conversation', async () => {
		const items = Array.from({ length: 12 }, (_, index) => ({ text: `m${index}` }));
		chatwoot.sandbox.inject({ kind: 'latency', ms: 5 });
		const { rows } = await run('send', { content: '={{ $json.text }}' }, { items });
		expect([...chatwoot.sandbox.chatwoot.state.messages.values()].map(({ content }) => content)).toEqual(items.map(({ text }) => text));
		expect(rows.map(({ content }) => content)).toEqual(items.map(({ text }) => text));
	});

	it('works with the token of a bot', async () => {
		expect((await run('send', { content: 'Sou um robô' }, asBot(chatwoot))).rows[0]).toMatchObject({ sender: 'Robô de triagem', senderType: 'agent_bot' });
	});

	it('is not repeated after an answer that got lost', async () => {
		chatwoot.sandbox.inject({ kind: 'reset-after-handling', vendor: 'chatwoot', operationId: 'createMessage', times: 1 });
		const { error, rows, requests } = await run('send', { content: 'Uma vez' });
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		// It was looked for, and is there.
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id: String([...chatwoot.sandbox.chatwoot.state.messages.keys()][0]), content: 'Uma vez' });
		expect(chatwoot.sandbox.chatwoot.state.messages.size).toBe(1);
	});

	it('passes on why the server refuses', async () => {
		const site = addConversation(chatwoot, { inboxId: 1 });
		const { error } = await run('send', { conversationId: byId(site.displayId), content: 'x', additionalFields: { messageType: 'incoming' } });
		expect(error?.message).toBe('Chatwoot refused the request: Incoming messages are only allowed in Api inboxes [item 0]');
	});

	describeFailures(chatwoot, 'message', 'send', {
		good: () => ({ ...good(), content: 'x' }), unknown,
		bad: [
			['nothing to send', { content: ' ' }, /^'Message' is empty, and there are no attachments/],
			['a broken address', { additionalFields: { cc: 'a@example.com, b' } }, /^'CC' has an entry that is not an e-mail address: b/],
			['too many files', { attachments: Array.from({ length: 16 }, (_, index) => `f${index}`).join(',') }, /^'Attachments Input Data Field Names' has more than 15 entries/],
			['too many files in all', { attachments: 'a,b,c,d,e,f,g,h', additionalFields: { uploads: '1,2,3,4,5,6,7,8' } }, /^'Additional Fields' names more files than the message can take: 16 in all/],
			['a file address that is none', { additionalFields: { attachmentUrls: 'https://example.com/a.jpg, b.jpg' } }, /^'Attachment URLs' has an entry that is not a web address: b.jpg/],
			['a text that is too long', { content: 'x'.repeat(150_001) }, /^'Message' has more than 150000 characters/],
		],
	});
});

describe('message: what reaches WhatsApp', () => {
	const graph = () => chatwoot.sandbox.chatwoot.state.graph;
	const open = () => {
		const conversation = addConversation(chatwoot, { inboxId: 4 });
		const { state } = chatwoot.sandbox.chatwoot;
		const message = say(chatwoot, conversation, 'Oi', { private: true });
		Object.assign(state.messages.get(message.id)!, { type: 0, private: false });
		return conversation;
	};
	const send = async (conversation: ChatwootConversation, fields: object, options = {}) => await chatwoot.run('message', 'send', { conversationId: byId(conversation.displayId), ...fields }, options);
	const wait = { waitForDelivery: 5 };

	it('is queued until WhatsApp has it, and then sent', async () => {
		const conversation = open();
		expect((await send(conversation, { content: 'Olá *Ana*' })).rows[0]).toMatchObject({ status: 'queued', content: 'Olá *Ana*', sourceId: null });
		const { rows, error } = await send(conversation, { content: 'Olá', additionalFields: wait });
		expect(error).toBeUndefined();
		expect(rows[0]?.status).toMatch(/^(?:sent|delivered)$/);
		expect(rows[0]?.sourceId).toMatch(/^wamid\./);
	});

	it('a failure is an error in plain words, and stays one when the status goes back', async () => {
		const conversation = open();
		const { state } = chatwoot.sandbox.chatwoot;
		const answered = send(conversation, { content: 'Olá', additionalFields: wait });
		for (let tries = 0; tries < 100 && state.graph.length === 0; tries++) await new Promise((resolve) => { setTimeout(resolve, 20); });
		state.messages.get(state.graph[0]!.messageId)!.news = [{ at: 0, status: 'failed', error: '(#131056) pair rate limit hit' }, { at: 0, status: 'sent' }];
		const { error } = await answered;
		expect(error?.message).toBe('The message was not delivered: Too many messages to this customer in a short time [item 0]');
		expect(error?.description).toMatch(/^Wait a minute before the next one to the same customer\. \(Message \d+; the channel said: \(#131056\)/);
	});

	it.each<[string, () => object]>([
		['sendTemplate', () => ({ template: byId('bienvenida'), templateVariables: mapped({ body_nombre: 'Ana' }) })],
		['sendInteractive', () => ({ content: 'Qual?', selectOptions: { option: [{ title: 'P' }] } })],
	])('%s waits for WhatsApp as well, and fails with its reason', async (operation, fields) => {
		const { state } = chatwoot.sandbox.chatwoot;
		const post = async () => await chatwoot.run('message', operation, { conversationId: byId(open().displayId), ...fields(), additionalFields: wait });
		const { rows, error } = await post();
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/), sourceId: expect.stringMatching(/^wamid\./) });
		state.graph.length = 0;
		const failing = post();
		for (let tries = 0; tries < 100 && state.graph.length === 0; tries++) await new Promise((resolve) => { setTimeout(resolve, 20); });
		state.messages.get(state.graph[0]!.messageId)!.news = [{ at: 0, status: 'failed', error: '131049: healthy ecosystem' }];
		expect((await failing).error?.message).toBe('The message was not delivered: WhatsApp has not delivered it, because this customer got enough marketing messages lately [item 0]');
	});

	it('free text in a closed window is refused before it is sent', async () => {
		const conversation = addConversation(chatwoot, { inboxId: 4 });
		const options = { selectOptions: { option: [{ title: 'Sim' }] } };
		for (const [operation, fields] of [['send', {}], ['sendAndAwaitReply', {}], ['sendInteractive', options], ['sendAndWait', { message: 'Pode?' }]] as Array<[string, Partial<typeof options & { message: string }>]>) {
			const { error, requests } = await chatwoot.run('message', operation, { conversationId: byId(conversation.displayId), content: 'Olá', ...fields });
			expect(error?.message).toMatch(/takes no free text: the contact has not written within the last 24 hours/);
			expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
		}
		expect((await send(conversation, { content: 'Nota', private: true })).error).toBeUndefined();
	});

	it('files go out one by one, the text with the first that may carry one, and nothing is lost', async () => {
		const conversation = open();
		const items = [{ json: {}, binary: { voice: file('OggS', 'application/octet-stream', 'voz.ogg'), photo: file('x', '', 'foto.jpg'), pdf: file('%PDF-1', 'application/octet-stream', 'nota') } }];
		const { rows, error } = await send(conversation, { content: 'Veja', attachments: 'voice, photo, pdf' }, { items });
		expect(error).toBeUndefined();
		expect(rows.map(({ content }) => content ?? null)).toEqual([null, 'Veja', null]);
		const voice = await send(conversation, { content: 'Ouça', attachments: 'voice' }, { items });
		expect(voice.rows.map(({ content }) => content ?? null)).toEqual(['Ouça', null]);
		expect(graph().map(({ verdict, lost }) => [verdict, lost])).toEqual(Array.from({ length: 5 }, () => [null, []]));
	});

	it.each(['Channel::Instagram', 'Channel::Tiktok', 'Channel::Telegram'])('%s: one message a file where the channel sends the first only', async (kind) => {
		chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.channelType = kind as ChatwootChannelType;
		const items = [{ json: {}, binary: { photo: file('x', 'image/jpeg', 'foto.jpg'), pdf: file('%PDF-1', 'application/pdf', 'nota.pdf') } }];
		const { rows, error } = await send(one, { content: 'Veja', attachments: 'photo, pdf' }, { items });
		expect(error).toBeUndefined();
		expect(rows.map(({ content, attachments }) => [content ?? null, (attachments as string[]).length])).toEqual(kind === 'Channel::Telegram' ? [['Veja', 2]] : [['Veja', 1], [null, 1]]);
	});

	it.each([
		['a picture of 6 MB', { attachments: 'data' }, { data: Buffer.alloc(6 * 1024 * 1024).toString('base64'), mimeType: 'image/png', fileName: 'a.png' }, /has a file that is too large for WhatsApp: a\.png \(image\/png\) has 6 MB/],
		['a film of 17 MB', { attachments: 'data' }, { data: Buffer.alloc(17 * 1024 * 1024).toString('base64'), mimeType: 'video/mp4', fileName: 'a.mp4' }, /has a file that is too large for WhatsApp: a\.mp4 \(video\/mp4\) has 17 MB/],
		['a webp image', { attachments: 'data' }, file('x', 'image/webp', 'a.webp'), /a file that WhatsApp does not take: a\.webp/],
		['a text of 5000', { content: 'x'.repeat(5000) }, undefined, /^'Message' has 5000 characters; WhatsApp takes 4096 at most/],
		['a caption of 2000', { content: 'x'.repeat(2000), attachments: 'data' }, file('x', 'image/png', 'a.png'), /WhatsApp takes 1024 at most below a file/],
		['an external reference', { content: 'x', additionalFields: { externalReference: 'x1' } }, undefined, /^'External Reference' is for API inboxes only/],
		['HTML', { content: '<p>Olá</p>' }, undefined, /^'Message' has HTML tags in it/],
		['an object in a text', { content: 'Itens: [object Object]' }, undefined, /^'Message' has "\[object Object\]" in it/],
		['a voice note of a picture', { attachments: 'data', additionalFields: { voiceNote: true } }, file('x', 'image/png', 'a.png'), /^'Voice Note' is on, but no file is audio/],
	])('%s is refused before it is sent', async (_what, fields, data, message) => {
		const { error, requests } = await send(open(), fields, data ? { items: [{ json: {}, binary: { data } }] } : {});
		expect(error?.message).toMatch(message);
		expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it.each([
		['cards', { contentType: 'form', formFields: { formField: [{ name: 'a', label: 'A' }] } }, /cannot be shown in inboxes of the kind WhatsApp/],
		['eleven options', { selectOptions: { option: Array.from({ length: 11 }, (_, index) => ({ title: `Op${index}` })) } }, /has 11 entries; WhatsApp takes 10 at most/],
		['a long title', { selectOptions: { option: [{ title: 'x'.repeat(21) }] } }, /has a title of 21 characters/],
		['a value twice', { selectOptions: { option: [{ title: 'a', value: '1' }, { title: 'b', value: '1' }] } }, /has the value '1' twice/],
	])('interactive: %s are refused', async (_what, fields, message) => {
		const { error } = await chatwoot.run('message', 'sendInteractive', { conversationId: byId(open().displayId), content: 'Qual?', ...fields });
		expect(error?.message).toMatch(message);
	});

	it('waiting for a reply ends with an error when the message has failed', async () => {
		const conversation = open();
		const { state } = chatwoot.sandbox.chatwoot;
		const answered = chatwoot.run('message', 'sendAndAwaitReply', { conversationId: byId(conversation.displayId), content: 'Olá?', timeout: 1, interval: 1 });
		for (let tries = 0; tries < 100 && state.graph.length === 0; tries++) await new Promise((resolve) => { setTimeout(resolve, 20); });
		const own = state.messages.get(state.graph[0]!.messageId)!;
		own.news = [{ at: 0, status: 'failed', error: '131026: Message undeliverable' }, { at: 0, status: 'sent' }];
		const { error } = await answered;
		expect(error?.message).toMatch(/^The message was not delivered: The message cannot be delivered: the number has no WhatsApp/);
	});
});

describe('message: what is in a mail', () => {
	const mail = async (fields: object, options = {}) => {
		const inboxId = [...chatwoot.sandbox.chatwoot.state.inboxes.values()].find(({ accountId, channelType }) => accountId === 1 && channelType === 'Channel::Email')!.id;
		const { error, requests } = await chatwoot.run('message', 'send', { conversationId: byId(addConversation(chatwoot, { inboxId }).displayId), ...fields }, options);
		expect(error).toBeUndefined();
		const { content, contentAttributes, private: isPrivate, attachments } = [...chatwoot.sandbox.chatwoot.state.messages.values()].at(-1)!;
		return { content, html: (contentAttributes.email as { html_content?: { full: string } } | undefined)?.html_content?.full, isPrivate, files: attachments.length, sent: requests.at(-1)! };
	};
	const html = '<h1>Pedido 1042</h1><p>Olá <b>Ana</b>, veja <a href="https://loja.example.com/p">aqui</a>.</p>';
	const withFile = { items: [{ json: {}, binary: { data: file('%PDF-1.4', 'application/pdf', 'nota.pdf') } }] };

	it('HTML alone gets a text made from it, so that the mail is not blank', async () => {
		const seen = await mail({ content: '', additionalFields: { emailHtml: html } });
		expect(seen.html).toBe(html);
		expect(seen.content).toMatch(/Pedido 1042[^]*Olá Ana, veja aqui/);
		expect(seen.content).not.toMatch(/<\w/);
	});

	it('HTML stays with a file, where the text "false" would cost it', async () => {
		const seen = await mail({ content: 'Olá Ana', attachments: 'data', additionalFields: { emailHtml: html } }, withFile);
		expect(seen.sent.headers['content-type']).toMatch(/^multipart\/form-data/);
		expect(Object.values(seen.sent.body as object)).not.toContain('false');
		expect(seen).toMatchObject({ content: 'Olá Ana', html, isPrivate: false, files: 1 });
		expect(await mail({ content: '', attachments: 'data', additionalFields: { emailHtml: html } }, withFile)).toMatchObject({ html, files: 1, content: expect.stringContaining('Olá Ana') });
	});

	it('a private note with a file stays private', async () => {
		expect(await mail({ content: 'Só para nós', private: true, attachments: 'data' }, withFile)).toMatchObject({ isPrivate: true, files: 1 });
	});
});

describe('message: send WhatsApp template', () => {
	const inWhatsapp = () => ({ conversationId: byId(addConversation(chatwoot, { inboxId: 4 }).displayId) });
	const using = (parameters: object) => ({ credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'message', operation: 'sendTemplate', ...parameters } as never });

	it('lists the approved templates of the conversation\'s inbox, and shows the variables of one', async () => {
		const { results } = await listSearch(Chatwoot, 'searchTemplates', using(inWhatsapp()));
		expect(results).toEqual([
			{ name: 'pedido_pronto · pt_BR · UTILITY', value: 'pedido_pronto|pt_BR' }, { name: 'oferta_imagem · pt_BR · MARKETING', value: 'oferta_imagem|pt_BR' }, { name: 'bienvenida · es · MARKETING', value: 'bienvenida|es' },
		]);
		const { fields } = await resourceMapping(Chatwoot, 'templateVariables', using({ ...inWhatsapp(), template: byId('oferta_imagem|pt_BR') }));
		expect(fields.map(({ id, displayName }) => `${id}: ${displayName}`)).toEqual([
			'header_media_url: Header: URL of the image', 'body_1: {{1}}, hoje', 'button_0: Button 1 (Ver): end of the address', 'button_1: Button 2: code to copy (up to 15 characters)',
		]);
		expect((await listSearch(Chatwoot, 'searchTemplates', using({ conversationId: byId(one.displayId) }))).results).toEqual([]);
		expect((await resourceMapping(Chatwoot, 'templateVariables', using({ conversationId: byId(one.displayId), template: byId('bienvenida|es') }))).emptyFieldsNotice).toMatch(/^Pick a WhatsApp inbox, or a conversation in one/);
	});

	it('lists those of all WhatsApp inboxes where the conversation comes from the items, and of the inbox where one is asked for', async () => {
		const { state } = chatwoot.sandbox.chatwoot;
		const second = addInbox(state, { accountId: 1, name: 'WhatsApp 2', channelType: 'Channel::Whatsapp', channel: { message_templates: [{ name: 'segundo', language: 'pt_BR', status: 'APPROVED', category: 'UTILITY', components: [{ type: 'BODY', text: 'Oi {{1}}' }] }] as never } }, 0);
		const names = async (parameters: object) => (await listSearch(Chatwoot, 'searchTemplates', using(parameters))).results.map(({ value }) => value);
		(state.inboxes.get(4)!.channel.message_templates as unknown as MetaTemplate[]).push(...metaTemplates.filter(({ name }) => ['header_named', 'header_location', 'flow', 'limited', 'carousel', 'pausado'].includes(name)));
		expect(await names({ conversationId: byId('') })).toEqual(['pedido_pronto|pt_BR', 'oferta_imagem|pt_BR', 'bienvenida|es', 'segundo|pt_BR']);
		const { fields } = await resourceMapping(Chatwoot, 'templateVariables', using({ conversationId: byId(''), template: byId('segundo|pt_BR') }));
		expect(fields.map(({ id }) => id)).toEqual(['body_1']);
		const create = { resource: 'conversation', operation: 'create', inboxId: byId(second.id) };
		expect(await names(create)).toEqual(['segundo|pt_BR']);
		expect(await names({ ...create, inboxId: byId('') })).toEqual([]);
	});

	it('fills the text in', async () => {
		const { rows, requests, error } = await chatwoot.run('message', 'sendTemplate', { ...inWhatsapp(), template: byId('pedido_pronto'), templateVariables: mapped({ body_1: 'Ana', body_2: '1042' }) });
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toEqual({
			content: 'Olá Ana, o pedido 1042 está pronto para retirada.', message_type: 'outgoing', private: false, content_attributes: mark,
			template_params: { name: 'pedido_pronto', language: 'pt_BR', category: 'UTILITY', processed_params: { body: { 1: 'Ana', 2: '1042' } } },
		});
		expect(rows[0]).toMatchObject({ content: 'Olá Ana, o pedido 1042 está pronto para retirada.' });
	});

	it('fills header, buttons and named variables in', async () => {
		const fields = inWhatsapp();
		const image = await chatwoot.run('message', 'sendTemplate', {
			...fields, template: byId('oferta_imagem|pt_BR'), templateVariables: mapped({ body_1: 'Ana', button_0: 'natal' }),
			additionalFields: { templateVariablesJson: '{"header_media_url": "https://example.com/o.jpg", "button_1": "LOJA10"}' },
		});
		expect(image.error).toBeUndefined();
		expect(image.requests.at(-1)?.body).toMatchObject({
			template_params: {
				processed_params: {
					header: { media_url: 'https://example.com/o.jpg', media_type: 'image' }, body: { 1: 'Ana' }, buttons: [{ type: 'url', parameter: 'natal' }, { type: 'copy_code', parameter: 'LOJA10' }],
				},
			},
		});
		const named = await chatwoot.run('message', 'sendTemplate', { ...fields, template: byId('bienvenida'), templateVariables: mapped({ body_nombre: 'Lucía' }) });
		expect(named.requests.at(-1)?.body).toMatchObject({ content: 'Hola Lucía, gracias por escribirnos.', template_params: { language: 'es', processed_params: { body: { nombre: 'Lucía' } } } });
	});

	it('asks for the templates once for many items', async () => {
		const { requests } = await chatwoot.run('message', 'sendTemplate', { ...inWhatsapp(), template: byId('bienvenida'), templateVariables: mapped({ body_nombre: '={{ $json.n }}' }) }, { items: [{ n: 'A' }, { n: 'B' }, { n: 'C' }] });
		expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
	});

	it.each([
		['one that waits for approval', { template: byId('em_analise') }, /^'Template' cannot be sent: 'em_analise\|pt_BR' is PENDING at WhatsApp \[item 0\]/],
		['a template that is not there', { template: byId('x') }, /^The inbox has no approved template 'x' \[item 0\]/],
		['variables without a value', { template: byId('pedido_pronto'), templateVariables: mapped({ body_1: 'Ana' }) }, /^'Template Variables' lacks Text \{\{2\}\} \[item 0\]/],
	])('refuses %s', async (_what, fields, message) => {
		const { error, requests } = await chatwoot.run('message', 'sendTemplate', { ...inWhatsapp(), ...fields });
		expect(error?.message).toMatch(message);
		expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	describeFailures(chatwoot, 'message', 'sendTemplate', { good: () => ({ ...inWhatsapp(), template: byId('bienvenida'), templateVariables: mapped({ body_nombre: 'A' }) }), unknown });
});

describe('message: send interactive', () => {
	const interactive = async (contentType: string, fields: object) => await run('sendInteractive', { contentType, content: 'Escolha', ...fields });
	const itemsOf = ({ requests }: Awaited<ReturnType<typeof interactive>>) => (requests[1]?.body as { content_attributes: { items: unknown } }).content_attributes.items;

	it('options', async () => {
		const result = await interactive('input_select', { selectOptions: { option: [{ title: 'Pequeno', value: 'p' }, { title: 'Grande' }] } });
		expect(result.error).toBeUndefined();
		expect(result.requests[1]?.body).toMatchObject({ content: 'Escolha', content_type: 'input_select', message_type: 'outgoing' });
		expect(itemsOf(result)).toEqual([{ title: 'Pequeno', value: 'p' }, { title: 'Grande', value: 'Grande' }]);
	});

	it('cards', async () => {
		const result = await interactive('cards', {
			cards: { card: [{ title: 'Bolo', description: 'Oito fatias', mediaUrl: 'https://example.com/b.jpg', actions: { action: [{ text: 'Pedir', type: 'link', target: 'https://example.com' }, { text: 'Não', type: 'postback', target: 'no' }] } }] },
		});
		expect(result.error).toBeUndefined();
		expect(itemsOf(result)).toEqual([{
			title: 'Bolo', description: 'Oito fatias', media_url: 'https://example.com/b.jpg', actions: [{ type: 'link', text: 'Pedir', uri: 'https://example.com' }, { type: 'postback', text: 'Não', payload: 'no' }],
		}]);
	});

	it('a form', async () => {
		const result = await interactive('form', {
			formFields: { formField: [{ label: 'E-mail', name: 'email', type: 'email', placeholder: 'p', default: 'd', required: true, pattern: '.+', patternError: 'x' }, { label: 'Tamanho', name: 'size', type: 'select', options: 'P, G' }] },
		});
		expect(result.error).toBeUndefined();
		expect(itemsOf(result)).toEqual([
			{ type: 'email', name: 'email', label: 'E-mail', placeholder: 'p', default: 'd', required: true, pattern: '.+', pattern_error: 'x' },
			{ type: 'select', name: 'size', label: 'Tamanho', options: [{ label: 'P', value: 'P' }, { label: 'G', value: 'G' }] },
		]);
	});

	it('articles', async () => {
		const result = await interactive('article', { articles: { article: [{ title: 'Como pedir', description: 'Em três passos', link: 'https://example.com/a' }] } });
		expect(result.error).toBeUndefined();
		expect(itemsOf(result)).toEqual([{ title: 'Como pedir', description: 'Em três passos', link: 'https://example.com/a' }]);
	});

	/** In a conversation of such an inbox; those of some channels begin with a message of the contact. */
	const inInbox = async (kind: string, fields: object) => {
		chatwoot.sandbox.chatwoot.state.inboxes.get(2)!.channelType = kind as ChatwootChannelType;
		return await chatwoot.run('message', 'sendInteractive', { ...good(), content: 'Qual *tamanho*?', ...fields });
	};
	const sizes = { selectOptions: { option: [{ title: 'Pequeno', value: 'p' }, { title: '*Grande*' }] } };

	it.each(['Channel::Email', 'Channel::Sms', 'Channel::Instagram', 'Channel::TwilioSms', 'Channel::FacebookPage', 'Channel::Line'])('%s: options are written as text, so that the contact sees them', async (kind) => {
		const { rows, requests, error } = await inInbox(kind, sizes);
		expect(error).toBeUndefined();
		const body = requests.at(-1)?.body as { content: string };
		expect(body).not.toHaveProperty('content_type');
		expect(body.content.replace(/ {2}$/gm, '')).toBe('Qual \\*tamanho\\*?\n\n1\\. Pequeno\n2\\. \\*Grande\\*');
		expect(rows[0]).toMatchObject({ content: 'Qual *tamanho*?\n\n1. Pequeno\n2. *Grande*' });
	});

	it.each(['Channel::Email', 'Channel::Sms', 'Channel::Instagram', 'Channel::TwilioSms', 'Channel::FacebookPage', 'Channel::Line', 'Channel::Telegram'])('%s: cards, forms and articles are refused', async (kind) => {
		for (const fields of [
			{ contentType: 'cards', cards: { card: [{ title: 'Bolo', actions: { action: [{ type: 'link', text: 'Ver', target: 'https://a.example' }] } }] } },
			{ contentType: 'form', formFields: { formField: [{ name: 'a', label: 'A' }] } },
			{ contentType: 'article', articles: { article: [{ title: 'Ajuda', link: 'https://a.example' }] } },
		]) {
			const { error, requests } = await inInbox(kind, fields);
			expect(error?.message).toMatch(/^'Kind of Message' cannot be shown in inboxes of the kind [^;]+; the contact would get the text above only \[item 0\]/);
			expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
		}
	});

	it('Telegram gets options as buttons', async () => {
		const { requests } = await inInbox('Channel::Telegram', sizes);
		expect(requests.at(-1)?.body).toMatchObject({ content_type: 'input_select', content_attributes: { items: [{ title: 'Pequeno', value: 'p' }, { title: '*Grande*', value: '*Grande*' }] } });
	});

	describeFailures(chatwoot, 'message', 'sendInteractive', {
		good: () => ({ ...good(), contentType: 'input_select', content: 'x', selectOptions: { option: [{ title: 'a' }] } }), unknown,
		bad: [
			['nothing to choose from', { selectOptions: {} }, /^'Options' is empty/],
			['an option without title', { selectOptions: { option: [{ title: ' ' }] } }, /^'Title' is empty/],
			['a card without button', { contentType: 'cards', cards: { card: [{ title: 'a' }] } }, /^'Buttons' is empty/],
			['a choice without choices', { contentType: 'form', formFields: { formField: [{ label: 'a', name: 'a', type: 'select' }] } }, /^'Choices' is empty/],
		],
	});
});

describe('message: get many', () => {
	it('goes back page by page, newest first', async () => {
		for (let count = 1; count <= 45; count += 1) say(chatwoot, one, `m${count}`, { private: count % 5 === 0 }).createdAt += (count - 45) * 60_000;
		const { rows, requests, error } = await run('getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(rows.map(({ content }) => content)).toEqual(Array.from({ length: 45 }, (_, index) => `m${45 - index}`));
		// Between two IDs the server gives up to a thousand at once.
		expect(requests.map(({ query }) => query)).toEqual([{ after: '0', before: expect.any(String) }]);
		const paged = await run('getAll', { limit: 30 });
		expect(paged.rows.map(({ content }) => content)).toEqual(Array.from({ length: 30 }, (_, index) => `m${45 - index}`));
		expect(paged.requests.map(({ query }) => query.before)).toEqual([undefined, expect.any(String)]);
		const limited = await run('getAll', { limit: 5, publicOnly: true });
		expect(limited.rows.map(({ content }) => content)).toEqual(['m44', 'm43', 'm42', 'm41', 'm39']);
		expect(limited.requests[0]?.query).toMatchObject({ filter_internal_messages: 'true' });
	});

	it('gives nothing of an empty conversation', async () => {
		expect((await run('getAll', { returnAll: true })).rows).toEqual([]);
	});

	it('shows the newest in the list to pick from', async () => {
		const message = say(chatwoot, one, 'Olá');
		const { results } = await listSearch(Chatwoot, 'searchMessages', { credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'message', operation: 'retry', ...good() } });
		expect(results).toEqual([{ name: 'Olá · outgoing', value: String(message.id) }]);
	});

	describeFailures(chatwoot, 'message', 'getAll', { good, unknown });
});

describe('message: status, retry, translate, delete', () => {
	const withMessage = () => ({ ...good(), messageId: byId(say(chatwoot, one, 'Olá').id) });

	it('reports what became of it', async () => {
		const fields = withMessage();
		const { rows, requests } = await run('updateStatus', { ...fields, deliveryStatus: 'failed', externalError: 'No WhatsApp' });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/${fields.messageId.value}`, body: { status: 'failed', external_error: 'No WhatsApp' } });
		expect(rows[0]?.status).toBe('failed');
		expect((await run('retry', fields)).rows[0]?.status).toBe('sent');
	});

	it('says that other inboxes do not take it', async () => {
		const site = addConversation(chatwoot, { inboxId: 1 });
		const { error } = await run('updateStatus', { conversationId: byId(site.displayId), messageId: byId(say(chatwoot, site, 'x').id), deliveryStatus: 'read' });
		expect(error?.message).toBe('Chatwoot does not allow this [item 0]');
		expect(error?.description).toContain('only allowed for API inboxes');
	});

	it('translates, and says when it was translated before', async () => {
		const fields = withMessage();
		const first = await run('translate', { ...fields, language: 'de' });
		expect(first.requests[0]?.body).toEqual({ target_language: 'de' });
		expect(first.rows).toEqual([{ messageId: fields.messageId.value, language: 'de', content: '[de] Olá', translatedBefore: false }]);
		expect((await run('translate', { ...fields, language: 'de' })).rows[0]).toMatchObject({ content: null, translatedBefore: true });
	});

	it('deletes', async () => {
		const { rows, requests } = await run('delete', withMessage());
		expect(requests[0]?.method).toBe('DELETE');
		expect(rows).toEqual([{ deleted: true }]);
	});

	describeFailures(chatwoot, 'message', 'updateStatus', { good: () => ({ ...withMessage(), deliveryStatus: 'read' }), unknown: { messageId: '1' }, bad: [['an unknown word', { deliveryStatus: 'lost' }, /^'Status' is not one of/]] });
	describeFailures(chatwoot, 'message', 'retry', { good: withMessage, unknown: { messageId: '1' } });
	describeFailures(chatwoot, 'message', 'translate', { good: () => ({ ...withMessage(), language: 'de' }), unknown: { messageId: '1' }, bad: [['no language', { language: ' ' }, /^'Language' is empty/]] });
	describeFailures(chatwoot, 'message', 'delete', { good: withMessage, unknown: { messageId: '1' } });
});

describe('message: upload file', () => {
	it('stores a file of the input, or an image behind an address', async () => {
		const stored = await run('uploadFile', { source: 'binary', file: 'data' }, { items: [{ json: {}, binary: { data: file('%PDF', 'application/pdf', 'nota.pdf') } }] });
		expect(stored.error).toBeUndefined();
		expect(stored.requests[0]).toMatchObject({ method: 'POST', path: '/api/v1/accounts/1/upload' });
		expect(stored.rows).toEqual([{ uploadId: [...chatwoot.sandbox.chatwoot.state.uploads.keys()][0], url: expect.stringMatching(/nota\.pdf$/) }]);
		const fetched = await run('uploadFile', { source: 'url', url: 'https://example.com/bolo.png' });
		expect(fetched.requests[0]?.body).toEqual({ external_url: 'https://example.com/bolo.png' });
		expect(fetched.rows[0]?.url).toMatch(/bolo\.png$/);
	});

	it('passes on why the server refuses an address', async () => {
		expect((await run('uploadFile', { source: 'url', url: 'http://192.168.0.1/a.png' })).error?.message).toBe('Chatwoot refused the request: Invalid URL provided [item 0]');
		expect((await run('uploadFile', { source: 'url', url: 'https://example.com/a.pdf' })).error?.message).toContain('Unsupported file type');
	});

	describeFailures(chatwoot, 'message', 'uploadFile', {
		good: () => ({ source: 'url', url: 'https://example.com/a.png' }),
		bad: [['no field', { source: 'binary', file: ' ' }, /^'Input Data Field Name' is empty/], ['no address', { url: ' ' }, /^'File URL' is empty/], ['half an address', { url: 'example.com/a.png' }, /^'File URL' is not a web address/]],
	});

	// The last one: the limit stays with the credential.
	it('says at once that the hour\'s uploads are used up, and keeps the other calls going', async () => {
		chatwoot.sandbox.inject({ kind: 'status', vendor: 'chatwoot', operationId: 'uploadFile', status: 429 });
		const began = Date.now();
		const { error, requests } = await run('uploadFile', { source: 'binary', file: 'data' }, { items: [{ json: {}, binary: { data: file('png', 'image/png', 'a.png') } }] });
		expect(error?.message).toMatch(/^Chatwoot takes no more than 60 uploads an hour/);
		expect(requests.length).toBeLessThan(4);
		expect((await run('send', { content: 'Oi' })).error).toBeUndefined();
		expect(Date.now() - began).toBeLessThan(15_000);
	});
});

describe('message: send a long text as several messages', () => {
	const long = async (conversation: ChatwootConversation, fields: object = {}, extra: object = {}) => await chatwoot.run('message', 'send', { conversationId: byId(conversation.displayId), content: 'Olá!\n\nTudo bem?\n\nAté logo', additionalFields: { splitText: 'blankLines', partPause: 0, ...extra }, ...fields });

	it('in their order, with the sign of typing before the next, an item for each', async () => {
		const { rows, error, requests } = await long(addConversation(chatwoot));
		expect(error).toBeUndefined();
		expect(rows.map(({ content }) => content)).toEqual(['Olá!', 'Tudo bem?', 'Até logo']);
		expect(requests.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/').at(-1))).toEqual(['messages', 'toggle_typing_status', 'messages', 'toggle_typing_status', 'messages']);
	});

	it('as a note, too, and files behind the text', async () => {
		const { rows, error, requests } = await long(addConversation(chatwoot), { private: true, attachments: 'data' }, {});
		expect(error?.message ?? rows.length).not.toBe(3);
		expect(requests.filter(({ path }) => path.endsWith('toggle_typing_status'))).toEqual([]);
		const items = [{ json: {}, binary: { data: { data: Buffer.from('x').toString('base64'), mimeType: 'image/png', fileName: 'a.png' } } }];
		const note = await chatwoot.run('message', 'send', { conversationId: byId(addConversation(chatwoot).displayId), content: 'a\n\nb', private: true, attachments: 'data', additionalFields: { splitText: 'blankLines', partPause: 0 } }, { items });
		expect(note.error).toBeUndefined();
		expect(note.rows.map(({ content, attachments }) => [content, (attachments as unknown[]).length])).toEqual([['a', 0], ['b', 0], [null, 1]]);
	});

	it('says how many are out when one is refused, and does not split what has an HTML part or one reference', async () => {
		const conversation = addConversation(chatwoot);
		const { state } = chatwoot.sandbox.chatwoot;
		const before = state.messages.size;
		const refuse = setInterval(() => {
			if (state.messages.size === before) return;
			clearInterval(refuse);
			chatwoot.sandbox.inject({ kind: 'status', status: 422, vendor: 'chatwoot', operationId: 'createMessage', times: 1 });
		}, 5);
		const { error } = await long(conversation, {}, { partPause: 0.5 });
		expect(error?.message).toMatch(/^Only 1 of 3 messages were sent/);
		expect(state.messages.size - before).toBe(1);
		expect((await long(conversation, {}, { externalReference: 'x' })).error?.message).toBe("'Split Text' cannot be used with 'External Reference' [item 0]");
	});
});

describe('message: download attachments', () => {
	const files = useFileServer();
	const withFiles = (...names: string[]) => {
		const conversation = addConversation(chatwoot);
		const message = say(chatwoot, conversation, 'Veja', { message_type: 'incoming' });
		message.attachments = names.map((name, index) => ({ id: index + 1, message_id: message.id, file_type: 'image', account_id: 1, extension: null, data_url: `${files.address}/rails/active_storage/blobs/redirect/1/${encodeURIComponent(name)}`, thumb_url: '', file_size: 4, width: null, height: null })) as never;
		return { conversationId: byId(conversation.displayId), messageId: byId(message.id) };
	};
	const get = async (fields: object, more = {}) => await chatwoot.run('message', 'download', { binaryName: 'foto', privateFiles: true, ...fields, ...more });

	it('gives all files of an older message, without the token', async () => {
		const { error, outputs, rows } = await get(withFiles('foto bonita.png', 'outra.png'));
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ content: 'Veja', type: 'incoming' });
		expect(Object.entries(outputs[0]![0]!.binary ?? {}).map(([field, { fileName, mimeType }]) => [field, fileName, mimeType])).toEqual([['foto', 'foto bonita.png', 'image/png'], ['foto_1', 'outra.png', 'image/png']]);
		expect(files.tokens.length).toBeGreaterThan(1);
		expect(files.tokens.filter(Boolean)).toEqual([]);
	});

	it('says when there is none, one is gone, or the message is of another conversation', async () => {
		expect((await get(withFiles())).error?.message).toBe('This message has no file [item 0]');
		expect((await get(withFiles('a.png', 'perdida.png'))).error?.message).toBe('A file of the message could not be fetched: its server answered with HTTP 404 [item 0]');
		const { conversationId } = withFiles('a.png');
		expect((await get({ conversationId, messageId: byId(999999) })).error?.message).toMatch(/^'Message' 999999 is not in conversation \d+ \[item 0\]$/);
		expect((await get(withFiles('a.png'), { privateFiles: false })).error?.message).toMatch(/private network|could not be fetched/);
	});

	describeFailures(chatwoot, 'message', 'download', { good: () => ({ ...withFiles('a.png'), binaryName: 'foto', privateFiles: true }), unknown: { conversationId: '999' } });
});
