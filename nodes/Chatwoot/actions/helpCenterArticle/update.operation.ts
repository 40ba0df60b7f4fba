import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty, withoutUndefined } from '../../../shared/values/read';
import { articleLocator, portalLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { inPortal, payloadOf, readPortal } from '../../helpers/helpCenter';
import { longText, textUpTo } from '../../helpers/read';
import { articleOutput } from './helpCenterArticle';
import { articleFields, contentField, readArticleFields, statuses, statusField, titleField } from './helpCenterArticle.fields';

/** `updateArticle`: `PATCH /portals/{slug}/articles/{id}`. */
export const update = accountOperation<{ portal: string; article: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update help center article',
		description: 'Change, publish or archive an article; fields left empty stay as they are',
	},
	record: articleLocator,
	properties: [
		portalLocator,
		articleLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [...articleFields, contentField, statusField, titleField].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		},
	],
	output: articleOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const article = withoutUndefined({ title: textUpTo(fields, 'title'), content: textUpTo(fields, 'content', longText), status: fields.choice('status', statuses), ...readArticleFields(fields) });
		item.needsChange('updateFields', article);
		return { portal: readPortal(item, 'articleId'), article };
	},
	async run({ portal, id, article }, account) {
		const to = path`/portals/${portal}/articles/${id}`;
		// The server replaces what is for search engines as a whole.
		const meta = article.meta === undefined ? undefined : { ...engineFields(payloadOf(await account.get(to)).meta), ...(article.meta as IDataObject) };
		return inPortal(payloadOf(await account.patch(to, { article: { ...article, ...(meta ? { meta } : {}) } })), portal);
	},
});

function engineFields(meta: unknown): IDataObject {
	const { title, description, tags } = objectOrEmpty(meta);
	return withoutUndefined({ title, description, tags });
}
