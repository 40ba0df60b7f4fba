import { path } from '../../../shared/http/httpClient';
import { agentLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteAgent`: `DELETE /agents/{id}`. */
export const deleteAgent = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete agent',
		description: 'Take a person out of the account; the conversations in its hands become unassigned',
	},
	record: agentLocator,
	async run({ id }, account) {
		await account.delete(path`/agents/${id}`);
		return { deleted: true };
	},
});
