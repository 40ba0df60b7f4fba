import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filtered } from '../../shared/methods/listSearch';
import { e164OrNull } from '../../shared/phone/compare';
import { digitsOnly } from '../../shared/phone/phone';
import { channelTypeName, isRemoved } from '../actions/channel/channel';
import { isApproved } from '../helpers/templates';
import { CallbellClient, lastPage } from '../transport/client';
import { recordsOf } from '../../shared/values/read';

/** Pages of contacts looked through for one list in the editor; a page has about 20. */
const pagesAtOnce = 10;

const contactItem = (contact: IDataObject): INodeListSearchItems => ({
	name: [contact.name, e164OrNull(contact.phoneNumber) ?? channelTypeName(contact.source)].filter(Boolean).join(' · ') || String(contact.uuid),
	value: String(contact.uuid),
	...(typeof contact.href === 'string' ? { url: contact.href } : {}),
});

/** Contacts, most recent activity first; Callbell has no search, so pages are filtered here, and a phone is looked up. */
export async function searchContacts(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const first = Number(paginationToken ?? 1);
	const isPhone = first === 1 && /^[\d\s()+.-]{8,}$/.test(filter ?? '');
	const byPhone = isPhone ? await callbell.contactByPhone(`+${digitsOnly(filter)}`) : undefined;
	const answers = [await callbell.get('/contacts', { page: first })];
	const pages = Math.min(Number((answers[0]?.meta as IDataObject | undefined)?.pages ?? first), lastPage);
	const until = filter ? Math.min(pages, first + pagesAtOnce - 1) : first;
	answers.push(...(await Promise.all(Array.from({ length: until - first }, async (_, index) => await callbell.get('/contacts', { page: first + 1 + index })))));
	const contacts = answers.flatMap(({ contacts: rows }) => recordsOf(rows));
	const text = digitsOnly(filter);
	const found = filtered(contacts.map(contactItem), filter);
	// "85 98888" finds +5585988887777, however it is written.
	const byDigits = /^[\d\s()+.-]+$/.test(filter ?? '') && text ? contacts.filter(({ phoneNumber }) => digitsOnly(phoneNumber).includes(text)).map(contactItem) : [];
	const results = new Map([...(byPhone ? [contactItem(byPhone)] : []), ...found, ...byDigits].map((item) => [item.value, item]));
	return { results: [...results.values()], paginationToken: until < pages ? String(until + 1) : undefined };
}

/** Templates are WhatsApp's. */
const sendsTemplates = (context: ILoadOptionsFunctions) => ['campaign:send', 'message:sendTemplate'].includes(`${String(context.getCurrentNodeParameter('resource'))}:${String(context.getCurrentNodeParameter('operation'))}`);

/** Connected channels; removed ones are left out. */
export async function searchChannels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const channels = await callbell.list('/channels', 'channels', { active: true });
	return {
		results: filtered(
			channels.filter((channel) => !isRemoved(channel) && (!sendsTemplates(this) || channel.type === 'whatsapp')).map((channel) => ({
				name: [channel.title ?? channel.uuid, channelTypeName(channel.type), channel.main ? 'main' : ''].filter(Boolean).join(' · '),
				value: String(channel.uuid),
			})),
			filter,
		),
	};
}

/** Teams of the account. */
export async function searchTeams(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const teams = await callbell.list('/teams', 'teams');
	return { results: filtered(teams.map(({ name, uuid }) => ({ name: String(name ?? uuid), value: String(uuid) })), filter) };
}

/** Funnel stages in their order. */
export async function searchFunnels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const { funnels } = await callbell.get('/funnels');
	const stages = recordsOf(funnels).sort((a, b) => Number(a.position ?? 0) - Number(b.position ?? 0));
	return { results: filtered(stages.map(({ name, uuid }) => ({ name: String(name ?? uuid), value: String(uuid) })), filter) };
}

/** Custom statuses of the account. */
export async function searchCustomStatuses(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const callbell = await CallbellClient.connect(this);
	const statuses = await callbell.list('/custom_statuses', 'customStatuses', {}, {}, 'id');
	return { results: filtered(statuses.map(({ name, id }) => ({ name: String(name ?? id), value: String(id) })), filter) };
}

/** Templates that can be sent: approved ones. */
export async function searchTemplates(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const templates = await readTemplates(this);
	return { results: filtered(templates.filter(isApproved).map(templateItem), filter) };
}

/** All templates, with their state where they cannot be sent. */
export async function searchAllTemplates(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return { results: filtered((await readTemplates(this)).map(templateItem), filter) };
}

async function readTemplates(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const callbell = await CallbellClient.connect(context);
	return await callbell.list('/templates', 'templates');
}

const templateItem = (template: IDataObject): INodeListSearchItems => ({
	name: [template.title ?? template.text ?? template.uuid, String(template.category ?? '').toLowerCase(), template.templateType, isApproved(template) ? '' : template.status].filter(Boolean).join(' · '),
	value: String(template.uuid),
});
