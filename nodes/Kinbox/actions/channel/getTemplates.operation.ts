import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { workingChannelLocator } from '../../descriptions/locators';

/** `GET /v1/channels/{id}/templates`; Kinbox keeps its answer for 15 minutes. */
export const getTemplates = operation<KinboxClient, { channel: string; limit?: number }>({
	option: {
		name: 'Get Templates',
		value: 'getTemplates',
		action: 'Get templates of channel',
		description: 'Get the approved WhatsApp templates (Modelos) of an official channel. Needs an API Token.',
	},
	properties: [workingChannelLocator, ...returnAllOrLimit],
	read: (item) => ({ channel: item.requiredNumericId('channelId'), limit: readLimit(item) }),
	async run({ channel, limit }, kinbox) {
		kinbox.needs('v1', 'Templates');
		return await kinbox.listAtOnce(path`/channels/${channel}/templates`, {}, limit);
	},
});
