import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { workingChannelLocator } from '../../descriptions/locators';

/** `GET /v1/channels/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get channel',
		description: 'Get one channel (Canal): number, state, kind. Needs an API Token.',
	},
	record: workingChannelLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v1', 'Channels');
		return await kinbox.get(path`/channels/${id}`);
	},
});
