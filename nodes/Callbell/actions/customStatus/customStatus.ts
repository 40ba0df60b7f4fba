import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { isoOrNull, textOrNull } from '../../../shared/values/read';

/** A custom status (`CustomStatus`). */
export function simplifyCustomStatus(status: IDataObject): IDataObject {
	return {
		id: String(status.id ?? ''),
		name: textOrNull(status.name),
		emoji: textOrNull(status.emoji),
		createdAt: isoOrNull(status.createdAt),
		updatedAt: isoOrNull(status.updatedAt),
	};
}

export const customStatusFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Lunch',
		description: 'What colleagues see',
	},
	{
		displayName: 'Emoji',
		name: 'emoji',
		type: 'string',
		default: '',
		placeholder: 'e.g. 🥪',
		description: 'A sign in front of the name',
	},
];

export function readCustomStatus(item: Item): IDataObject {
	const emoji = item.text('emoji');
	return { name: item.required('name'), ...(emoji ? { emoji } : {}) };
}
