import { path } from '../../../shared/http/httpClient';
import { connectionLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteIntegrationHook`: `DELETE /integrations/hooks/{id}`. */
export const disconnect = accountOperation({
	option: {
		name: 'Disconnect',
		value: 'disconnect',
		action: 'Disconnect integration',
		description: 'Delete a connection with its settings and keys for good; to switch it off only, use Update Connection. Administrators only.',
	},
	record: connectionLocator,
	async run({ id }, account) {
		await account.delete(path`/integrations/hooks/${id}`);
		return { deleted: true };
	},
});
