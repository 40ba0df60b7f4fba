import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';

/** `listContactableInboxes`: `GET /contacts/{id}/contactable_inboxes`. */
export const getContactableInboxes = accountOperation({
	option: {
		name: 'Get Contactable Inboxes',
		value: 'getContactableInboxes',
		action: 'Get contactable inboxes of contact',
		description: 'Get the inboxes through which a contact can be written to, with its source ID in each',
	},
	record: contactLocator,
	run: async ({ id }, account) => rowsIn(await account.get(path`/contacts/${id}/contactable_inboxes`)),
});
