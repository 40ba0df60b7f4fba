import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { operatorLocator } from '../../descriptions/locators';

/** `GET /v3/operators/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get operator',
		description: 'Get one operator (Operador) of the account. Needs a Token V3.',
	},
	record: operatorLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Operators');
		return await kinbox.get(path`/operators/${id}`);
	},
});
