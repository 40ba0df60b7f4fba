import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { customStatusLocator } from '../../descriptions/locators';
import { simplifyCustomStatus } from './customStatus';

/** `GET /custom_statuses/{id}`. */
export const get = operation<CallbellClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get custom status',
		description: 'Get one custom status by its ID',
	},
	record: customStatusLocator,
	run: async ({ id }, callbell) => simplifyCustomStatus(recordIn(await callbell.get(path`/custom_statuses/${id}`), 'customStatus')),
});
