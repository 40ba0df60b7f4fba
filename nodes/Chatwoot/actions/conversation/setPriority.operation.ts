import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { compareConversation } from '../../helpers/applied';

const priorities = ['high', 'low', 'medium', 'none', 'urgent'] as const;

/** `setConversationPriority`: `POST /conversations/{id}/toggle_priority`; null clears it on every version. */
export const setPriority = accountOperation<{ priority: string | null }>({
	option: {
		name: 'Set Priority',
		value: 'setPriority',
		action: 'Set priority of conversation',
		description: 'Say how urgent a conversation is, or take its priority away',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Priority',
			name: 'priority',
			type: 'options',
			options: [
				{ name: 'High', value: 'high' },
				{ name: 'Low', value: 'low' },
				{ name: 'Medium', value: 'medium' },
				{ name: 'None', value: 'none' },
				{ name: 'Urgent', value: 'urgent' },
			],
			default: 'high',
			description: 'The new priority',
		},
	],
	read(item) {
		const priority = item.choice('priority', priorities) ?? 'none';
		return { priority: priority === 'none' ? null : priority };
	},
	async run({ id, priority }, account) {
		await account.tell({ method: 'POST', path: path`/conversations/${id}/toggle_priority`, body: { priority }, idempotent: true });
		return await compareConversation(account, id, (shown) => ({ conversationId: id, priority: shown ? shown.priority ?? null : priority }), (shown) => [['Priority', priority, shown.priority ?? null]]);
	},
});
