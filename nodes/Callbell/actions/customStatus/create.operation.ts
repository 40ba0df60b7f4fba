import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { customStatusFields, readCustomStatus, simplifyCustomStatus } from './customStatus';

/** `POST /custom_statuses`. */
export const create = operation<CallbellClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create custom status',
		description: 'Create a status that users of the account can choose',
	},
	properties: customStatusFields,
	read: readCustomStatus,
	unordered: 'Each item makes a record of its own',
	run: async (body, callbell) => simplifyCustomStatus(recordIn(await callbell.post('/custom_statuses', body), 'customStatus')),
});
