import { withoutSecrets } from '../../client';
import { portalOutput } from '../../helpCenter';
import { accountOperation } from '../../operation';
import type { PortalInput } from './portal.calls';
import { portalBody } from './portal.calls';
import { nameField, portalFields, readNameAndSlug, readPortalFields, slugField } from './portal.fields';

/** `createPortal`: `POST /portals`. */
export const create = accountOperation<PortalInput>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create help center portal',
		description: 'Create a portal; its pages are public at once',
	},
	properties: [
		{ ...nameField, required: true },
		{ ...slugField, description: `${slugField.description}. Left empty, it is made from the name.` },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the portal',
			options: portalFields,
		},
	],
	output: portalOutput,
	read: (item) => readPortalFields(item.collection('additionalFields'), readNameAndSlug(item, 'my-shop')),
	run: async (input, account, { item }) => withoutSecrets(await account.post('/portals', await portalBody(account, item, input))),
});
