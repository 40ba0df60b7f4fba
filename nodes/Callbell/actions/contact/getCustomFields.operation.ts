import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { accountCustomFields } from '../../helpers/accountNames';

/** `GET /contacts` with `include_field_types`: the only place where Callbell tells the custom fields. */
export const getCustomFields = operation<CallbellClient, null>({
	option: {
		name: 'Get Custom Fields',
		value: 'getCustomFields',
		action: 'Get custom fields of contacts',
		description: 'Get the custom fields of the account with their types and options, as far as its most recent contacts show them',
	},
	properties: [],
	read: () => null,
	run: async (_, callbell) => (await accountCustomFields(callbell)).map((field) => ({ ...field })),
});
