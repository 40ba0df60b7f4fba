import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `resetAgentBotToken`: `POST /agent_bots/{id}/reset_access_token`. The new token is not put out: it would stay in the execution's data. */
export const resetToken = accountOperation({
	option: {
		name: 'Reset Token',
		value: 'resetToken',
		action: 'Reset token of agent bot',
		description: 'Give a bot a new access token; the old one is void at once, and what uses it stops. The new one is shown in Chatwoot only, under Settings > Bots. Administrators only.',
	},
	record: agentBotLocator,
	async run({ id }, account) {
		await account.tell({ method: 'POST', path: path`/agent_bots/${id}/reset_access_token` });
		return { agentBotId: id, tokenReset: true };
	},
});
