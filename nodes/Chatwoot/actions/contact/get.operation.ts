import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactIn } from './contact.calls';

/** `getContact`: `GET /contacts/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get contact',
		description: 'Get one contact by its ID',
	},
	record: contactLocator,
	output: contactOutput,
	run: async ({ id }, account) => contactIn(await account.get(path`/contacts/${id}`)),
});
