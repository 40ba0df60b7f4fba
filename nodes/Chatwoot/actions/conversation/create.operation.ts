import type { IDataObject } from 'n8n-workflow';

import { madeOnce } from '../../../shared/http/lostAnswer';
import { path } from '../../../shared/http/httpClient';
import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { textFormatFields } from '../../../shared/message/textFormat';
import type { Item } from '../../../shared/operation/item';
import { filledIn, recordsOf, withoutUndefined } from '../../../shared/values/read';
import { optionalAgent, optionalTeam } from '../../descriptions/agents';
import { readAttributes } from '../../descriptions/customAttributes';
import { contactLocator, inboxLocator, locatorAs, templateLocator } from '../../descriptions/locators';
import { placeholdersInValues, templateVariables, templateVariablesJson } from '../../descriptions/template';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { accountOperation } from '../../helpers/accountOperation';
import { fittingAttributes } from '../../helpers/attributes';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels, findLabels } from '../../helpers/labels';
import type { AccountClient } from '../../transport/client';
import { optionalId, readId } from '../../helpers/read';
import { keysOf } from '../contact/contact.people';
import type { ContactKeys } from './conversation.links';
import { ContactLinks } from './conversation.links';
import { createdConversationOutput } from './conversation';
import { attributesMapper } from './conversation.attributes';
import { applyWanted, conversationsOf, inboxInList, mayListInboxes } from './conversation.calls';
import type { FirstMessage } from './conversation.firstMessage';
import { checkFirstMessage, followFirstMessage, readFirstMessage, sendFirstMessage } from './conversation.firstMessage';

interface Input {
	body: IDataObject;
	first?: FirstMessage;
	newLink: boolean;
	useOpen: boolean;
	keys: ContactKeys;
	labels: NamedLabels;
}

/**
 * `createConversation`: `POST /conversations`. Without a source ID the server makes a new link between
 * contact and inbox each time, and an inbox that is locked to a single conversation gets a second one;
 * so the contact's link is looked up first.
 */
