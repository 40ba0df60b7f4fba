import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { webhookOutput, webhooksIn, withoutSigningSecret } from './webhook';

/** `listWebhooks`: `GET /webhooks`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many webhooks',
		description: 'Get many webhooks of the account',
	},
	properties: [...returnAllOrLimit],
	output: webhookOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => webhooksIn(await account.get('/webhooks')).slice(0, limit).map(withoutSigningSecret),
});
