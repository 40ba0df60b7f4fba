import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { customStatusLocator } from '../../descriptions/locators';
import { customStatusFields, readCustomStatus, simplifyCustomStatus } from './customStatus';

/** `PUT /custom_statuses/{id}`. */
export const update = operation<CallbellClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update custom status',
		description: 'Change the name or sign of a custom status',
	},
	record: customStatusLocator,
	properties: [...customStatusFields],
	read: (item) => ({ body: readCustomStatus(item) }),
	run: async ({ id, body }, callbell) => simplifyCustomStatus(recordIn(await callbell.put(path`/custom_statuses/${id}`, body), 'customStatus')),
});
