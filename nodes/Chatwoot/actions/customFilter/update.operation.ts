import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { customFilterLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { textUpTo } from '../../helpers/read';
import { customFilterOutput } from './customFilter';
import { conditionsField, nameField, readConditions } from './customFilter.fields';

/** `updateCustomFilter`: `PATCH /custom_filters/{id}`; the conditions are replaced whole. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update custom filter',
		description: "Change a saved filter of the token's owner; fields left empty stay as they are",
	},
	record: customFilterLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [conditionsField, nameField],
		},
	],
	output: customFilterOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const payload = readConditions(fields);
		const body = withoutUndefined({ name: textUpTo(fields, 'name'), query: payload?.length ? { payload } : undefined });
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, account) => await account.patch(path`/custom_filters/${id}`, body),
});
