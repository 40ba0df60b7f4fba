import { path } from '../../../shared/http/httpClient';
import { macroLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { macroIn, macroOutput } from './macro';

/** `getMacro`: `GET /macros/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get macro',
		description: 'Get one macro with its actions',
	},
	record: macroLocator,
	output: macroOutput,
	run: async ({ id }, account) => macroIn(await account.get(path`/macros/${id}`)),
});
