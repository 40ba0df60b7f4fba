import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/contact/contact';
import { rowsIn } from '../transport/client';
import { connectionsOf, integrations } from '../actions/integration/integration';
import { listNotifications } from '../actions/notification/notification';
import { webhooksIn } from '../actions/webhook/webhook';
import { accountOf, filtered, item, searchAtOnce } from './context';

/** Canned responses; short enough a list to come at once. */
export async function searchCannedResponses(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/canned_responses'), (response) => item(response, response.short_code, String(response.content ?? '').slice(0, 60)));
}

/** Automation rules, those that are switched off, too. */
export async function searchAutomationRules(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/automation_rules'), (rule) => item(rule, rule.name, rule.active === false ? 'off' : undefined));
}

/** Webhooks of the account. */
export async function searchWebhooks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => webhooksIn(await account.get('/webhooks')), (webhook) => item(webhook, webhook.name, webhook.url));
}

/** Integrations that the server and the account have switched on. */
export async function searchIntegrations(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, integrations, (app) => item(app, app.name));
}

/** Connections of all integrations. */
export async function searchIntegrationConnections(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const apps = await integrations(await accountOf(this));
	const results = apps.flatMap((app) => connectionsOf(app).map((hook) => item(hook, app.name, objectOrEmpty(hook.inbox).name, hook.status === false ? 'off' : undefined)));
	return { results: filtered(results, filter) };
}

/** Answers to the satisfaction survey, newest first, page by page. */
export async function searchCsatResponses(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const page = Number(paginationToken ?? 1);
	const account = await accountOf(this);
	const rows = rowsIn(await account.get('/csat_survey_responses', { sort: '-created_at', page }));
	const results = rows.map((one) => item(one, `${String(one.rating)} of 5`, objectOrEmpty(one.contact).name, String(one.feedback_message ?? '').slice(0, 60)));
	return { results: filtered(results, filter), paginationToken: rows.length < 25 ? undefined : String(page + 1) };
}

/** Macros: the global ones, and those of the token's owner. */
export async function searchMacros(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/macros'), (macro) => item(macro, macro.name, macro.visibility));
}

/** Definitions of custom attributes, with what has them. */
export async function searchCustomAttributes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/custom_attribute_definitions'), (definition) =>
		item(definition, definition.attribute_display_name, String(definition.attribute_model ?? '').replace(/_attribute$/, '')));
}

/** Saved filters of the token's owner, for conversations and contacts; the server lists one kind at a time. */
export async function searchCustomFilters(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(
		this,
		filter,
		async (account) => (await Promise.all(['conversation', 'contact'].map(async (kind) => rowsIn(await account.get('/custom_filters', { filter_type: kind }))))).flat(),
		(one) => item(one, one.name, one.filter_type),
	);
}

/** Notifications of the token's owner, read and snoozed ones too: the latest hundred. */
export async function searchNotifications(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await listNotifications(account, { includes: ['read', 'snoozed'] }, 100), (one) => item(one, one.push_message_title));
}
