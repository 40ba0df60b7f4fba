import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { quickPhraseLocator } from '../../descriptions/locators';

/** `DELETE /v3/quick-phrases/{id}`. */
export const deleteQuickPhrase = operation<KinboxClient>({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete quick phrase',
		description: 'Delete a quick phrase. Needs a Token V3. Kinbox does not document this call.',
	},
	record: quickPhraseLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Deleting a quick phrase');
		await kinbox.delete(path`/quick-phrases/${id}`);
		return { id, deleted: true };
	},
});
