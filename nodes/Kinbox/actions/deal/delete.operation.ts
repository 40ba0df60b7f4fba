import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dealLocator } from '../../descriptions/locators';

/** `DELETE /v3/deals/{id}` or `DELETE /v1/deals/{id}`. */
export const deleteDeal = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete deal',
		description: 'Delete a deal',
	},
	record: dealLocator,
	async run({ id }, kinbox) {
		await kinbox.delete(path`/deals/${id}`);
		return { id, deleted: true };
	},
});
