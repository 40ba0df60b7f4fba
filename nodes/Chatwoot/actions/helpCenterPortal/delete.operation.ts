import { portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readPortal } from '../../helpers/helpCenter';
import { portalCall } from './helpCenterPortal.calls';

/** `deletePortal`: `DELETE /portals/{slug}`. */
export const deletePortal = accountOperation<string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete help center portal',
		description: 'Delete a portal with all its categories and articles; to take it from the public only, archive it with Update',
	},
	properties: [portalLocator],
	read: (item) => readPortal(item),
	orderingKey: (slug) => slug,
	async run(slug, account) {
		await portalCall(account, slug, { method: 'DELETE', expect: 'anything' });
		return { deleted: true };
	},
});
