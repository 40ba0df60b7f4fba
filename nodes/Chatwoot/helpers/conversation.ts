import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../shared/http/httpClient';
import { path } from '../../shared/http/httpClient';
import type { AccountClient } from '../transport/client';

/**
 * A conversation as it is now (`getConversation`); undefined for agent bots when it has a team: Chatwoot answers with whether
 * the caller is in the team, and stumbles over a bot there (HTTP 500).
 */
export async function conversationFor(account: AccountClient, id: string): Promise<IDataObject | undefined> {
	const call: Call = { method: 'GET', path: path`/conversations/${id}` };
	const answer = await account.exchange({ ...call, accept: [500] });
	if (answer.status !== 500) return answer.body as IDataObject;
	return (await account.client.isBot()) ? undefined : await account.send(call);
}

/** As {@link conversationFor}, for those who need what is in it. */
export async function readConversation(account: AccountClient, id: string): Promise<IDataObject> {
	const conversation = await conversationFor(account, id);
	if (conversation) return conversation;
	throw account.http.error(`Chatwoot cannot show conversation ${id} to an agent bot, because it has a team`, "Use the token of a person, or take the team away with 'Unassign' first.");
}
