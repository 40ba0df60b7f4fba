import { webhookLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { notInAccount } from '../../transport/unknownRecord';
import { webhookOutput, webhooksIn, withoutSigningSecret } from './webhook';

/** One of `listWebhooks`: `GET /webhooks`; the server has no call for a single one. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get webhook',
		description: 'Get one webhook of the account',
	},
	record: webhookLocator,
	output: webhookOutput,
	async run({ id }, account) {
		const webhooks = webhooksIn(await account.get('/webhooks'));
		const webhook = webhooks.find((one) => String(one.id) === id);
		if (!webhook) throw notInAccount(account, 'Webhook', id, webhooks);
		return withoutSigningSecret(webhook);
	},
});
