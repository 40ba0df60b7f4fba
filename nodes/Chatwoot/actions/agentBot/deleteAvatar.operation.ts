import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { agentBotOutput } from './agentBot';

/** `deleteAgentBotAvatar`: `DELETE /agent_bots/{id}/avatar`. */
export const deleteAvatar = accountOperation({
	option: {
		name: 'Delete Avatar',
		value: 'deleteAvatar',
		action: 'Delete avatar of agent bot',
		description: "Remove the picture of a bot; to set one, use 'Update'. Administrators only.",
	},
	record: agentBotLocator,
	output: agentBotOutput,
	run: async ({ id }, account) => withoutSecrets(await account.send({ method: 'DELETE', path: path`/agent_bots/${id}/avatar` })),
});
