import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { payloadOf, readPortal } from '../../helpers/helpCenter';
import { readNameAndSlug } from '../helpCenterPortal/helpCenterPortal.fields';
import { categoryOutput } from './helpCenterCategory';
import { categoryFields, nameField, readCategoryFields, slugField } from './helpCenterCategory.fields';

/** `createCategory`: `POST /portals/{slug}/categories`. */
export const create = accountOperation<{ portal: string; category: IDataObject }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create help center category',
		description: 'Create a category for articles',
	},
	properties: [
		portalLocator,
		{ ...nameField, required: true },
		{ ...slugField, description: `${slugField.description}. Left empty, it is made from the name.` },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the category',
			options: categoryFields,
		},
	],
	output: categoryOutput,
	read: (item) => ({
		portal: readPortal(item),
		category: { ...readNameAndSlug(item, 'delivery'), ...readCategoryFields(item.collection('additionalFields')) },
	}),
	unordered: 'Each item makes a record of its own',
	run: async ({ portal, category }, account) => payloadOf(await account.post(path`/portals/${portal}/categories`, { category })),
});
