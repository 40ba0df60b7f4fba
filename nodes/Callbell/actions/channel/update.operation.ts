import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyChannel } from './channel';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { channelLocator } from '../../descriptions/locators';

/** `PATCH /channels/{uuid}`: only the title can change. */
export const update = operation<CallbellClient, { title: string }>({
	option: {
		name: 'Rename',
		value: 'update',
		action: 'Rename channel',
		description: 'Give a channel another title; Callbell lets nothing else of it be changed',
	},
	record: { ...channelLocator, required: true },
	properties: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Shop line (Porto)',
			description: 'The new title',
		},
	],
	read: (item) => ({ title: item.required('title') }),
	run: async ({ id, title }, callbell) => simplifyChannel(recordIn(await callbell.patch(path`/channels/${id}`, { title }), 'channel')),
});
