import { path } from '../../../shared/http/httpClient';
import { collectCursor } from '../../../shared/http/pagination';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { chatwoot } from '../../transport/client';
import { messageOutput } from './message';

/** `listMessages`: `GET /conversations/{id}/messages`, 20 at a time, back from the newest. */
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
	async run({ id, limit, publicOnly }, account) {
		const { rows } = await collectCursor(async (before) => {
			const page = rowsIn(await account.get(path`/conversations/${id}/messages`, { before, filter_internal_messages: publicOnly || undefined }));
			// A page comes oldest first; what lies before its first message is next.
			const oldest = page[0]?.id;
			return { rows: [...page].reverse(), next: oldest === undefined || page.length < 20 ? null : String(oldest) };
		}, (message) => message.id as number | undefined, { limit, parallel: chatwoot.parallelRequests, signal: account.http.signal });
		return rows;
	},
});
