import type { IDataObject } from 'n8n-workflow';

import type { ConversationQuery } from './conversation.fields';
import { conversationFilters, labelled, readConversationQuery, statusFilter } from './conversation.fields';
import { accountOperation } from '../../helpers/accountOperation';

/** `getConversationCounts`: `GET /conversations/meta`. */
export const getCounts = accountOperation<ConversationQuery>({
	option: {
		name: 'Get Counts',
		value: 'getCounts',
		action: 'Get counts of conversations',
		description: "Count conversations: the token owner's, assigned, unassigned and all. Chatwoot allows 30 a minute.",
	},
	properties: [statusFilter, conversationFilters],
	read: readConversationQuery,
	async run(query, account) {
		const { meta } = await account.get<{ meta?: IDataObject }>('/conversations/meta', await labelled(account, query));
		return meta ?? {};
	},
});