export const create = accountOperation<Input, ContactLinks>({
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
			description: 'The first message; left empty, none is sent. WhatsApp inboxes take a template here, unless the contact has just written in this conversation.',
		},
		...textFormatFields,
		locatorAs(templateLocator, { description: 'The approved template to begin with, for WhatsApp inboxes; it stands in place of the message', optional: true }),
		templateVariables,
		attributesMapper,
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
				labelsField,
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
				placeholdersInValues,
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
				templateVariablesJson,
				{
					displayName: 'Use the Open Conversation, If There Is One',
					name: 'useOpen',
					type: 'boolean',
					default: false,
					description: 'Whether to take the conversation that the contact has in the inbox already, unless it is resolved. The message is then not sent, so that a row that comes twice is not greeted twice.',
				},
				deliveryField,
				whenLabelMissing,
			],
		},
	],
	output: createdConversationOutput,
	read(item) {
		const extra = item.collection('additionalFields');
		const status = extra.choice('status', ['open', 'pending', 'resolved', 'snoozed'] as const);
		const snoozedUntil = extra.date('snoozedUntil');
		if (snoozedUntil !== undefined && status !== 'snoozed') throw extra.refuse('snoozedUntil', "is given, but 'Status' is not Snoozed", "Set 'Status' to Snoozed, or take the date away.");
		return {
			first: readFirstMessage(item, extra, readDelivery(extra)),
			newLink: extra.boolean('newLink') ?? false,
			useOpen: extra.boolean('useOpen') ?? false,
			keys: keysOfItem(item),
			labels: readLabels(extra),
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
			}),
		};
	},
	// One after the other for each contact: the second item finds the link that the first one made.
	orderingKey: ({ body }) => String(body.contact_id),
	begin: async (account, items) => await Promise.resolve(new ContactLinks(account, items.map(({ index, input: { body, keys } }) => ({ index, id: String(body.contact_id), keys })))),
	async run({ body: fields, first, newLink, useOpen, labels }, account, { item, itemIndex, state: links }) {
		const attributes = await fittingAttributes(account, 'conversation_attribute', fields.custom_attributes as IDataObject | undefined, item, item.collection('additionalFields'));
		const body = attributes === undefined ? fields : { ...fields, custom_attributes: attributes };
		// An unknown label is refused before there is a conversation.
		const named = labels.names.length ? await findLabels(account, labels) : undefined;
		const labelled = async (conversation: IDataObject) => (named ? await withLabels(account, conversation, { ...labels, names: named.titles }, named.leftOut) : conversation);
		const inbox = await inboxInList(account, body.inbox_id);
		const locked = inbox?.lock_to_single_conversation === true;
		const before = useOpen || locked ? await conversationsOf(account, body.contact_id, body.inbox_id) : [];
		const open = useOpen ? before?.find(({ status }) => status !== 'resolved') : undefined;
		if (open) return { ...(await labelled(await applyWanted(account, open, body, false))), created: false };
		const message = first && (await checkFirstMessage(account, item, first, { inboxId: String(body.inbox_id), channel: inbox?.channel_type, goesOn: locked ? before?.[0] : undefined }));
		const link = newLink || body.source_id !== undefined ? undefined : await links.sourceId(itemIndex, String(body.contact_id), body.inbox_id);
		// Chatwoot makes the conversation and then stumbles over showing a bot its team; it is given afterwards.
		const { team_id: team, ...withoutTeam } = body;
		const whole = {
			...(team !== undefined && !(await mayListInboxes(account)) ? withoutTeam : body),
			...(message === undefined ? {} : { message }),
			...(link === undefined ? {} : { source_id: link }),
		};
		const conversation = await madeOnce(account.http, async () => await account.post('/conversations', whole), {
			what: 'conversation',
			key: `conversation ${account.id} ${JSON.stringify(whole)}`,
			find: async () => (await conversationsOf(account, body.contact_id, body.inbox_id)) ?? [],
			isIt: (one) => one.inbox_id === body.inbox_id,
			madeAt: (one) => Number(one.created_at) * 1000,
		});
		links.changed(String(body.contact_id));
		// An inbox that keeps to a single conversation answers with the one that is there.
		const created = before === undefined ? null : !before.some(({ id }) => id === conversation.id);
		const sent = first && (message ? await followFirstMessage(account, conversation, first) : await sendFirstMessage(account, item, conversation, first));
		return { ...(await labelled(await applyWanted(account, conversation, body, created !== false))), created, ...(sent ? { firstMessage: sent } : {}) };
	},
});

/** Adds labels to a conversation. It is there already, so what cannot be done is told and fails nothing. */
async function withLabels(account: AccountClient, conversation: IDataObject, labels: NamedLabels, leftOut: string[]): Promise<IDataObject> {
	const id = String(conversation.id);
	const before = recordsOf(conversation.notApplied);
	const done: IDataObject = labels.names.length === 0 ? {} : await changeLabels(account, { path: path`/conversations/${id}/labels`, record: `conversation ${id}` }, 'add', labels)
		.catch((error: unknown) => ({ notApplied: [{ field: 'Labels', asked: labels.names, got: null, reason: error instanceof Error ? error.message : String(error) }] }));
	const all = [...before, ...leftOut.map((name) => ({ field: 'Labels', asked: name, got: null })), ...((done.notApplied as IDataObject[] | undefined) ?? [])];
	return { ...conversation, ...(done.labels === undefined ? {} : { labels: done.labels }), ...(all.length ? { notApplied: all } : {}) };
}

/** What the contact that an item brings is known by, and its ID: with these the links of many are read at once. */
function keysOfItem({ json }: Item): ContactKeys {
	const contact = 'phone_number' in json || json.platform !== 'chatwoot' ? json : { ...json, phone_number: json.phone, identifier: json.externalId };
	return { id: String(json.id ?? ''), keys: keysOf(contact) };
}
