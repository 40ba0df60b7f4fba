import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { customStatusLocator } from '../../descriptions/locators';
import { simplifyUserStatus, userIdField } from './userStatus';

/** `PUT /users/{uuid}/status`. */
export const update = operation<CallbellClient, { id: string; body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update user status',
		description: 'Set whether a user is available, and the custom status that colleagues see',
	},
	properties: [
		userIdField,
		{
			displayName: 'Availability',
			name: 'availability',
			type: 'options',
			options: [
				{ name: 'Available', value: 'available' },
				{ name: 'Away', value: 'away' },
				{ name: 'Leave as It Is', value: 'keep' },
			],
			default: 'available',
			description: 'Whether the user gets conversations',
		},
		{ ...customStatusLocator, required: false, description: 'The custom status to show; left empty, it stays as it is. To remove it, use Remove Custom Status.' },
	],
	read(item) {
		const id = item.required('userId');
		const availability = item.choice('availability', ['available', 'away', 'keep'] as const) ?? 'keep';
		const customStatus = item.locator('customStatusId');
		const body = {
			...(availability === 'keep' ? {} : { available: availability === 'available' }),
			...(customStatus === undefined ? {} : { custom_status_uuid: customStatus }),
		};
		if (Object.keys(body).length === 0) throw item.refuse('availability', "is 'Leave as It Is', and no custom status is given", 'Choose what to change.');
		return { id, body };
	},
	orderingKey: ({ id }) => id,
	run: async ({ id, body }, callbell) => simplifyUserStatus(recordIn(await callbell.put(path`/users/${id}/status`, body), 'user_status'), id),
});
