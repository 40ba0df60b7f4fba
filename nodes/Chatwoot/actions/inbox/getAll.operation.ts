import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import { inboxOutput } from './inbox';

/** `listInboxes`: `GET /inboxes`; it does not page, and agents see their own inboxes only. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many inboxes',
		description: 'Get many inboxes; an agent sees only those it works in',
	},
	properties: [...returnAllOrLimit],
	output: inboxOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/inboxes')).slice(0, limit).map(withoutSecrets),
});
