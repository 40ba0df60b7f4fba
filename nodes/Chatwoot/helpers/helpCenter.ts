import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/contact/contact';
import type { OutputShape } from '../../shared/operation/output';
import { outputProperties } from '../../shared/operation/output';
import type { ChatwootClient } from '../transport/client';

const rowsOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as unknown[]).map(objectOrEmpty) : []);

/** Where the public reads a portal. */
function publicAddress(client: ChatwootClient, slug: unknown, page = ''): string | null {
	const name = textOrNull(slug);
	return name === null ? null : `${client.http.baseUrl}/hc/${encodeURIComponent(name)}${page}`;
}

/** A portal (`Portal`) in short. */
function simplifyPortal(portal: IDataObject, client: ChatwootClient): IDataObject {
	const config = objectOrEmpty(portal.config);
	return {
		id: String(portal.id ?? ''),
		slug: textOrNull(portal.slug),
		name: textOrNull(portal.name),
		pageTitle: textOrNull(portal.page_title),
		headerText: textOrNull(portal.header_text),
		homepage: textOrNull(portal.homepage_link),
		customDomain: textOrNull(portal.custom_domain),
		archived: portal.archived ?? false,
		defaultLocale: textOrNull(config.default_locale),
		locales: rowsOf(config.allowed_locales).map(({ code }) => textOrNull(code)),
		inboxId: textOrNull(objectOrEmpty(portal.inbox).id),
		url: publicAddress(client, portal.slug),
	};
}

export const portalOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyPortal,
	properties: outputProperties([
		'account_id', 'archived', 'color', 'config', 'config.allowed_locales', 'config.default_locale', 'custom_domain', 'header_text', 'homepage_link', 'id',
		'inbox', 'inbox.id', 'inbox.name', 'logo', 'meta', 'name', 'page_title', 'slug', 'ssl_settings',
	]),
};

/** A category (`Category`) in short. */
function simplifyCategory(category: IDataObject): IDataObject {
	return {
		id: String(category.id ?? ''),
		slug: textOrNull(category.slug),
		name: textOrNull(category.name),
		locale: textOrNull(category.locale),
		description: textOrNull(category.description),
		icon: textOrNull(category.icon),
		position: category.position ?? null,
		parentId: textOrNull(objectOrEmpty(category.parent_category).id),
		relatedIds: rowsOf(category.related_categories).map(({ id }) => textOrNull(id)),
		articles: objectOrEmpty(category.meta).articles_count ?? null,
	};
}

export const categoryOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyCategory,
	properties: outputProperties([
		'account_id', 'description', 'icon', 'icon_color', 'id', 'locale', 'meta', 'name', 'parent_category', 'position', 'related_categories', 'root_category', 'slug',
	]),
};

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
		url: article.status === 'published' && slug !== null ? publicAddress(client, article.portal_slug, `/articles/${encodeURIComponent(slug)}`) : null,
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

/** The record of an answer that is wrapped: `CategoryPayload`, `ArticlePayload`. */
export function payloadOf(answer: IDataObject): IDataObject {
	return objectOrEmpty(answer.payload);
}

/** An article with the portal it stands in, which its own answers leave out. */
export function inPortal(article: IDataObject, portal: string): IDataObject {
	return { ...article, portal_slug: portal };
}

/** A name as the last part of an address: "Como trocar?" becomes "como-trocar". */
export function slugOf(name: string): string {
	return name.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 255);
}
