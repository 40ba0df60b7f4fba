import { path } from '../../../shared/http/httpClient';
import { macroLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteMacro`: `DELETE /macros/{id}`. */
export const deleteMacro = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete macro',
		description: 'Delete a macro',
	},
	record: macroLocator,
	async run({ id }, account) {
		// Deleting an unknown one ends in a 500 that says nothing; reading it, in a 404.
		await account.get(path`/macros/${id}`);
		await account.delete(path`/macros/${id}`);
		return { deleted: true };
	},
});
