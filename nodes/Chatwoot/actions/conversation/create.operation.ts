import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { optionalAgent, optionalTeam } from '../../descriptions/agents';
import { readAttributes } from '../../descriptions/customAttributes';
import { contactLocator, inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { optionalId, readId } from '../../helpers/read';
import { withMark } from '../../helpers/workflowMark';
import type { AccountClient } from '../../transport/client';
import { contactIn } from '../contact/contact.calls';
import { conversationOutput } from './conversation';

interface Input {
	body: IDataObject;
	newLink: boolean;
}

/**
 * `createConversation`: `POST /conversations`. Without a source ID the server makes a new link between
 * contact and inbox each time, and an inbox that is locked to a single conversation gets a second one;
 * so the contact's link is looked up first.
 */
export const create = accountOperation<Input>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create conversation',
		description: 'Start a conversation with a contact, with a first message if you like',
	},
	properties: [
		locatorAs(contactLocator, { description: 'The contact to talk to' }),
		locatorAs(inboxLocator, { description: 'The inbox to talk through' }),
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Hello! Your order is on its way.',
			description: 'The first message; it may have Markdown. Left empty, none is sent.',
		},
		{
			displayName: 'Custom Attributes',
			name: 'customAttributes',
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			description: "The account's own conversation fields. Only those with a value are sent.",
			typeOptions: {
				loadOptionsDependsOn: ['account.value'],
				resourceMapper: {
					resourceMapperMethod: 'conversationCustomAttributes',
					mode: 'add',
					valuesLabel: 'Custom Attributes',
					fieldWords: { singular: 'custom attribute', plural: 'custom attributes' },
					addAllFields: true,
					supportAutoMap: false,
					noFieldsError: 'This Chatwoot account has no custom attributes for conversations.',
				},
			},
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the conversation',
			options: [
				{
					displayName: 'Additional Attributes (JSON)',
					name: 'additionalAttributesJson',
					type: 'json',
					default: '{}',
					description: 'Further keys that Chatwoot keeps with the conversation, such as {"referer": "https://example.com"}',
				},
				optionalAgent,
				{
					displayName: 'Custom Attributes (JSON)',
					name: 'customAttributesJson',
					type: 'json',
					default: '{}',
					description: 'For custom attributes that come from earlier nodes: an object of key and value, such as {"order": "A-5531"}',
				},
				{
					displayName: 'Mail Subject',
					name: 'mailSubject',
					type: 'string',
					default: '',
					placeholder: 'e.g. Your order A-5531',
					description: 'The subject, for e-mail inboxes',
				},
				{
					displayName: 'New Link',
					name: 'newLink',
					type: 'boolean',
					default: false,
					description: 'Whether to make a new link between contact and inbox, so that a new conversation starts even where the inbox keeps to a single one',
				},
				{
					displayName: 'Snooze Until',
					name: 'snoozedUntil',
					type: 'dateTime',
					default: '',
					description: "When a conversation with the status 'Snoozed' opens again",
				},
				{
					displayName: 'Source ID',
					name: 'sourceId',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-1042',
					description: "The contact's address in the inbox, when it has several; left empty, the one that it has is used",
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Open', value: 'open' },
						{ name: 'Pending', value: 'pending' },
						{ name: 'Resolved', value: 'resolved' },
						{ name: 'Snoozed', value: 'snoozed' },
					],
					default: 'open',
					description: 'The state to begin with. Where a bot answers first, Chatwoot makes it Pending; for a blocked contact, Resolved.',
				},
				optionalTeam,
			],
		},
	],
	output: conversationOutput,
	read(item) {
		const extra = item.collection('additionalFields');
		const status = extra.choice('status', ['open', 'pending', 'resolved', 'snoozed'] as const);
		const snoozedUntil = extra.date('snoozedUntil');
		if (snoozedUntil !== undefined && status !== 'snoozed') throw extra.refuse('snoozedUntil', "is given, but 'Status' is not Snoozed", "Set 'Status' to Snoozed, or take the date away.");
		const message = item.text('message');
		return {
			newLink: extra.boolean('newLink') ?? false,
			body: withoutUndefined({
				inbox_id: Number(readId(item, 'inboxId')),
				contact_id: Number(readId(item, 'contactId')),
				source_id: extra.text('sourceId'),
				status,
				assignee_id: optionalId(extra, 'assigneeId'),
				team_id: optionalId(extra, 'teamId'),
				snoozed_until: snoozedUntil,
				additional_attributes: filledIn({ ...extra.object('additionalAttributesJson'), ...withoutUndefined({ mail_subject: extra.text('mailSubject') }) }),
				custom_attributes: readAttributes(item, 'customAttributes', extra, 'customAttributesJson'),
				message: message === undefined ? undefined : { content: message },
			}),
		};
	},
	// One after the other for each contact: the second item finds the link that the first one made.
	orderingKey: ({ body }) => String(body.contact_id),
	async run({ body, newLink }, account, { item }) {
		const message = body.message === undefined ? {} : { message: withMark(body.message as IDataObject, item.context) };
		const link = newLink || body.source_id !== undefined ? undefined : await linkOf(account, body.contact_id, body.inbox_id);
		return await account.post('/conversations', { ...body, ...message, ...(link === undefined ? {} : { source_id: link }) });
	},
});

/** The contact's address in an inbox, when it has one. */
async function linkOf(account: AccountClient, contactId: unknown, inboxId: unknown): Promise<string | undefined> {
	const contact = contactIn(await account.get(path`/contacts/${String(contactId)}`));
	const links = Array.isArray(contact.contact_inboxes) ? (contact.contact_inboxes as IDataObject[]) : [];
	const link = links.filter(({ inbox }) => (inbox as IDataObject | undefined)?.id === inboxId).pop();
	return typeof link?.source_id === 'string' ? link.source_id : undefined;
}
