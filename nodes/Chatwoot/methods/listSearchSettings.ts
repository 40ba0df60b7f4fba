import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { item, searchAtOnce } from './context';

/** Canned responses; short enough a list to come at once. */
export async function searchCannedResponses(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/canned_responses'), (response) => item(response, response.short_code, String(response.content ?? '').slice(0, 60)));
}
