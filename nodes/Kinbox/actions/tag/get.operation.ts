import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { tagLocator } from '../../descriptions/locators';

/** `GET /v3/tags/{id}` or `GET /v1/tags/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get tag',
		description: 'Get one tag',
	},
	record: tagLocator,
	async run({ id }, kinbox) {
		return await kinbox.get(path`/tags/${id}`);
	},
});
