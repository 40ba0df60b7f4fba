import { readLimit, returnAllOrLimit } from '../../../shared/properties';
import { rowsIn } from '../../client';
import { labelOutput } from '../../label';
import { accountOperation } from '../../operation';

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
