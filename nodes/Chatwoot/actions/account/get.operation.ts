import { accountOperation } from '../../helpers/accountOperation';
import { accountOutput } from './account';

/** `getAccount`: `GET /accounts/{id}`. */
export const get = accountOperation<undefined>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get account',
		description: 'Get an account with its settings and features',
	},
	properties: [],
	output: accountOutput,
	read: () => undefined,
	run: async (_input, account) => await account.get(''),
});
