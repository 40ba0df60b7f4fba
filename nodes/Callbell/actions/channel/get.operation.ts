import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyChannel } from './channel';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { channelLocator } from '../../descriptions/locators';

/** `GET /channels/{uuid}`. */
export const get = operation<CallbellClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get channel',
		description: 'Get one channel by its ID',
	},
	properties: [{ ...channelLocator, required: true }],
	read: (item) => item.requiredLocator('channelId'),
	run: async (id, callbell) => simplifyChannel(recordIn(await callbell.get(path`/channels/${id}`), 'channel')),
});
