import type { IDataObject } from 'n8n-workflow';

import { textOrNull } from '../shared/contact';

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
