import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { simplifyAgentBot } from '../agentBot/agentBot';

/** `getInboxAgentBot`: `GET /inboxes/{id}/agent_bot`; an empty object when there is none. */
export const getAgentBot = accountOperation({
	option: {
		name: 'Get Agent Bot',
		value: 'getAgentBot',
		action: 'Get agent bot of inbox',
		description: 'Get the bot that answers first in an inbox; nothing when there is none',
	},
	record: inboxLocator,
	async run({ id }, account) {
		const { agent_bot: bot } = await account.get<{ agent_bot?: IDataObject }>(path`/inboxes/${id}/agent_bot`);
		return bot?.id === undefined ? [] : { inboxId: id, ...simplifyAgentBot(bot) };
	},
});
