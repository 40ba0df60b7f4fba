import { portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readPortal } from '../../helpers/helpCenter';
import { textUpTo } from '../../helpers/read';
import { portalOutput } from './helpCenterPortal';
import type { PortalInput } from './helpCenterPortal.calls';
import { portalBody, portalCall } from './helpCenterPortal.calls';
import { nameField, portalFields, readPortalFields, readSlug, slugField } from './helpCenterPortal.fields';

/** `updatePortal`: `PATCH /portals/{slug}`; the parts of the configuration that are not sent stay. */
export const update = accountOperation<{ slug: string; input: PortalInput }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update help center portal',
		description: 'Change a portal, or archive it; fields left empty stay as they are',
	},
	properties: [
		portalLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [...portalFields, nameField, slugField].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		},
	],
	output: portalOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const input = readPortalFields(fields, { name: textUpTo(fields, 'name'), slug: readSlug(fields) });
		item.needsChange('updateFields', input);
		return { slug: readPortal(item), input };
	},
	orderingKey: ({ slug }) => slug,
	run: async ({ slug, input }, account, { item }) =>
		await portalCall(account, slug, { method: 'PATCH', idempotent: true, body: await portalBody(account, item, input) }, input.portal?.slug as string | undefined),
});
