import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { statusAnswer } from './conversation.calls';

/** `toggleConversationStatus`: `POST /conversations/{id}/toggle_status` without a status, which flips it. */
export const toggleStatus = accountOperation({
	option: {
		name: 'Toggle Status',
		value: 'toggleStatus',
		action: 'Toggle status of conversation',
		description: 'Resolve an open conversation, or open one in any other state',
	},
	record: conversationLocator,
	run: async ({ id }, account) => statusAnswer(await account.post(path`/conversations/${id}/toggle_status`, {})),
});
