import { path } from '../../../shared/http/httpClient';
import { conversationLocator, macroLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { conversationFor } from '../../helpers/conversation';

/** `executeMacro`: `POST /macros/{id}/execute`; the server only queues it. */
export const execute = accountOperation<{ id: string; conversation: number }>({
	option: {
		name: 'Execute',
		value: 'execute',
		action: 'Execute macro',
		description: 'Carry out the actions of a macro on a conversation, in the name of the token\'s owner; Chatwoot does it a moment later',
	},
	properties: [macroLocator, conversationLocator],
	read: (item) => ({ id: item.requiredNumericId('macroId'), conversation: Number(item.requiredNumericId('conversationId')) }),
	orderingKey: ({ conversation }) => String(conversation),
	async run({ id, conversation }, account) {
		// The server says yes to what it does not know, and does nothing.
		await account.getOnce(path`/macros/${id}`);
		await conversationFor(account, String(conversation));
		await account.tell({ method: 'POST', path: path`/macros/${id}/execute`, body: { conversation_ids: [conversation] } });
		return { queued: true };
	},
});
