import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { pickedId } from '../../shared/methods/listSearch';
import { path } from '../../shared/http/httpClient';
import { objectOrEmpty } from '../../shared/values/read';
import { channelNames } from '../actions/inbox/inbox';
import { rowsIn } from '../transport/answers';
import { accountOf } from './context';

/** The account's labels by title, which is what records carry. */
export async function labelTitles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = await accountOf(this);
	return rowsIn(await account.get('/labels')).map(({ title, description }) => ({
		name: String(title),
		value: String(title),
		...(description ? { description: String(description) } : {}),
	}));
}

/** The keys of the account's custom attributes for one kind of record. */
async function attributeKeys(context: ILoadOptionsFunctions, model: string): Promise<INodePropertyOptions[]> {
	const account = await accountOf(context);
	return rowsIn(await account.get('/custom_attribute_definitions', { attribute_model: model })).map((definition) => ({
		name: String(definition.attribute_display_name ?? definition.attribute_key),
		value: String(definition.attribute_key),
	}));
}

export async function contactAttributeKeys(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await attributeKeys(this, 'contact_attribute');
}

export async function conversationAttributeKeys(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await attributeKeys(this, 'conversation_attribute');
}

/** The account's labels by ID, as campaigns name their audience. */
export async function labelIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = await accountOf(this);
	return rowsIn(await account.get('/labels')).map(({ id, title }) => ({ name: String(title), value: String(id) }));
}

/** The people of the account. */
export async function agentIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = await accountOf(this);
	return rowsIn(await account.get('/agents')).map(({ id, name, email }) => ({ name: String(name ?? email), value: String(id), ...(email ? { description: String(email) } : {}) }));
}

/** The teams of the account. */
export async function teamIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = await accountOf(this);
	return rowsIn(await account.get('/teams')).map(({ id, name, description }) => ({ name: String(name), value: String(id), ...(description ? { description: String(description) } : {}) }));
}

/** The inboxes of the account. */
export async function inboxIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = await accountOf(this);
	return rowsIn(await account.get('/inboxes')).map(({ id, name, channel_type: type }) => ({ name: String(name), value: String(id), description: channelNames[String(type)] ?? String(type) }));
}

/** The languages of the portal that is picked in the node. */
export async function portalLocales(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const slug = pickedId(this, 'portalSlug');
	if (slug === undefined) return [];
	const account = await accountOf(this);
	const portal = rowsIn(await account.get('/portals')).find((one) => one.slug === slug);
	const locales = objectOrEmpty(portal?.config).allowed_locales;
	return (Array.isArray(locales) ? (locales as unknown[]) : []).map((locale) => String(objectOrEmpty(locale).code)).map((code) => ({ name: code, value: code }));
}

/** The categories of the portal that is picked in the node. */
export async function categoryIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const slug = pickedId(this, 'portalSlug');
	if (slug === undefined) return [];
	const account = await accountOf(this);
	return rowsIn(await account.get(path`/portals/${slug}/categories`)).map(({ id, name, locale }) => ({ name: `${String(name)} · ${String(locale)}`, value: String(id) }));
}
