import type { INodeProperties } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { inboxLocator, locatorAs, teamLocator } from '../../descriptions/locators';
import { optionalId } from '../../helpers/read';
import { readLabels } from '../../descriptions/labels';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';
import type { AccountClient } from '../../transport/client';

const statuses = ['all', 'open', 'pending', 'resolved', 'snoozed'] as const;
const assigneeTypes = ['all', 'assigned', 'me', 'unassigned'] as const;
const conversationTypes = ['mention', 'participating', 'unattended'] as const;

/** The state of the conversations to list or count. */
export const statusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Any', value: 'all' },
		{ name: 'Open', value: 'open' },
		{ name: 'Pending', value: 'pending' },
		{ name: 'Resolved', value: 'resolved' },
		{ name: 'Snoozed', value: 'snoozed' },
	],
	default: 'open',
	description: "Only conversations in this state. Chatwoot does not look at it when 'Message Text' is given.",
};

/** What the list and the counts can be narrowed by (`listConversations`, `getConversationCounts`). */
export const conversationFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: "Which conversations to look at; for conditions on fields, use the operation 'Filter'",
	options: [
		{
			displayName: 'Assigned To',
			name: 'assigneeType',
			type: 'options',
			options: [
				{ name: 'Anybody', value: 'assigned' },
				{ name: 'Anybody or Nobody', value: 'all' },
				{ name: 'Nobody', value: 'unassigned' },
				{ name: 'Owner of the Token', value: 'me' },
			],
			default: 'all',
			description: 'Only conversations in these hands',
		},
		locatorAs(inboxLocator, { description: 'Only conversations of this inbox', optional: true }),
		{
			displayName: 'Kind',
			name: 'conversationType',
			type: 'options',
			options: [
				{ name: 'Owner of the Token Is Mentioned', value: 'mention' },
				{ name: 'Owner of the Token Participates', value: 'participating' },
				{ name: 'Waits for a First or Next Answer', value: 'unattended' },
			],
			default: 'unattended',
			description: 'Only conversations of this kind',
		},
		{
			displayName: 'Label Names or IDs',
			name: 'labels',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'labelTitles' },
			default: [],
			description: 'Only conversations with any of these labels. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Message Text',
			name: 'q',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice',
			description: 'Only conversations with this text in a message',
		},
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer-1042',
			description: 'Only conversations of the contact with this address in its inbox',
		},
		locatorAs(teamLocator, { description: 'Only conversations of this team', optional: true }),
	],
};

/** What a list of conversations is narrowed by; labels are still to be looked up, see {@link labelled}. */
export interface ConversationQuery {
	query: Record<string, QueryValue>;
	labels: NamedLabels;
}

/** The query with the titles of its labels. */
export async function labelled(account: AccountClient, { query, labels }: ConversationQuery): Promise<Record<string, QueryValue>> {
	const { titles } = await findLabels(account, labels);
	return titles.length ? { ...query, labels: titles } : query;
}

/** Reads status and filters into the query. */
export function readConversationQuery(item: Item): ConversationQuery {
	const { query, labels } = readConversationFilters(item);
	return { query: { status: item.choice('status', statuses) ?? 'open', ...query }, labels };
}

/** As {@link readConversationQuery}, for a list that the status does not narrow. */
export function readConversationFilters(item: Item): ConversationQuery {
	const filters = item.collection('filters');
	const query = {
		assignee_type: filters.choice('assigneeType', assigneeTypes),
		inbox_id: optionalId(filters, 'inboxId'),
		team_id: optionalId(filters, 'teamId'),
		q: filters.text('q'),
		conversation_type: filters.choice('conversationType', conversationTypes),
		source_id: filters.text('sourceId'),
	};
	return { query, labels: readLabels(filters) };
}
