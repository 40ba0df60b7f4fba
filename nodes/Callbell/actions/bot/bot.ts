import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, textOrNull } from '../../../shared/values/read';

/** The bot of a contact (`Bot`) and how far it is. */
export function simplifyBot(bot: IDataObject, contactId: string): IDataObject {
	return {
		id: textOrNull(bot.uuid),
		name: textOrNull(bot.name),
		status: textOrNull(bot.status),
		contactId,
		version: bot.version ?? null,
		latestVersion: bot.latestBotVersion ?? null,
		startedAt: isoOrNull(bot.conversationStartedAt),
	};
}
