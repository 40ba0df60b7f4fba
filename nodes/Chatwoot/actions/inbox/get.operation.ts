import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { withoutSecrets } from '../../transport/answers';
import { inboxOutput } from './inbox';

/** `getInbox`: `GET /inboxes/{id}`; an administrator gets the channel's keys, which are left out. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get inbox',
		description: 'Get one inbox with its settings',
	},
	properties: [inboxLocator],
	output: inboxOutput,
	read: (item) => readId(item, 'inboxId'),
	run: async (id, account) => withoutSecrets(await account.get(path`/inboxes/${id}`)),
});
