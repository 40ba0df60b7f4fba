import type { IDataObject } from 'n8n-workflow';

import { forModelIn } from '../../../shared/operation/output';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { contactOutput } from '../contact/contact';
import { articleOutput } from '../helpCenterArticle/helpCenterArticle';
import { messageOutput } from '../message/message';
import { foundConversationOutput } from './search';
import { firstOf, insteadOfStumbling } from './search.calls';
import { searchPageSize, textField } from './search.fields';

/** How the operations for one kind each output its records. */
const shortForms = { articles: articleOutput, contacts: contactOutput, conversations: foundConversationOutput, messages: messageOutput };

/** `searchAll`: `GET /search`; the first 15 records of each kind. */
export const all = accountOperation<string>({
	option: {
		name: 'Everything',
		value: 'all',
		action: 'Search everything',
		description: 'Find conversations, contacts, messages of the last three months and help center articles: one item with the first 15 of each kind',
	},
	properties: [textField],
	forModel: (found, client) => Object.fromEntries(Object.entries(shortForms).map(([kind, { simplify }]) => [kind, (found[kind] as IDataObject[]).map((record) => forModelIn('simplified', simplify(record, client)))])),
	read: (item) => item.required('text'),
	async run(q, account) {
		const found = withoutSecrets(await everything(account, q));
		return Object.fromEntries(['articles', 'contacts', 'conversations', 'messages'].map((kind) => [kind, recordsOf(found[kind])]));
	},
});

/** One call for all kinds; where it stumbles over a conversation, one for each. */
async function everything(account: AccountClient, q: string): Promise<IDataObject> {
	return await account.get('/search', { q }).then(({ payload }) => objectOrEmpty(payload), async (error: unknown) => {
		const conversations = (await insteadOfStumbling(account, q, error)).slice(0, searchPageSize);
		return { conversations, articles: await firstOf(account, 'articles', q), contacts: await firstOf(account, 'contacts', q), messages: await firstOf(account, 'messages', q) };
	});
}
