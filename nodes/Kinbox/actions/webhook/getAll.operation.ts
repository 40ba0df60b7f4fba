import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { withoutSecret } from '../../transport/body';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/webhooks`; inferred shape. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many webhooks',
		description: 'Get many webhooks of the account. Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		kinbox.needs('v3', 'Webhooks');
		return (await kinbox.listAtOnce('/webhooks', {}, limit)).map(withoutSecret);
	},
});
