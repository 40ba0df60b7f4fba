import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { agentBotOutput } from './agentBot';

/** `deleteAgentBotAvatar`: `DELETE /agent_bots/{id}/avatar`. */
export const deleteAvatar = accountOperation<string>({
	option: {
		name: 'Delete Avatar',
		value: 'deleteAvatar',
		action: 'Delete avatar of agent bot',
		description: "Remove the picture of a bot; to set one, use 'Update'. Administrators only.",
	},
	properties: [agentBotLocator],
	output: agentBotOutput,
	read: (item) => item.requiredNumericId('agentBotId'),
	orderingKey: (id) => id,
	run: async (id, account) => withoutSecrets(await account.send({ method: 'DELETE', path: path`/agent_bots/${id}/avatar` })),
});
