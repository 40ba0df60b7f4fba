import type { IDataObject } from 'n8n-workflow';

import { messageIn } from '../../../shared/http/answers';
import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { conversationLocator, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readMessage } from '../../helpers/read';
import { messageOutput } from './message';

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
	read: readMessage,
	orderingKey: ({ id }) => id,
	async run({ id, messageId }, account) {
		const call: Call = { method: 'POST', path: path`/conversations/${id}/messages/${messageId}/retry`, accept: [422] };
		const answer = await account.exchange(call);
		if (answer.status < 300) return answer.body as IDataObject;
		// The server says it in the words of Ruby.
		if (/undefined method|Couldn't find Message/.test(messageIn(answer.body) ?? '')) {
			throw account.http.error(`'Message' ${messageId} is not in conversation ${id}`, 'It may have been deleted. Pick it from the list, or copy its address.', answer.status);
		}
		throw account.refusal(answer, call);
	},
});
