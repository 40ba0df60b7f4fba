import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { userIdField } from './userStatus';

/** `DELETE /users/{uuid}/status`. */
export const deleteUserStatus = operation<CallbellClient, string>({
	option: {
		name: 'Remove Custom Status',
		value: 'delete',
		action: 'Remove custom status of user',
		description: 'Take the custom status away from a user; the availability stays',
	},
	properties: [userIdField],
	read: (item) => item.required('userId'),
	orderingKey: (id) => id,
	async run(id, callbell) {
		await callbell.delete(path`/users/${id}/status`);
		return { deleted: true };
	},
});
