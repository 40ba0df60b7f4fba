import { path } from '../../../shared/http';
import { agentBotOutput } from '../../agentBot';
import { withoutSecrets } from '../../client';
import { agentBotLocator } from '../../locators';
import { accountOperation } from '../../operation';

/** `getAgentBot`: `GET /agent_bots/{id}`. */
export const get = accountOperation<string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get agent bot',
		description: 'Get one bot, without its token',
	},
	properties: [agentBotLocator],
	output: agentBotOutput,
	read: (item) => item.requiredNumericId('agentBotId'),
	run: async (id, account) => withoutSecrets(await account.get(path`/agent_bots/${id}`)),
});
