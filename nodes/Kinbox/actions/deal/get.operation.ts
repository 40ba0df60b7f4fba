import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dealLocator } from '../../descriptions/locators';
import { dealOutput } from './deal';

/** `GET /v3/deals/{id}` or `GET /v1/deals/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get deal',
		description: 'Get one deal',
	},
	record: dealLocator,
	output: dealOutput,
	async run({ id }, kinbox) {
		return await kinbox.get(path`/deals/${id}`);
	},
});
