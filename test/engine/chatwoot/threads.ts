import { linkToInbox } from '../../sandbox/chatwoot/contacts';
import { startConversation, type ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { addMessage, type ChatwootMessage } from '../../sandbox/chatwoot/messages';
import type { Bench } from '../support';

const quiet = ({ sandbox }: Bench) => ({ state: sandbox.chatwoot.state, clock: sandbox.clock, deliver: async () => await Promise.resolve(undefined as never) });

/** A conversation of a contact in an inbox (2: API), as if it had been started earlier. */
export function addConversation(bench: Bench, { contactId = 1, inboxId = 2, ...values }: Partial<ChatwootConversation> = {}): ChatwootConversation {
	const { state } = bench.sandbox.chatwoot;
	const inbox = state.inboxes.get(inboxId)!;
	return startConversation(quiet(bench), linkToInbox(state, state.contacts.get(contactId)!, inbox, undefined), inbox, values);
}

/** A message in a conversation, without webhooks. */
export function say(bench: Bench, conversation: ChatwootConversation, content: string, values: object = {}): ChatwootMessage {
	return addMessage(quiet(bench), conversation, { content, message_type: 'outgoing', ...values }, { kind: 'administrator', userId: 1, role: 'administrator' });
}
