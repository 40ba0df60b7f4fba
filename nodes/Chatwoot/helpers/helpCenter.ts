import type { IDataObject } from 'n8n-workflow';

import { encoded } from '../../shared/http/path';
import type { Fields, Item } from '../../shared/operation/item';
import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import type { ChatwootClient } from '../transport/client';

export const rowsOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as unknown[]).map(objectOrEmpty) : []);

/** Where the public reads a portal. */
export function publicAddress(client: ChatwootClient, slug: unknown, page = ''): string | null {
	const name = textOrNull(slug);
	return name === null ? null : `${client.http.baseUrl}/hc/${encoded(name)}${page}`;
}

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
	return name.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 255);
}

/**
 * The portal of an item; slugs hold no blanks and no slashes.
 *
 * @param part field of a record in the portal, whose address names the portal as well
 */
export function readPortal(item: Item, part?: string): string {
	const slug = part === undefined ? item.requiredLocator('portalSlug') : item.requiredWhole('portalSlug', part);
	if (/[/?#]/.test(slug)) throw item.refuse('portalSlug', 'is not the slug of a portal', 'Pick the portal from the list, or give the part of its address after /hc/.');
	return slug;
}

/** A language code such as "en" or "pt_BR". */
export function readLocale(fields: Fields, name = 'locale'): string | undefined {
	const locale = fields.text(name);
	if (locale !== undefined && !isLocale(locale)) throw fields.refuse(name, 'is not a language code', 'Give a code such as en, pt_BR or es.');
	return locale;
}

export const isLocale = (text: string): boolean => /^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/.test(text);
