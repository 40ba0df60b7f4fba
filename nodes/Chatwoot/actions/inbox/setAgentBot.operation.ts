import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { agentBotLocator, inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { lookAgain, notApplied, tellNotApplied } from '../../helpers/applied';
import { optionalId } from '../../helpers/read';

/** `setInboxAgentBot`: `POST /inboxes/{id}/set_agent_bot`; null disconnects. */
export const setAgentBot = accountOperation<{ bot: number | null }>({
	option: {
		name: 'Set Agent Bot',
		value: 'setAgentBot',
		action: 'Set agent bot of inbox',
		description: 'Let a bot answer first in an inbox, or none; administrators only',
	},
	record: inboxLocator,
	properties: [locatorAs(agentBotLocator, { description: 'The bot; left empty, the one of the inbox is disconnected', optional: true })],
	read: (item) => ({ bot: optionalId(item, 'agentBotId') ?? null }),
	async run({ id, bot }, account) {
		await account.tell({ method: 'POST', path: path`/inboxes/${id}/set_agent_bot`, body: { agent_bot: bot }, idempotent: true });
		const answer = await lookAgain(account, async () => await account.get<{ agent_bot?: IDataObject }>(path`/inboxes/${id}/agent_bot`));
		const now = answer ? answer.agent_bot?.id ?? null : bot;
		return tellNotApplied(account, { inboxId: id, agentBotId: now === null ? null : String(now) }, notApplied([['Agent Bot', bot, now]]));
	},
});
