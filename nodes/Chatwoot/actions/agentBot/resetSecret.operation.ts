import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `resetAgentBotSecret`: `POST /agent_bots/{id}/reset_secret`. The new secret is not put out: it would stay in the execution's data. */
export const resetSecret = accountOperation({
	option: {
		name: 'Reset Secret',
		value: 'resetSecret',
		action: 'Reset secret of agent bot',
		description: 'Give a bot a new secret for the signature of its callbacks; the old one is void at once. The new one is shown in Chatwoot only, under Settings > Bots. Administrators only (Chatwoot 4.13 and newer).',
	},
	since: '4.13',
	record: agentBotLocator,
	async run({ id }, account) {
		await account.tell({ method: 'POST', path: path`/agent_bots/${id}/reset_secret` });
		return { agentBotId: id, secretReset: true };
	},
});
