import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { messageOutput } from './message';
import { messagesOf } from './message.calls';

/** `listMessages`: `GET /conversations/{id}/messages`. */
export const getAll = accountOperation<{ limit?: number; publicOnly: boolean }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many messages',
		description: 'Get many messages of a conversation, newest first',
	},
	record: conversationLocator,
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Public Only',
			name: 'publicOnly',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out private notes and activity lines',
		},
	],
	output: messageOutput,
	read: (item) => ({ limit: readLimit(item), publicOnly: item.boolean('publicOnly') ?? false }),
	run: async ({ id, limit, publicOnly }, account) => await messagesOf(account, id, { limit, publicOnly }),
});
