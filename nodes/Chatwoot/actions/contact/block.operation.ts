import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactIn, explainingTwins } from './contact.calls';

/** `patchContact`: `PATCH /contacts/{id}` with `blocked: true`. */
export const block = accountOperation({
	option: {
		name: 'Block',
		value: 'block',
		action: 'Block contact',
		description: 'Block a contact: it can open no more conversations',
	},
	record: contactLocator,
	output: contactOutput,
	run: async ({ id }, account) => await explainingTwins(account, id, async () => contactIn(await account.patch(path`/contacts/${id}`, { blocked: true }))),
});
