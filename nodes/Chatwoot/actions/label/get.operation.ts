import { path } from '../../../shared/http/httpClient';
import { labelLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { labelOutput } from './label';

/** `getLabel`: `GET /labels/{id}`; open to administrators only, although the list is not. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get label',
		description: 'Get one label; administrators only',
	},
	record: labelLocator,
	output: labelOutput,
	run: async ({ id }, account) => await account.get(path`/labels/${id}`),
});
