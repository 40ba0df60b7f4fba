import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { filtered, pickedId } from '../../shared/methods/listSearch';
import { path } from '../../shared/http/httpClient';
import { objectOrEmpty } from '../../shared/values/read';
import { table } from '../../shared/values/table';
import { unsendable } from '../../shared/whatsapp/fill';
import { channelNames } from '../actions/inbox/inbox';
import { connectionsOf, integrations } from '../actions/integration/integration';
import { listNotifications } from '../actions/notification/notification';
import { webhooksIn } from '../actions/webhook/webhook';
import { chatwootRules, templateKey, templatesOf } from '../helpers/templates';
import { rowsIn } from '../transport/answers';
import { ChatwootClient } from '../transport/client';
import { accountOf, inboxesWithTemplates, item, searchAtOnce } from './context';

/** The accounts of the token's owner. */
export async function searchAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const client = await ChatwootClient.connect(this);
	const accounts = await client.ownAccounts();
	return { results: filtered(accounts.map((account) => item(account, account.name, account.role)), filter) };
}

/** Contacts: those whose name, e-mail, phone or identifier holds the text, else all by name. */
export async function searchContacts(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const page = Number(paginationToken ?? 1);
	const text = filter?.trim();
	const query = { page, sort: 'name', include_contact_inboxes: 'false' };
	const rows = rowsIn(text ? await account.get('/contacts/search', { ...query, q: text }) : await account.get('/contacts', query));
	return {
		results: rows.map((contact) => item(contact, contact.name, contact.email ?? contact.phone_number ?? contact.identifier)),
		paginationToken: rows.length < 15 ? undefined : String(page + 1),
	};
}

const isOf = (...kinds: string[]) => (inbox: IDataObject) => kinds.includes(String(inbox.channel_type));
/** Chatwoot has no campaigns for Twilio's WhatsApp, which is of one kind with Twilio's SMS. */
const hasCampaigns = (inbox: IDataObject) =>
	isOf('Channel::Sms', 'Channel::TwilioSms', 'Channel::WebWidget', 'Channel::Whatsapp')(inbox) && inbox.medium !== 'whatsapp' && !String(inbox.phone_number ?? '').startsWith('whatsapp:');

/** The inboxes that an operation, or a whole resource, can be used with; all where nothing stands here. */
const fitting = table<(inbox: IDataObject) => boolean>({
	'campaign:create': hasCampaigns,
	'campaign:getAll': hasCampaigns,
	'campaign:send': isOf('Channel::Whatsapp'),
	helpCenterPortal: isOf('Channel::WebWidget'),
	'inbox:resetSecret': isOf('Channel::Api'),
});

/** Inboxes with the kind of their channel: those that the operation can be used with. */
export async function searchInboxes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const [resource, operation] = ['resource', 'operation'].map((name) => String(this.getCurrentNodeParameter(name)));
	const fits = fitting[`${resource}:${operation}`] ?? fitting[resource!] ?? (() => true);
	const inboxes = rowsIn(await account.get('/inboxes')).filter(fits);
	return {
		results: filtered(inboxes.map((inbox) => item(inbox, inbox.name, channelNames[String(inbox.channel_type)], inbox.phone_number)), filter),
	};
}

/** Conversations in any state, latest activity first; with a text, those of contacts that fit it. */
export async function searchConversations(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const page = Number(paginationToken ?? 1);
	const text = filter?.trim();
	if (text) {
		const answer = await account.get<{ payload?: { conversations?: IDataObject[] } }>('/search/conversations', { q: text, page });
		const rows = answer.payload?.conversations ?? [];
		return {
			results: rows.map((row) => item(row, `#${String(row.id)}`, (row.contact as IDataObject | undefined)?.name, (row.inbox as IDataObject | undefined)?.name)),
			paginationToken: rows.length < 15 ? undefined : String(page + 1),
		};
	}
	const { data } = await account.get<{ data?: IDataObject }>('/conversations', { status: 'all', sort_by: 'last_activity_at_desc', page });
	const rows = rowsIn(data);
	return {
		results: rows.map((row) => {
			const sender = (row.meta as IDataObject | undefined)?.sender as IDataObject | undefined;
			return item(row, `#${String(row.id)}`, sender?.name ?? sender?.email ?? sender?.phone_number, row.status);
		}),
		paginationToken: rows.length === 0 ? undefined : String(page + 1),
	};
}

