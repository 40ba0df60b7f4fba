import { portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readPortal } from '../../helpers/helpCenter';
import { portalOutput } from './helpCenterPortal';
import { portalCall } from './helpCenterPortal.calls';

/** `getPortal`: `GET /portals/{slug}`; the only answer that counts articles. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get help center portal',
		description: 'Get one portal with its languages',
	},
	properties: [portalLocator],
	output: portalOutput,
	read: (item) => readPortal(item),
	run: async (slug, account) => await portalCall(account, slug, { method: 'GET' }),
});
