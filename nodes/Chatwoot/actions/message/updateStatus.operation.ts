import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { conversationLocator, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readMessage } from '../../helpers/read';
import { messageOutput } from './message';

const statuses = ['delivered', 'failed', 'read', 'sent'] as const;

/** `updateMessageStatus`: `PATCH /conversations/{id}/messages/{message}`, since 4.2; API inboxes only. */
export const updateStatus = accountOperation<{ id: string; messageId: string; body: object }>({
	option: {
		name: 'Update Status',
		value: 'updateStatus',
		action: 'Update status of message',
		description: 'Tell Chatwoot what became of a message that your own channel sends; API inboxes only',
	},
	since: '4.2',
	properties: [
		conversationLocator,
		messageLocator,
		{
			displayName: 'Status',
			name: 'deliveryStatus',
			type: 'options',
			options: [
				{ name: 'Delivered', value: 'delivered' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Read', value: 'read' },
				{ name: 'Sent', value: 'sent' },
			],
			default: 'delivered',
			description: 'What became of the message',
		},
		{
			displayName: 'Reason',
			name: 'externalError',
			type: 'string',
			displayOptions: { show: { deliveryStatus: ['failed'] } },
			default: '',
			placeholder: 'e.g. Number not on WhatsApp',
			description: 'Why it did not arrive, as the team will read it',
		},
	],
	output: messageOutput,
	read(item) {
		const status = item.choice('deliveryStatus', statuses) ?? 'delivered';
		return {
			...readMessage(item),
			body: withoutUndefined({ status, external_error: status === 'failed' ? item.text('externalError') : undefined }),
		};
	},
	orderingKey: ({ messageId }) => messageId,
	run: async ({ id, messageId, body }, account) => await account.patch(path`/conversations/${id}/messages/${messageId}`, body),
});
