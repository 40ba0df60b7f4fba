import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { inPortal, payloadOf, readPortal } from '../../helpers/helpCenter';
import { longText, requiredUpTo, textUpTo } from '../../helpers/read';
import { articleOutput } from './helpCenterArticle';
import { articleFields, contentField, readArticleFields, statuses, statusField, titleField } from './helpCenterArticle.fields';

/** `createArticle`: `POST /portals/{slug}/articles`. */
export const create = accountOperation<{ portal: string; article: IDataObject }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create help center article',
		description: 'Write an article: a draft, or for the public at once',
	},
	properties: [
		portalLocator,
		{ ...titleField, required: true },
		contentField,
		statusField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the article',
			options: articleFields,
		},
	],
	output: articleOutput,
	read(item) {
		const status = item.choice('status', statuses) ?? 'draft';
		const content = textUpTo(item, 'content', longText);
		if (status === 'published' && content === undefined) throw item.refuse('content', 'is empty, and an article without text cannot be published', "Write the text, or set 'Status' to Draft.");
		return { portal: readPortal(item), article: withoutUndefined({ title: requiredUpTo(item, 'title'), content, status, ...readArticleFields(item.collection('additionalFields')) }) };
	},
	unordered: 'Each item makes a record of its own',
	async run({ portal, article }, account) {
		// The server asks for an author and fills in nobody.
		const author = article.author_id ?? (await account.client.ownId());
		return inPortal(payloadOf(await account.post(path`/portals/${portal}/articles`, { article: { ...article, author_id: author } })), portal);
	},
});
