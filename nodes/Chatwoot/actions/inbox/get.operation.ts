import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { inboxOutput } from './inbox';

/** `getInbox`: `GET /inboxes/{id}`; an administrator gets the channel's keys, which are left out. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get inbox',
		description: 'Get one inbox with its settings',
	},
	record: inboxLocator,
	output: inboxOutput,
	run: async ({ id }, account) => withoutSecrets(await account.get(path`/inboxes/${id}`)),
});
