import { path } from '../../../shared/http/httpClient';
import { customFilterLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { customFilterOutput } from './customFilter';

/** `getCustomFilter`: `GET /custom_filters/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get custom filter',
		description: "Get one saved filter of the token's owner",
	},
	record: customFilterLocator,
	output: customFilterOutput,
	run: async ({ id }, account) => await account.get(path`/custom_filters/${id}`),
});
