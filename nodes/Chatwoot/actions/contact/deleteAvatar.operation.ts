import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactIn } from './contact.calls';

/** `deleteContactAvatar`: `DELETE /contacts/{id}/avatar`. */
export const deleteAvatar = accountOperation({
	option: {
		name: 'Delete Avatar',
		value: 'deleteAvatar',
		action: 'Delete avatar of contact',
		description: "Remove the picture of a contact; to set one, use 'Update'",
	},
	record: contactLocator,
	output: contactOutput,
	run: async ({ id }, account) => contactIn(await account.send({ method: 'DELETE', path: path`/contacts/${id}/avatar` })),
});
