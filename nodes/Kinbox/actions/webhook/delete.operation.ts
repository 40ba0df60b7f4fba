import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { webhookLocator } from '../../descriptions/locators';

/** `DELETE /v3/webhooks/{id}`. */
export const deleteWebhook = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete webhook',
		description: 'Delete a webhook. Needs a Token V3. Kinbox does not document this call.',
	},
	record: webhookLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Webhooks');
		await kinbox.delete(path`/webhooks/${id}`);
		return { id, deleted: true };
	},
});
