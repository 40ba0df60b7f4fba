import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/properties';
import type { KinboxClient } from '../../client';
import { groupLocator } from '../../locators';

/** `GET /v1/groups/{id}/users`. */
export const getUsers = operation<KinboxClient, { group: string; limit?: number }>({
	option: {
		name: 'Get Members',
		value: 'getUsers',
		action: 'Get members of group',
		description: 'Get the members (Operadores) of a group, with e-mail and phone. Needs an API Token.',
	},
	properties: [groupLocator, ...returnAllOrLimit],
	read: (item) => ({ group: item.requiredNumericId('groupId'), limit: readLimit(item) }),
	async run({ group, limit }, kinbox) {
		kinbox.needs('v1', 'Reading the members of a group');
		return await kinbox.listAtOnce(path`/groups/${group}/users`, {}, limit);
	},
});
