import { withoutSecrets } from '../../client';
import { portalOutput, slugOf } from '../../helpCenter';
import { accountOperation } from '../../operation';
import { requiredUpTo } from '../../texts';
import type { PortalInput } from './portal.calls';
import { portalBody } from './portal.calls';
import { nameField, portalFields, readPortalFields, readSlug, slugField } from './portal.fields';

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
	read(item) {
		const name = requiredUpTo(item, 'name');
		const slug = readSlug(item) ?? slugOf(name);
		if (slug === '') throw item.refuse('slug', "is empty, and 'Name' has no letters to make it from", 'Give a slug such as my-shop.');
		return readPortalFields(item.collection('additionalFields'), { name, slug });
	},
	run: async (input, account, { item }) => withoutSecrets(await account.post('/portals', await portalBody(account, item, input))),
});