/** The newest messages of the conversation that is picked in the node. */
export async function searchMessages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const conversation = pickedId(this, 'conversationId');
	if (conversation === undefined) return { results: [] };
	const kinds = ['incoming', 'outgoing', 'activity', 'template'];
	const { results } = await searchAtOnce(this, filter, async (account) => await account.get(path`/conversations/${conversation}/messages`), (message) =>
		item(message, String(message.content ?? '(no text)').slice(0, 60), kinds[Number(message.message_type)]));
	return { results: results.reverse() };
}

/** The notes of the contact that is picked in the node. */
export async function searchNotes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const contact = pickedId(this, 'contactId');
	if (contact === undefined) return { results: [] };
	return await searchAtOnce(this, filter, async (account) => await account.get(path`/contacts/${contact}/notes`), (note) => item(note, String(note.content ?? '').slice(0, 80)));
}

export async function searchAgents(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/agents'), (agent) => item(agent, agent.name, agent.email));
}

export async function searchTeams(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/teams'), (team) => item(team, team.name));
}

export async function searchAgentBots(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/agent_bots'), (bot) => item(bot, bot.name));
}

export async function searchCampaigns(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/campaigns'), (campaign) => item(campaign, campaign.title, campaign.campaign_status));
}

export async function searchLabels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchAtOnce(this, filter, async (account) => await account.get('/labels'), (label) => item(label, label.title));
}

/** The templates that can be sent, of the inboxes that the node means at the moment; each once. */
export async function searchTemplates(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const found = new Map<string, string>();
	for (const inbox of await inboxesWithTemplates(this, account)) {
		for (const template of await templatesOf(account, inbox)) {
			if (unsendable(template, chatwootRules) === undefined) found.set(templateKey(template), [template.name, template.language, template.category].filter(Boolean).join(' · '));
		}
	}
	return { results: filtered([...found].map(([value, name]) => ({ name, value })), filter) };
}

/** API inboxes by the identifier of their public address. */
export async function searchApiInboxes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const inboxes = rowsIn(await account.get('/inboxes')).filter((inbox) => typeof inbox.inbox_identifier === 'string');
	return { results: filtered(inboxes.map((inbox) => ({ name: String(inbox.name), value: String(inbox.inbox_identifier) })), filter) };
}

/** Portals of the help center by their slug, which stands in every address. */
export async function searchPortals(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = await accountOf(this);
	const portals = rowsIn(await account.get('/portals'));
	return { results: filtered(portals.map(({ slug, name }) => ({ name: `${String(name)} · ${String(slug)}`, value: String(slug) })), filter) };
}

/** The categories of the portal that is picked in the node. */
export async function searchCategories(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const portal = pickedId(this, 'portalSlug');
	if (portal === undefined) return { results: [] };
	return await searchAtOnce(this, filter, async (account) => await account.get(path`/portals/${portal}/categories`), (category) => item(category, category.name, category.locale));
}

/** Articles of the portal that is picked in the node, last change first; with a text, those that hold it. */
export async function searchArticles(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const portal = pickedId(this, 'portalSlug');
	if (portal === undefined) return { results: [] };
	const page = Number(paginationToken ?? 1);
	const account = await accountOf(this);
	const rows = rowsIn(await account.get(path`/portals/${portal}/articles`, { query: filter?.trim(), page }));
	return { results: rows.map((article) => item(article, article.title, article.status)), paginationToken: rows.length < 25 ? undefined : String(page + 1) };
}

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
