import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { cannedResponseOutput } from './cannedResponse';

/** `listCannedResponses`: `GET /canned_responses`; it does not page. */
export const getAll = accountOperation<{ limit?: number; search?: string }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many canned responses',
		description: 'Get many canned responses, all or those with a text in them',
	},
	properties: [
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. hours',
			description: 'Only those with this in the short code or the content, best hits first; left empty, all',
		},
		...returnAllOrLimit,
	],
	output: cannedResponseOutput,
	read: (item) => ({ limit: readLimit(item), search: item.text('search') }),
	run: async ({ limit, search }, account) => rowsIn(await account.get('/canned_responses', { search })).slice(0, limit),
});
