import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { macroOutput } from './macro';

/** `listMacros`: `GET /macros`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many macros',
		description: 'Get many macros: the global ones, and the personal ones of the token\'s owner',
	},
	properties: [...returnAllOrLimit],
	output: macroOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/macros')).slice(0, limit),
});
