import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { contactOutput } from './contact';
import { contactIn } from './contact.calls';

/** `deleteContactAvatar`: `DELETE /contacts/{id}/avatar`. */
export const deleteAvatar = accountOperation<string>({
	option: {
		name: 'Delete Avatar',
		value: 'deleteAvatar',
		action: 'Delete avatar of contact',
		description: "Remove the picture of a contact; to set one, use 'Update'",
	},
	properties: [contactLocator],
	output: contactOutput,
	read: (item) => readId(item, 'contactId'),
	orderingKey: (id) => id,
	run: async (id, account) => contactIn(await account.send({ method: 'DELETE', path: path`/contacts/${id}/avatar` })),
});
