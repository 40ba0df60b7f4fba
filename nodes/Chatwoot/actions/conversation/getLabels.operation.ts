import { path } from '../../../shared/http';
import { readCurrent } from '../../labels';
import { conversationLocator } from '../../locators';
import { accountOperation, readId } from '../../operation';

/** `listConversationLabels`: `GET /conversations/{id}/labels`. */
export const getLabels = accountOperation<string>({
	option: {
		name: 'Get Labels',
		value: 'getLabels',
		action: 'Get labels of conversation',
		description: 'Get the titles of the labels that a conversation has',
	},
	properties: [conversationLocator],
	read: (item) => readId(item, 'conversationId'),
	run: async (id, account) => ({ conversationId: id, labels: await readCurrent(account, path`/conversations/${id}/labels`) }),
});
