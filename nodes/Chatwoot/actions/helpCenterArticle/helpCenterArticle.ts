import type { IDataObject } from 'n8n-workflow';

import { encoded } from '../../../shared/http/path';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { publicAddress } from '../../helpers/helpCenter';
import type { ChatwootClient } from '../../transport/client';

/** An article (`Article`, with its portal; or `SearchArticle`) in short. */
function simplifyArticle(article: IDataObject, client: ChatwootClient): IDataObject {
	const category = objectOrEmpty(article.category);
	const slug = textOrNull(article.slug);
	return {
		id: String(article.id ?? ''),
		slug,
		title: textOrNull(article.title),
		content: textOrNull(article.content),
		description: textOrNull(article.description),
		status: textOrNull(article.status),
		locale: textOrNull(article.locale) ?? textOrNull(category.locale),
		category: textOrNull(category.name) ?? textOrNull(article.category_name),
		author: textOrNull(objectOrEmpty(article.author).name),
		views: article.views ?? null,
		// Others than published ones have no page for the public.
		url: article.status === 'published' && slug !== null ? publicAddress(client, article.portal_slug, `/articles/${encoded(slug)}`) : null,
		updatedAt: isoOrNull(article.updated_at),
	};
}

export const articleOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyArticle,
	properties: outputProperties([
		'account_id', 'associated_articles', 'author', 'author.id', 'author.name', 'category', 'category.id', 'category.name', 'category.slug', 'content', 'description',
		'id', 'meta', 'portal_slug', 'position', 'slug', 'status', 'title', 'updated_at', 'views',
	]),
};
