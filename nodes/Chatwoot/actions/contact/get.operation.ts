import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { contactOutput } from './contact';
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
