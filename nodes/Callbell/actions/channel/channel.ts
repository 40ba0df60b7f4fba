import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { textOrNull } from '../../../shared/values/read';

/** Kinds of channel (`Source`), as contacts and channels name them. */
export const channelTypes = ['facebook', 'instagram', 'telegram', 'whatsapp'] as const;

export const channelTypeOptions: INodePropertyOptions[] = [
	{ name: 'Facebook Messenger', value: 'facebook' },
	{ name: 'Instagram', value: 'instagram' },
	{ name: 'Telegram', value: 'telegram' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

/** What people call a channel type; unknown ones stay as Callbell writes them. */
export function channelTypeName(type: unknown): string {
	return channelTypeOptions.find(({ value }) => value === type)?.name ?? String(type ?? '');
}

/** Whether a channel has been removed: `discardedAt` is a time or a boolean. */
export function isRemoved(channel: IDataObject): boolean {
	return Boolean(channel.discardedAt);
}

/** A channel (`Channel`) with its state told plainly. */
export function simplifyChannel(channel: IDataObject): IDataObject {
	return {
		id: String(channel.uuid ?? ''),
		title: textOrNull(channel.title),
		type: textOrNull(channel.type),
		main: channel.main === true,
		active: !isRemoved(channel),
	};
}
