import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import type { AccountClient } from '../client';
import { ChatwootClient } from '../client';

/** The account that the node's Account field names at the moment, for its lists. */
export async function accountOf(context: ILoadOptionsFunctions): Promise<AccountClient> {
	const client = await ChatwootClient.connect(context);
	const value: unknown = context.getCurrentNodeParameter('account', { extractValue: true });
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return await client.account(/^\d+$/.test(id) ? id : undefined);
}

/** The value of a locator of the node as it stands in the editor; undefined while nothing is picked. */
export function pickedId(context: ILoadOptionsFunctions, name: string): string | undefined {
	const value: unknown = context.getCurrentNodeParameter(name, { extractValue: true });
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return id || undefined;
}

/** Keeps what holds the text that the person typed; for lists that Chatwoot does not search. */
export function filtered(items: INodeListSearchItems[], filter?: string): INodeListSearchItems[] {
	const text = filter?.trim().toLowerCase();
	return text ? items.filter(({ name }) => name.toLowerCase().includes(text)) : items;
}
