import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { categoryLocator, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { payloadOf, readPortal } from '../../helpers/helpCenter';
import { textUpTo } from '../../helpers/read';
import { readSlug } from '../helpCenterPortal/helpCenterPortal.fields';
import { categoryOutput } from './helpCenterCategory';
import { categoryFields, nameField, readCategoryFields, slugField } from './helpCenterCategory.fields';

/** `updateCategory`: `PATCH /portals/{slug}/categories/{id}`. */
export const update = accountOperation<{ portal: string; category: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update help center category',
		description: 'Change a category; fields left empty stay as they are',
	},
	record: categoryLocator,
	properties: [
		portalLocator,
		categoryLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [...categoryFields, nameField, slugField].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		},
	],
	output: categoryOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const category = withoutUndefined({ name: textUpTo(fields, 'name'), slug: readSlug(fields), ...readCategoryFields(fields) });
		item.needsChange('updateFields', category);
		return { portal: readPortal(item), category };
	},
	run: async ({ portal, id, category }, account) => payloadOf(await account.patch(path`/portals/${portal}/categories/${id}`, { category })),
});
