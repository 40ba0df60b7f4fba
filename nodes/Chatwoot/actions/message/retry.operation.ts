import { path } from '../../../shared/http';
import { conversationLocator, messageLocator } from '../../locators';
import { messageOutput } from '../../message';
import { accountOperation, readId } from '../../operation';

/** `retryMessage`: `POST /conversations/{id}/messages/{message}/retry`; an unknown message is a 422. */
export const retry = accountOperation<{ id: string; messageId: string }>({
	option: {
		name: 'Retry',
		value: 'retry',
		action: 'Retry message',
		description: 'Send a message again that did not arrive',
	},
	properties: [conversationLocator, messageLocator],
	output: messageOutput,
	read: (item) => ({ id: readId(item, 'conversationId'), messageId: readId(item, 'messageId') }),
	orderingKey: ({ id }) => id,
	run: async ({ id, messageId }, account) => await account.post(path`/conversations/${id}/messages/${messageId}/retry`),
});
