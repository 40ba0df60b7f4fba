import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { portalOutput } from './helpCenterPortal';
import type { PortalInput } from './helpCenterPortal.calls';
import { portalBody } from './helpCenterPortal.calls';
import { nameField, portalFields, readNameAndSlug, readPortalFields, slugField } from './helpCenterPortal.fields';

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
	unordered: 'Each item makes a record of its own',
	run: async (input, account, { item }) => withoutSecrets(await account.post('/portals', await portalBody(account, item, input))),
});
