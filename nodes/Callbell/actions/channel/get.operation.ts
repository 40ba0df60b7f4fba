import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyChannel } from './channel';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { channelLocator } from '../../descriptions/locators';

/** `GET /channels/{uuid}`. */
export const get = operation<CallbellClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get channel',
		description: 'Get one channel by its ID',
	},
	record: { ...channelLocator, required: true },
	run: async ({ id }, callbell) => simplifyChannel(recordIn(await callbell.get(path`/channels/${id}`), 'channel')),
});
