import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';

/** Who sees a tag or pipeline. */
export const privacyField: INodeProperties = {
	displayName: 'Visible To',
	name: 'privacy',
	type: 'options',
	options: [
		{ name: 'Everyone', value: 'public' },
		{ name: 'Groups', value: 'team', description: 'Only operators of the groups given below' },
		{ name: 'Only Me', value: 'private' },
	],
	default: 'public',
	description: 'Who sees it (Privacidade)',
};

export const privacyGroupsField: INodeProperties = {
	displayName: 'Groups Names or IDs',
	name: 'privacyGroups',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getGroups' },
	displayOptions: { show: { privacy: ['team'] } },
	default: [],
	description: 'The groups (Grupos) that see it. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Reads both fields into `Privacy`. */
export function readPrivacy(item: Item): IDataObject {
	const type = item.choice('privacy', ['public', 'team', 'private'] as const) ?? 'public';
	const groupIds = type === 'team' ? (item.list('privacyGroups') ?? []) : [];
	if (type === 'team' && groupIds.length === 0) throw item.refuse('privacyGroups', 'is empty', 'Pick at least one group, or make it visible to everyone.');
	return { type, groupIds };
}
