import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filtered, pickedId } from '../../shared/methods/listSearch';
import { objectOrEmpty } from '../../shared/values/read';
import { accountNamed } from '../helpers/accountNamed';
import { conversationFor } from '../helpers/conversation';
import { rowsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';
import { ChatwootClient } from '../transport/client';

/** The account that the node names at the moment, in its Account field or in an address of another, for its lists. */
export async function accountOf(context: ILoadOptionsFunctions): Promise<AccountClient> {
	const { account, ...others } = context.getCurrentNodeParameters() ?? {};
	return await accountNamed(await ChatwootClient.connect(context), account, Object.values(others));
}

/** A record as an entry of a list: its ID, and the parts of its name that there are. */
export const item = (row: IDataObject, ...parts: unknown[]): INodeListSearchItems => ({
	name: parts.filter((part) => part !== undefined && part !== null && part !== '').map(String).join(' · ') || String(row.id),
	value: String(row.id),
});

/** A list that is short enough to come at once; the account filters it here. */
export async function searchAtOnce(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	fetch: (account: AccountClient) => Promise<unknown>,
	toItem: (row: IDataObject) => INodeListSearchItems,
): Promise<INodeListSearchResult> {
	const account = await accountOf(context);
	return { results: filtered(rowsIn(await fetch(account)).map(toItem), filter) };
}

/**
 * The inboxes whose templates the node can send as it stands in the editor: the one that is picked, that of the
 * conversation, or, where a conversation comes from the items, all WhatsApp inboxes of the account.
 */
export async function inboxesWithTemplates(context: ILoadOptionsFunctions, account: AccountClient): Promise<string[]> {
	const { inboxId, conversationId } = context.getCurrentNodeParameters() ?? {};
	if (inboxId !== undefined) return [pickedId(context, 'inboxId')].filter((id) => id !== undefined);
	if (conversationId === undefined) return [];
	const picked = pickedId(context, 'conversationId');
	if (picked !== undefined && /^\d+$/.test(picked)) {
		const { inbox_id: inbox, meta } = (await conversationFor(account, picked)) ?? {};
		return objectOrEmpty(meta).channel === 'Channel::Whatsapp' ? [String(inbox)] : [];
	}
	return rowsIn(await account.get('/inboxes')).filter(({ channel_type: channel }) => channel === 'Channel::Whatsapp').map(({ id }) => String(id));
}
