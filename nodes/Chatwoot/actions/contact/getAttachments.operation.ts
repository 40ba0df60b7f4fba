import { path } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { attachmentPage, attachmentPageSize } from '../../helpers/attachments';

/** `listContactAttachments`: `GET /contacts/{id}/attachments`, since 4.14. */
export const getAttachments = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Attachments',
		value: 'getAttachments',
		action: 'Get attachments of contact',
		description: 'Get the files of all conversations of a contact, newest first (Chatwoot 4.14 and newer)',
	},
	since: '4.14',
	record: contactLocator,
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ id, limit }, account) {
		const { rows } = await account.collect(async (page) => attachmentPage(await account.get(path`/contacts/${id}/attachments`, { page })), attachmentPageSize, limit);
		return rows;
	},
});
