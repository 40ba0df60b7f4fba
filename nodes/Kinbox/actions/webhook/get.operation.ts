import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutSecret } from '../../transport/body';
import type { KinboxClient } from '../../transport/client';
import { webhookLocator } from '../../descriptions/locators';

/** `GET /v3/webhooks/{id}`; inferred shape. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get webhook',
		description: 'Get one webhook of the account. Needs a Token V3. Kinbox does not document this call.',
	},
	record: webhookLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Webhooks');
		return withoutSecret(await kinbox.get(path`/webhooks/${id}`));
	},
});
