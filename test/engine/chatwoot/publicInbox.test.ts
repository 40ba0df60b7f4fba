import { createHmac } from 'node:crypto';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const identifier = 'pUbInbox4LojaExemplo';
const base = `/public/api/v1/inboxes/${identifier}`;
const inbox = { inboxIdentifier: byId(identifier) };
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('publicInbox', operation, { ...inbox, ...fields }, options);
const hmac = (hmacToken: string) => ({ credential: { chatwootAccessTokenApi: { hmacToken } } });
const contact = async () => String((await run('createContact', { name: 'Ana', sourceId: 'app-1' })).rows[0]?.sourceId);
const thread = async () => {
	const sourceId = await contact();
	const { rows } = await run('createConversation', { sourceId });
	return { sourceId, conversationId: byId(String(rows[0]?.id)) };
};

describe('public inbox', () => {
	it('is picked from the API inboxes of the account', async () => {
		const { results } = await listSearch(Chatwoot, 'searchApiInboxes', { credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'publicInbox', operation: 'get' } });
		expect(results).toEqual([{ name: 'Integração', value: identifier }]);
		const { rows, requests, error } = await run('get');
		expect(error).toBeUndefined();
		expect(requests[0]?.path).toBe(base);
		expect(rows[0]).toMatchObject({ identifier, name: 'Integração' });
	});

	it('makes a contact with every field, and shows no token of it', async () => {
		const { rows, requests, error } = await run('createContact', {
			name: 'Ana', email: 'ana@example.com', phone: '(85) 98888-7777', identifier: 'ERP-1', signIdentifier: true, sourceId: 'app-1',
			additionalFields: { avatarUrl: 'https://example.com/a.jpg', customAttributesJson: '{"plano": "ouro"}' },
		}, hmac('hmacApi'));
		expect(error).toBeUndefined();
		// The first looks whether the values belong to two people.
		expect(requests[0]?.operationId).toBe('filterContacts');
		expect(requests[1]).toMatchObject({ method: 'POST', path: `${base}/contacts` });
		expect(requests[1]?.body).toEqual({
			name: 'Ana', email: 'ana@example.com', phone_number: '+5585988887777', identifier: 'ERP-1', identifier_hash: createHmac('sha256', 'hmacApi').update('ERP-1').digest('hex'), source_id: 'app-1',
			avatar_url: 'https://example.com/a.jpg', custom_attributes: { plano: 'ouro' },
		});
		expect(rows).toEqual([{ sourceId: 'app-1', id: expect.any(String), name: 'Ana', email: 'ana@example.com', phone: '+5585988887777' }]);
	});

	it('explains a token that does not fit', async () => {
		const { error } = await run('createContact', { identifier: 'ERP-1', signIdentifier: true }, hmac('wrong'));
		expect(error?.message).toMatch(/^Chatwoot could not handle the request \(HTTP 500\)/);
		const none = await run('createContact', { identifier: 'ERP-1', signIdentifier: true });
		expect(none.error?.message).toBe("'Sign Identifier' is on, but the credential has no 'HMAC Token' [item 0]");
		const nobody = await run('createContact', { name: 'Ana', signIdentifier: true }, hmac('hmacApi'));
		expect(nobody.error?.message).toBe("'Sign Identifier' is on, but 'Identifier' is empty [item 0]");
		expect([...none.requests, ...nobody.requests]).toEqual([]);
	});

	it('gets and updates a contact', async () => {
		const sourceId = await contact();
		expect((await run('getContact', { sourceId })).rows[0]).toMatchObject({ sourceId: 'app-1', name: 'Ana' });
		const changed = await run('updateContact', { sourceId, email: 'nova@example.com' });
		expect(changed.requests.at(-1)).toMatchObject({ method: 'PATCH', path: `${base}/contacts/app-1`, body: { email: 'nova@example.com' } });
		expect(changed.rows[0]).toMatchObject({ sourceId: 'app-1', email: 'nova@example.com' });
	});

	it('refuses values of two people, whom Chatwoot would take for one', async () => {
		const made = await run('createContact', { name: 'Ana', phone: '+5521910100143', email: 'casa@example.com', sourceId: 'app-1' });
		expect(made.error).toBeUndefined();
		const bia = await run('createContact', { name: 'Bia', phone: '+5585910100146', email: 'CASA@example.com', sourceId: 'app-2' });
		expect(bia.error?.message).toMatch(/^Contact \d+ \(Ana\) has this e-mail address, but another phone \[item 0\]$/);
		await run('createContact', { name: 'Bia', phone: '+5585910100146', sourceId: 'app-2' });
		const merged = await run('updateContact', { sourceId: 'app-2', email: 'casa@example.com' });
		expect(merged.error?.message).toMatch(/^Contact \d+ \(Ana\) has this e-mail address, and contact \d+ \(Bia\) has this phone \[item 0\]$/);
		for (const { requests } of [bia, merged]) expect(requests.filter(({ path, method }) => path.startsWith('/public') && method !== 'GET')).toEqual([]);
		// Who has the phone is found, not changed.
		const found = await run('createContact', { name: 'Bia Lima', phone: '+5585910100146', email: 'bia@example.com', sourceId: 'app-3' });
		expect(found.error).toBeUndefined();
		expect(found.rows[0]).toMatchObject({ name: 'Bia', notApplied: [{ field: 'Name', asked: 'Bia Lima', got: 'Bia' }, { field: 'Email', asked: 'bia@example.com', got: null }] });
		expect((await run('createContact', { name: 'Rui', phone: '+351912345678', sourceId: 'app-1' })).error?.message).toMatch(/^The contact that Chatwoot has found is somebody else: contact \d+ \(Ana\) has another phone \[item 0\]$/);
	});

	it('talks as the contact', async () => {
		const at = await thread();
		const sent = await run('sendMessage', { ...at, content: 'Onde está meu pedido?' });
		expect(sent.requests[0]).toMatchObject({ path: `${base}/contacts/app-1/conversations/1/messages`, body: { content: 'Onde está meu pedido?' } });
		expect(sent.rows[0]).toMatchObject({ type: 'incoming', content: 'Onde está meu pedido?', conversationId: '1' });
		const one = [...chatwoot.sandbox.chatwoot.state.conversations.values()][0]!;
		for (let count = 0; count < 25; count += 1) say(chatwoot, one, `m${count}`, { private: count % 2 === 1 });
		const messages = await run('getMessages', { ...at, returnAll: true });
		expect(messages.rows).toHaveLength(14);
		expect(messages.rows[0]?.content).toBe('m24');
		expect((await run('getMessages', { ...at, limit: 2 })).rows).toHaveLength(2);
		expect((await run('getConversation', at)).rows[0]).toMatchObject({ id: '1', status: 'open', messages: expect.arrayContaining([expect.objectContaining({ content: 'm0' })]) });
		expect((await run('getConversations', at)).rows).toHaveLength(1);
		expect((await run('markRead', at)).rows).toEqual([{ conversationId: '1', read: true }]);
		expect((await run('setTyping', { ...at, typing: false })).requests[0]?.body).toEqual({ typing_status: 'off' });
		expect((await run('resolveConversation', at)).rows[0]?.status).toBe('resolved');
	});

	it('starts a conversation with custom attributes, and sends files', async () => {
		const at = await thread();
		const started = await run('createConversation', { sourceId: at.sourceId, customAttributes: '{"pedido": "A-1"}' });
		expect(started.requests[0]?.body).toEqual({ custom_attributes: { pedido: 'A-1' } });
		const { rows, requests } = await run('sendMessage', { ...at, attachments: 'data' }, { items: [{ json: {}, binary: { data: { data: 'YQ==', mimeType: 'image/png', fileName: 'foto.png' } } }] });
		expect(requests[0]?.headers['content-type']).toMatch(/^multipart/);
		expect(rows[0]?.attachments).toEqual([expect.stringContaining('foto.png')]);
	});

	it('answers a choice, a form and a survey', async () => {
		const at = await thread();
		const one = [...chatwoot.sandbox.chatwoot.state.conversations.values()][0]!;
		const asked = say(chatwoot, one, 'Qual tamanho?', { content_type: 'input_select', content_attributes: { items: [{ title: 'Pequeno', value: 's' }] } });
		const choice = await run('answerMessage', { ...at, messageId: byId(asked.id), answerKind: 'choice', choiceTitle: 'Pequeno', choiceValue: 's' });
		expect(choice.error).toBeUndefined();
		expect(choice.requests[0]).toMatchObject({ method: 'PATCH', path: `${base}/contacts/app-1/conversations/1/messages/${asked.id}`, body: { submitted_values: [{ title: 'Pequeno', value: 's' }] } });
		expect(asked.contentAttributes.submitted_values).toEqual([{ title: 'Pequeno', value: 's' }]);
		const form = say(chatwoot, one, 'Seus dados', { content_type: 'form', content_attributes: { items: [{ type: 'email', name: 'email', label: 'E-mail' }] } });
		const filled = await run('answerMessage', { ...at, messageId: byId(form.id), answerKind: 'form', formAnswers: { field: [{ name: 'email', value: 'ana@example.com' }, { name: 'nota', value: '' }] } });
		expect(filled.requests[0]?.body).toEqual({ submitted_values: [{ name: 'email', value: 'ana@example.com' }, { name: 'nota', value: '' }] });
		const survey = say(chatwoot, one, 'Como foi?', { content_type: 'input_csat' });
		const rated = await run('answerMessage', { ...at, messageId: byId(survey.id), answerKind: 'survey', rating: 4, feedback: 'Rápido' });
		expect(rated.requests[0]?.body).toEqual({ submitted_values: { csat_survey_response: { rating: 4, feedback_message: 'Rápido' } } });
		expect((await chatwoot.run('csat', 'getAll', { returnAll: true }, { skipSchema: true })).rows[0]).toMatchObject({ rating: 4 });
		chatwoot.sandbox.clock.advance(15 * 86_400_000);
		expect((await run('answerMessage', { ...at, messageId: byId(survey.id), answerKind: 'survey', rating: 5 })).error?.message).toBe('Chatwoot refused the request: You cannot update the CSAT survey after 14 days [item 0]');
	});

	it.each([
		['get', { inboxIdentifier: byId('nothing') }], ['getContact', { sourceId: 'nobody' }], ['updateContact', { sourceId: 'nobody', name: 'x' }], ['getConversations', { sourceId: 'nobody' }], ['createConversation', { sourceId: 'nobody' }],
		['getConversation', { sourceId: 'nobody', conversationId: byId(1) }], ['resolveConversation', { sourceId: 'nobody', conversationId: byId(1) }], ['markRead', { sourceId: 'nobody', conversationId: byId(1) }],
		['setTyping', { sourceId: 'nobody', conversationId: byId(1) }], ['sendMessage', { sourceId: 'nobody', conversationId: byId(1), content: 'x' }], ['getMessages', { sourceId: 'nobody', conversationId: byId(1) }],
		['answerMessage', { sourceId: 'nobody', conversationId: byId(1), messageId: byId(1), choiceValue: 's' }],
	])('%s: says what is not known, and continues with the next item', async (operation, fields) => {
		const { first } = await run(operation, fields, { continueOnFail: true, items: [{ a: 1 }, { a: 2 }] });
		expect(first.map(({ json, pairedItem }) => [String(json.error).replace(/ \[.*$/, ''), pairedItem])).toEqual([0, 1].map((item) => [operation === 'get' ? "'Inbox' nothing is not known to Chatwoot" : "'Source ID' nobody is not known to Chatwoot", { item }]));
	});

	it.each([
		['getContact', { sourceId: ' ' }, /^'Source ID' is empty/], ['updateContact', { sourceId: 'a' }, /^'Source ID' is given, but no field to change/],
		['sendMessage', { sourceId: 'a', conversationId: byId(1), content: ' ' }, /^'Message' is empty, and there are no attachments/], ['createContact', { email: 'a@' }, /^'Email' is not an e-mail address/],
		['answerMessage', { sourceId: 'a', conversationId: byId(1), messageId: byId(1), answerKind: 'choice', choiceValue: ' ' }, /^'Option Value' is empty/],
		['answerMessage', { sourceId: 'a', conversationId: byId(1), messageId: byId(1), answerKind: 'form', formAnswers: {} }, /^'Form Fields' is empty/],
		['answerMessage', { sourceId: 'a', conversationId: byId(1), messageId: byId(1), answerKind: 'survey', rating: 6 }, /^'Rating' is more than 5/],
		['createConversation', { sourceId: 'a', customAttributes: '[1]' }, /^'Custom Attributes \(JSON\)' is not a JSON object/],
	])('%s refuses bad input before sending', async (operation, fields, message) => {
		const { error, requests } = await run(operation, fields as never);
		expect(error?.message).toMatch(message);
		expect(requests).toEqual([]);
	});
});
