import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';

/** `GET /v1/channels`, which does not page. */
export const getAll = operation<KinboxClient, { limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many channels',
		description: 'Get many channels (Canais), such as WhatsApp numbers. Needs an API Token.',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, kinbox) {
		kinbox.needs('v1', 'Channels');
		return await kinbox.listAtOnce('/channels', {}, limit);
	},
});
