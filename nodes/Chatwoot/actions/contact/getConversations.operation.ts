import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { conversationOutput } from '../conversation/conversation';

/** `listContactConversations`: `GET /contacts/{id}/conversations`; the newest 20, without pages. */
export const getConversations = accountOperation({
	option: {
		name: 'Get Conversations',
		value: 'getConversations',
		action: 'Get conversations of contact',
		description: 'Get the 20 conversations of a contact with the latest activity; Chatwoot gives no more',
	},
	record: contactLocator,
	output: conversationOutput,
	run: async ({ id }, account) => rowsIn(await account.get(path`/contacts/${id}/conversations`)),
});
