import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { filtered, pickedId } from '../../shared/methods/listSearch';
import { path } from '../../shared/http/httpClient';
import { isSendable } from '../descriptions/template';
import type { Generation } from '../transport/client';
import { KinboxClient } from '../transport/client';
import { simplifySession } from '../actions/conversation/conversation';
import { table } from '../../shared/values/table';
import { recordsOf } from '../../shared/values/read';

const pageSize = 100;

/** A page of a list as the editor wants it; the token is the offset (v3) or the cursor (v1). */
async function searchPaged(
	context: ILoadOptionsFunctions,
	list: string,
	query: (kinbox: KinboxClient) => IDataObject,
	toItem: (row: IDataObject) => INodeListSearchItems,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const kinbox = await KinboxClient.connect(context);
	const position = kinbox.generation === 'v3' ? { offset: Number(paginationToken ?? 0) } : { cursor: paginationToken };
	const answer = await kinbox.get<IDataObject>(list, { ...(query(kinbox) as Record<string, string>), limit: pageSize, ...position });
	const rows = (Array.isArray(answer.data) ? answer.data : []) as IDataObject[];
	const next = kinbox.generation === 'v3'
		? (rows.length === pageSize ? String(Number(paginationToken ?? 0) + pageSize) : undefined)
		: (typeof answer.nextCursor === 'string' ? answer.nextCursor : undefined);
	return { results: rows.map(toItem), paginationToken: next };
}

const contactItem = (contact: IDataObject): INodeListSearchItems => ({
	name: [contact.name, contact.phone ?? contact.email].filter(Boolean).join(' · ') || String(contact.id),
	value: String(contact.id),
});

/** Contacts; v3 searches itself, v1 finds an exact phone or e-mail only. */
export async function searchContacts(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const text = filter?.trim() ?? '';
	const digits = text.replace(/\D/g, '');
	return await searchPaged(this, '/contacts', (kinbox) => {
		if (!text) return {};
		if (kinbox.generation === 'v3') return { search: text };
		return text.includes('@') ? { email: text } : { phone: digits || text };
	}, contactItem, paginationToken);
}

/** Campaigns, newest first as Kinbox gives them. */
export async function searchCampaigns(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const { results, paginationToken: next } = await searchPaged(
		this,
		'/campaigns',
		(kinbox) => (kinbox.generation === 'v3' && filter ? { name: filter } : {}),
		(campaign) => ({ name: [campaign.name, campaign.status].filter(Boolean).join(' · '), value: String(campaign.id) }),
		paginationToken,
	);
	return { results: filtered(results, filter), paginationToken: next };
}

const channelKinds: Record<string, string> = table({
	1: 'WhatsApp', 2: 'Telegram', 3: 'Facebook', 4: 'Widget', 5: 'E-mail', 6: 'Custom', 7: 'Instagram', 8: 'Mercado Livre', 9: 'SMS',
});

/** Channels; only the v1 generation lists them. */
export async function searchChannels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const kinbox = await KinboxClient.connect(this);
	kinbox.needs('v1', 'The list of channels');
	const [resource, operation, content] = ['resource', 'operation', 'content'].map((name) => this.getCurrentNodeParameter(name));
	// Templates are WhatsApp's.
	const sendsTemplates = (resource === 'campaign' && operation === 'send') || (resource === 'message' && content === 'template');
	const channels = (await kinbox.listAtOnce('/channels')).filter(({ platformId }) => !sendsTemplates || channelKinds[String(platformId)] === 'WhatsApp');
	return {
		results: filtered(
			channels.map((channel) => ({
				name: [channel.description ?? `Channel ${String(channel.id)}`, channelKinds[String(channel.platformId)], channel.phone].filter(Boolean).join(' · '),
				value: String(channel.id),
			})),
			filter,
		),
	};
}

/** Business hours; only the v3 generation lists them. */
export async function searchBusinessHours(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const kinbox = await KinboxClient.connect(this);
	kinbox.needs('v3', 'The list of business hours');
	const hours = await kinbox.listAtOnce('/business-hours');
	return { results: filtered(hours.map(({ name, id }) => ({ name: String(name ?? id), value: String(id) })), filter) };
}

/** Approved templates of the channel that is picked in the node, of the kinds that can be sent. */
export async function searchTemplates(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const channel = pickedId(this, 'channelId');
	if (!channel) throw new NodeOperationError(this.getNode(), 'Pick a channel first', { description: 'Templates belong to a channel.' });
	const kinbox = await KinboxClient.connect(this);
	kinbox.needs('v1', 'The list of templates');
	const templates = await kinbox.listAtOnce(path`/channels/${channel}/templates`);
	return {
		results: filtered(templates.filter(isSendable).map(({ id, name, language, category }) => ({ name: [name, language, category].filter(Boolean).join(' · '), value: String(id) })), filter),
	};
}

type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

