import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { conversationLocator, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readMessage } from '../../helpers/read';

/** `translateMessage`: `POST /conversations/{id}/messages/{message}/translate`; empty when it was translated before. */
export const translate = accountOperation<{ id: string; messageId: string; language: string }>({
	option: {
		name: 'Translate',
		value: 'translate',
		action: 'Translate message',
		description: 'Translate a message with the Google Translate integration of the account',
	},
	properties: [
		conversationLocator,
		messageLocator,
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. pt_BR',
			description: 'The code of the language to translate to',
		},
	],
	read: (item) => ({ ...readMessage(item), language: item.required('language') }),
	orderingKey: ({ id }) => id,
	async run({ id, messageId, language }, account) {
		const answer = await account.send<IDataObject | string>({
			method: 'POST', path: path`/conversations/${id}/messages/${messageId}/translate`, body: { target_language: language }, idempotent: true, expect: 'anything',
		});
		const content = answer !== null && typeof answer === 'object' ? (answer.content ?? null) : null;
		// Without an answer the translation is there already, kept with the message.
		const before = answer === null || typeof answer !== 'object';
		return { messageId, language, content, translatedBefore: before };
	},
});
