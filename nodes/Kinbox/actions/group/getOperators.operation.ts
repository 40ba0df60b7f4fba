import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { groupLocator } from '../../descriptions/locators';

/** `GET /v1/groups/{id}/users`. */
export const getOperators = operation<KinboxClient, { group: string; limit?: number }>({
	option: {
		name: 'Get Operators',
		value: 'getOperators',
		action: 'Get operators of group',
		description: 'Get the operators (Operadores) of a group, with e-mail and phone. Needs an API Token.',
	},
	properties: [groupLocator, ...returnAllOrLimit],
	read: (item) => ({ group: item.requiredNumericId('groupId'), limit: readLimit(item) }),
	async run({ group, limit }, kinbox) {
		kinbox.needs('v1', 'Reading the operators of a group');
		return await kinbox.listAtOnce(path`/groups/${group}/users`, {}, limit);
	},
});
