import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { customStatusLocator } from '../../descriptions/locators';

/** `DELETE /custom_statuses/{id}`. */
export const deleteCustomStatus = operation<CallbellClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete custom status',
		description: 'Delete a custom status; this cannot be undone',
	},
	record: customStatusLocator,
	async run({ id }, callbell) {
		await callbell.delete(path`/custom_statuses/${id}`);
		return { deleted: true };
	},
});
