import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { answerMessage } from './answerMessage.operation';
import { createContact } from './createContact.operation';
import { createConversation } from './createConversation.operation';
import { get } from './get.operation';
import { getContact } from './getContact.operation';
import { getConversation } from './getConversation.operation';
import { getConversations } from './getConversations.operation';
import { getMessages } from './getMessages.operation';
import { markRead } from './markRead.operation';
import { resolveConversation } from './resolveConversation.operation';
import { sendMessage } from './sendMessage.operation';
import { setTyping } from './setTyping.operation';
import { updateContact } from './updateContact.operation';

export const publicInbox: Resource<ChatwootClient> = {
	option: { name: 'Public Inbox', value: 'publicInbox', description: 'The side of the contact in an API inbox: for your own channel or app' },
	operations: [
		sendMessage,
		answerMessage,
		createContact,
		createConversation,
		get,
		getContact,
		getConversation,
		getConversations,
		getMessages,
		markRead,
		resolveConversation,
		setTyping,
		updateContact,
	],
};
