import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { searchChannels } from './listSearch';

/** Connected channels, for fields that take several. */
export async function channelIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchChannels.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}
