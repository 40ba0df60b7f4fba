import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { groupLocator } from '../../descriptions/locators';

/** `GET /v3/groups/{id}` or `GET /v1/groups/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get group',
		description: 'Get one group (Grupo) of operators',
	},
	record: groupLocator,
	async run({ id }, kinbox) {
		return await kinbox.get(path`/groups/${id}`);
	},
});
