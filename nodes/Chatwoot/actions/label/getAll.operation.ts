import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { labelOutput } from './label';

/** `listLabels`: `GET /labels`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many labels',
		description: 'Get many labels of the account',
	},
	properties: [...returnAllOrLimit],
	output: labelOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/labels')).slice(0, limit),
});
