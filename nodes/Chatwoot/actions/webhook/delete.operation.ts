import { path } from '../../../shared/http/httpClient';
import { webhookLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteWebhook`: `DELETE /webhooks/{id}`. */
export const deleteWebhook = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete webhook',
		description: 'Delete a webhook; nothing is sent to its address any more',
	},
	record: webhookLocator,
	async run({ id }, account) {
		await account.delete(path`/webhooks/${id}`);
		return { deleted: true };
	},
});
