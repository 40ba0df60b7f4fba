import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readCurrent } from '../../helpers/labels';

/** `listConversationLabels`: `GET /conversations/{id}/labels`. */
export const getLabels = accountOperation({
	option: {
		name: 'Get Labels',
		value: 'getLabels',
		action: 'Get labels of conversation',
		description: 'Get the titles of the labels that a conversation has',
	},
	record: conversationLocator,
	run: async ({ id }, account) => ({ conversationId: id, labels: await readCurrent(account, path`/conversations/${id}/labels`) }),
});
