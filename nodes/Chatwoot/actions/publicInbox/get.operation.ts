import { path } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { inboxField, publicCall } from './publicInbox.calls';

/** `getPublicInbox`: `GET /public/api/v1/inboxes/{inbox}`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get public inbox',
		description: 'Get an API inbox as a client sees it, with its business hours',
	},
	properties: [inboxField],
	read: (item) => item.requiredLocator('inboxIdentifier'),
	run: async (inbox, account) => await publicCall(account, { method: 'GET', path: path`/public/api/v1/inboxes/${inbox}` }),
});
