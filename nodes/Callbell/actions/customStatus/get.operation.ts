import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { recordIn } from '../../client';
import { customStatusLocator } from '../../locators';
import { simplifyCustomStatus } from './customStatus';

/** `GET /custom_statuses/{id}`. */
export const get = operation<CallbellClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get custom status',
		description: 'Get one custom status by its ID',
	},
	properties: [customStatusLocator],
	read: (item) => item.requiredLocator('customStatusId'),
	run: async (id, callbell) => simplifyCustomStatus(recordIn(await callbell.get(path`/custom_statuses/${id}`), 'customStatus')),
});
