import { webhookLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
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
		const webhook = webhooksIn(await account.get('/webhooks')).find((one) => String(one.id) === id);
		if (!webhook) throw account.http.error(`Chatwoot does not know webhook ${id} in account ${account.id}`, 'Pick it from the list.');
		return withoutSigningSecret(webhook);
	},
});
