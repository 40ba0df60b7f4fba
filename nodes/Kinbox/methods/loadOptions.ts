import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { searchChannels, searchGroups, searchTags } from './listSearch';

const toOptions = ({ results }: Awaited<ReturnType<typeof searchTags>>): INodePropertyOptions[] => results.map(({ name, value }) => ({ name, value }));

export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return toOptions(await searchTags.call(this));
}

/** Channels; only the v1 generation lists them. */
export async function getChannels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return toOptions(await searchChannels.call(this));
}

export async function getGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return toOptions(await searchGroups.call(this));
}
