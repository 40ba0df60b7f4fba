import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { searchChannels, searchGroups, searchOperators, searchTags } from './listSearch';

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

/** Operators; only the v3 generation lists them, 100 at a time. */
export async function getOperators(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = [];
	let next: string | undefined;
	do {
		const page = await searchOperators.call(this, undefined, next);
		options.push(...toOptions(page));
		next = page.paginationToken === undefined ? undefined : String(page.paginationToken);
	} while (next !== undefined && options.length < 500);
	return options;
}
