import type { IDataObject } from 'n8n-workflow';

import { customFilterOutput } from './customFilter';
import { accountOperation } from '../../helpers/accountOperation';
import { requiredUpTo } from '../../helpers/read';
import { conditionsField, kindField, kinds, nameField, readConditions } from './customFilter.fields';

/** `createCustomFilter`: `POST /custom_filters`; it belongs to the token's owner. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create custom filter',
		description: "Save a filter in the sidebar of the token's owner",
	},
	properties: [{ ...nameField, required: true }, kindField, { ...conditionsField, required: true }],
	output: customFilterOutput,
	read(item) {
		const payload = readConditions(item);
		if (!payload?.length) throw item.refuse('conditions', 'is empty', 'Give at least one condition.');
		return { name: requiredUpTo(item, 'name'), filter_type: item.choice('kind', kinds) ?? 'conversation', query: { payload } };
	},
	unordered: 'Each item makes a record of its own',
	run: async (body, account) => await account.post('/custom_filters', body),
});
