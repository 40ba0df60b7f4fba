import { path } from '../../../shared/http/httpClient';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `sendTranscript`: `POST /conversations/{id}/transcript`; the server mails it later. */
export const sendTranscript = accountOperation<{ email: string }>({
	option: {
		name: 'Send Transcript',
		value: 'sendTranscript',
		action: 'Send transcript of conversation',
		description: 'Have Chatwoot mail a conversation to somebody',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. name@email.com',
			description: 'Who gets the mail',
		},
	],
	read(item) {
		item.required('email');
		return { email: item.email('email') ?? '' };
	},
	async run({ id, email }, account) {
		await account.tell({ method: 'POST', path: path`/conversations/${id}/transcript`, body: { email } });
		return { conversationId: id, email, queued: true };
	},
});
