import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** An agent bot (`AgentBot`) in short; its token and secret stay out. */
export function simplifyAgentBot(bot: IDataObject): IDataObject {
	return {
		id: String(bot.id ?? ''),
		name: textOrNull(bot.name),
		description: textOrNull(bot.description),
		callbackUrl: textOrNull(bot.outgoing_url),
		systemBot: bot.system_bot ?? null,
	};
}

export const agentBotOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyAgentBot,
	properties: outputProperties(['account_id', 'bot_config', 'bot_type', 'description', 'id', 'name', 'outgoing_url', 'system_bot', 'thumbnail']),
};