/** Searches a list that comes at once (`pages: false`), or page by page; what Kinbox does not search is filtered here. */
function searchOf(list: string, label: (row: IDataObject) => unknown[], { pages, only }: { pages: boolean; only?: { generation: Generation; feature: string } }): Search {
	const toItem = (row: IDataObject): INodeListSearchItems => ({ name: label(row).filter(Boolean).join(' · ') || String(row.id), value: String(row.id) });
	return async function (filter, paginationToken) {
		if (pages && !only) return await searchAnyPaged(this, list, toItem, filter, paginationToken);
		const kinbox = await KinboxClient.connect(this);
		if (only) kinbox.needs(only.generation, only.feature);
		const rows = pages ? (await kinbox.list(list, {}, { limit: 500 })).rows : await kinbox.listAtOnce(list);
		return { results: filtered(rows.map(toItem), filter) };
	};
}

async function searchAnyPaged(context: ILoadOptionsFunctions, list: string, toItem: (row: IDataObject) => INodeListSearchItems, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const { results, paginationToken: next } = await searchPaged(context, list, () => ({}), toItem, paginationToken);
	return { results: filtered(results, filter), paginationToken: next };
}

export const searchDeals = searchOf('/deals', ({ name, status }) => [name, status], { pages: true });
export const searchGroups = searchOf('/groups', ({ name }) => [name], { pages: false });
export const searchOperators = searchOf('/operators', ({ name }) => [name], { pages: true, only: { generation: 'v3', feature: 'The list of operators' } });
export const searchPipelines = searchOf('/pipelines', ({ name }) => [name], { pages: false });
export const searchTags = searchOf('/tags', ({ name }) => [name], { pages: false });

/** Products: v1 pages them, v3 does not. */
export async function searchProducts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const kinbox = await KinboxClient.connect(this);
	const products = kinbox.generation === 'v1' ? (await kinbox.list('/products', {}, { limit: 500 })).rows : await kinbox.listAtOnce('/products');
	return { results: filtered(products.map(({ id, name, externalId }) => ({ name: [name, externalId].filter(Boolean).join(' · '), value: String(id) })), filter) };
}

/** Conversations, the one changed last first. */
export async function searchSessions(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const { generation } = await KinboxClient.connect(this);
	return await searchAnyPaged(this, generation === 'v3' ? '/reports/sessions' : '/sessions', (session) => {
		const { sessionNumber, contactName, contactPhone } = simplifySession(session);
		return { name: [contactName ?? contactPhone, sessionNumber].filter(Boolean).join(' · '), value: String(session.id) };
	}, filter, paginationToken);
}

/** Contacts on channels, whose conversations have one ID in all their sessions; the one changed last first. */
export async function searchConversations(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const { generation } = await KinboxClient.connect(this);
	const page = await searchAnyPaged(this, generation === 'v3' ? '/reports/sessions' : '/sessions', (session) => {
		const { contactName, contactPhone, conversationId } = simplifySession(session);
		return { name: [contactName ?? contactPhone, conversationId].filter(Boolean).join(' · '), value: String(conversationId) };
	}, filter, paginationToken);
	return { ...page, results: page.results.filter(({ value }, index) => page.results.findIndex((one) => one.value === value) === index) };
}

/** Stages of the pipeline that is picked in the node, else of all. */
export async function searchStages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const kinbox = await KinboxClient.connect(this);
	const picked = pickedId(this, 'pipelineId');
	const pipelines = (await kinbox.listAtOnce('/pipelines')).filter(({ id }) => picked === undefined || String(id) === picked);
	return {
		results: filtered(pipelines.flatMap((pipeline) => recordsOf(pipeline.stages).map(({ id, name }) => ({
			name: picked === undefined ? `${String(pipeline.name)} · ${String(name)}` : String(name),
			value: String(id),
		}))), filter),
	};
}

const onlyV3 = (feature: string) => ({ generation: 'v3' as const, feature: `The list of ${feature}` });

export const searchDashboards = searchOf('/dashboards', ({ name }) => [name], { pages: false, only: onlyV3('dashboards') });
export const searchQuickPhrases = searchOf('/quick-phrases', ({ tag, phrase }) => [tag, String(phrase ?? '').slice(0, 60)], { pages: false });
export const searchScenarios = searchOf('/workflows', ({ name, active }) => [name, active === false ? 'off' : undefined], { pages: false, only: onlyV3('scenarios') });
export const searchWebhooks = searchOf('/webhooks', ({ url, events }) => [url, Array.isArray(events) ? events.join(', ') : undefined], { pages: false, only: onlyV3('webhooks') });

/** Open tasks. */
export async function searchTasks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const kinbox = await KinboxClient.connect(this);
	kinbox.needs('v3', 'The list of tasks');
	const { rows } = await kinbox.list('/tasks', { status: 'open' }, { limit: 500 });
	return { results: filtered(rows.map(({ id, name, type }) => ({ name: [name, type].filter(Boolean).join(' · '), value: String(id) })), filter) };
}

/** Snapshots of the dashboard that is picked in the node. */
export async function searchSnapshots(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const dashboard = pickedId(this, 'dashboardId');
	if (!dashboard) throw new NodeOperationError(this.getNode(), 'Pick a dashboard first', { description: 'Snapshots belong to a dashboard.' });
	const kinbox = await KinboxClient.connect(this);
	kinbox.needs('v3', 'The list of snapshots');
	const { rows } = await kinbox.list(path`/dashboards/${dashboard}/snapshots`, {}, { limit: 500 });
	return { results: filtered(rows.map(({ id, name, createdAt }) => ({ name: [name, createdAt].filter(Boolean).join(' · '), value: String(id) })), filter) };
}
