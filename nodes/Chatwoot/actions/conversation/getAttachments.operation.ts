import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { attachmentPage, attachmentPageSize } from '../../helpers/attachments';

/** `listConversationAttachments`: `GET /conversations/{id}/attachments`. */
export const getAttachments = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Attachments',
		value: 'getAttachments',
		action: 'Get attachments of conversation',
		description: 'Get the files of a conversation, newest first',
	},
	record: conversationLocator,
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ id, limit }, account) {
		const { rows } = await account.collect(async (page) => attachmentPage(await account.get(path`/conversations/${id}/attachments`, { page })), attachmentPageSize, limit);
		return rows;
	},
});
