import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { agentBotOutput } from './agentBot';

/** `getAgentBot`: `GET /agent_bots/{id}`. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get agent bot',
		description: 'Get one bot, without its token',
	},
	record: agentBotLocator,
	output: agentBotOutput,
	run: async ({ id }, account) => withoutSecrets(await account.get(path`/agent_bots/${id}`)),
});
