import { path } from '../../../shared/http/httpClient';
import { contactOutput } from './contact';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation, readId } from '../../helpers/accountOperation';
import { contactIn } from './contact.calls';

/** `getContact`: `GET /contacts/{id}`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get contact',
		description: 'Get one contact by its ID',
	},
	properties: [contactLocator],
	output: contactOutput,
	read: (item) => readId(item, 'contactId'),
	run: async (id, account) => contactIn(await account.get(path`/contacts/${id}`)),
});
