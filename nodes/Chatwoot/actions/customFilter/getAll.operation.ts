import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { customFilterOutput } from './customFilter';
import { kindField, kinds } from './customFilter.fields';

/** `listCustomFilters`: `GET /custom_filters?filter_type=`; it does not page. */
export const getAll = accountOperation<{ limit?: number; kind: string }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many custom filters',
		description: "Get many saved filters of the token's owner",
	},
	properties: [kindField, ...returnAllOrLimit],
	output: customFilterOutput,
	read: (item) => ({ limit: readLimit(item), kind: item.choice('kind', kinds) ?? 'conversation' }),
	run: async ({ limit, kind }, account) => rowsIn(await account.get('/custom_filters', { filter_type: kind })).slice(0, limit),
});
