import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { groupLocator } from '../../locators';

/** `GET /v3/groups/{id}` or `GET /v1/groups/{id}`. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get group',
		description: 'Get one group (Grupo) of members',
	},
	properties: [groupLocator],
	read: (item) => item.requiredNumericId('groupId'),
	async run(id, kinbox) {
		return await kinbox.get(path`/groups/${id}`);
	},
});
