import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, byUrl, useNode } from '../support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const host = () => chatwoot.sandbox.chatwoot.url;
const page = (path: string) => byUrl(`${host()}/app/accounts/${path}`);
const get = async (fields = {}) => await chatwoot.run('conversation', 'get', fields, { skipSchema: true });

describe('conversation: by the address of its page', () => {
	it('works in the account of the address when Account is empty', async () => {
		const { requests } = await get({ conversationId: page('2/conversations/1') });
		expect(requests.map(({ path }) => path)[0]).toBe('/api/v1/accounts/2/conversations/1');
	});

	it('takes an address that an expression gives for an ID the same way', async () => {
		const { requests } = await get({ conversationId: byId(`={{ '${host()}/app/accounts/2/conversations/1' }}`) });
		expect(requests.map(({ path }) => path)[0]).toBe('/api/v1/accounts/2/conversations/1');
	});

	it.each([
		['another host', () => ({ conversationId: byUrl('https://other.example/app/accounts/1/conversations/1') }), /^'Conversation' is an address on other\.example, and the credential is for 127\.0\.0\.1:\d+ \[item 0\]$/],
		['another account than the field', () => ({ account: byId(1), conversationId: page('2/conversations/1') }), /^'Conversation' is an address in account 2, and 'Account' is 1 \[item 0\]$/],
		['another kind of record', () => ({ conversationId: page('1/contacts/1') }), /^'Conversation' is the address of something else \[item 0\]$/],
		['another host for the account', () => ({ account: byUrl('https://other.example/app/accounts/1/dashboard'), conversationId: byId(1) }), /^'Account' is an address on other\.example/],
	])('refuses %s before anything is sent', async (_what, fields, message) => {
		const { error, requests } = await get(fields());
		expect(error?.message).toMatch(message);
		expect(requests).toEqual([]);
	});

	it('refuses two addresses of two accounts', async () => {
		const { error, requests } = await chatwoot.run('contact', 'linkToInbox', { contactId: page('1/contacts/2'), inboxId: page('2/settings/inboxes/4') });
		expect(error?.message).toMatch(/^'Inbox' is an address in account 2, and 'Contact' is an address in account 1 \[item 0\]$/);
		expect(requests).toEqual([]);
	});
});

describe('conversation: messages by their address', () => {
	it('names its conversation, and must not name another', async () => {
		const one = addConversation(chatwoot);
		const message = say(chatwoot, one, 'oi');
		const messageId = page(`1/conversations/${one.displayId}?messageId=${message.id}`);
		const alone = await chatwoot.run('message', 'delete', { conversationId: byId("={{ '' }}"), messageId });
		expect(alone.requests.at(-1)).toMatchObject({ method: 'DELETE', path: `/api/v1/accounts/1/conversations/${one.displayId}/messages/${message.id}` });
		const other = await chatwoot.run('message', 'delete', { conversationId: byId(one.displayId + 1), messageId });
		expect(other.error?.message).toBe(`'Message' belongs to Conversation ${one.displayId}, and 'Conversation' is ${one.displayId + 1} [item 0]`);
		expect(other.requests).toEqual([]);
	});
});
