import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `deleteAgentBot`: `DELETE /agent_bots/{id}`; bots of the system are a 404. */
export const deleteBot = accountOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete agent bot',
		description: 'Delete a bot of the account for good; it stops answering in its inboxes, and its token is void. Administrators only.',
	},
	record: agentBotLocator,
	async run({ id }, account) {
		await account.delete(path`/agent_bots/${id}`);
		return { deleted: true };
	},
});
