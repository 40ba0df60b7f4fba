import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactIn, explainingTwins } from './contact.calls';

/** `patchContact`: `PATCH /contacts/{id}` with `blocked: false`. */
export const unblock = accountOperation({
	option: {
		name: 'Unblock',
		value: 'unblock',
		action: 'Unblock contact',
		description: 'Let a blocked contact open conversations again',
	},
	record: contactLocator,
	output: contactOutput,
	run: async ({ id }, account) => await explainingTwins(account, id, async () => contactIn(await account.patch(path`/contacts/${id}`, { blocked: false }))),
});
