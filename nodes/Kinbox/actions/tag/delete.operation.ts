import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { tagLocator } from '../../locators';

/** `DELETE /v3/tags/{id}` or `DELETE /v1/tags/{id}`. */
export const deleteTag = operation<KinboxClient, string>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete tag',
		description: 'Delete a tag',
	},
	properties: [tagLocator],
	read: (item) => item.requiredNumericId('tagId'),
	orderingKey: (id) => id,
	async run(id, kinbox) {
		await kinbox.delete(path`/tags/${id}`);
		return { id, deleted: true };
	},
});
