import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import { agentBotOutput } from './agentBot';

/** `listAgentBots`: `GET /agent_bots`; it does not page. */
export const getAll = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many agent bots',
		description: 'Get many bots: those of the account, and those of the system',
	},
	properties: [...returnAllOrLimit],
	output: agentBotOutput,
	read: (item) => ({ limit: readLimit(item) }),
	run: async ({ limit }, account) => rowsIn(await account.get('/agent_bots')).slice(0, limit).map(withoutSecrets),
});
