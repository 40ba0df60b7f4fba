import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { tagLocator } from '../../descriptions/locators';

/** `DELETE /v3/tags/{id}` or `DELETE /v1/tags/{id}`. */
export const deleteTag = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete tag',
		description: 'Delete a tag',
	},
	record: tagLocator,
	async run({ id }, kinbox) {
		await kinbox.delete(path`/tags/${id}`);
		return { id, deleted: true };
	},
});
