import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { optOutField } from '../shared/message/optOut';
import { privateFilesField } from '../shared/message/receiveFiles';
import { gatherField } from '../shared/trigger/gather';
import { accountLocator } from './descriptions/locators';
import { credentialTest, listSearch, loadOptions } from './methods';
import { eventOptions } from './trigger/events';
import { receive } from './trigger/receive';
import { isRegistered, register, unregister } from './trigger/registration';

export class ChatwootTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatwoot Trigger',
		name: 'chatwootTrigger',
		icon: { light: 'file:chatwoot.svg', dark: 'file:chatwoot.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Contacts, conversations, messages and campaigns of Chatwoot: start when something happens',
		defaults: { name: 'Chatwoot Trigger' },
		inputs: [],
		outputs: `={{ $parameter["separateOutputs"] ? $parameter["events"].map((event) => ({ type: "${NodeConnectionTypes.Main}", displayName: event })) : ["${NodeConnectionTypes.Main}"] }}`,
		builderHint: { searchHint: "Registers its webhook in Chatwoot by itself with an administrator's token; there is no verify token to enter." },
		credentials: [{ name: 'chatwootAccessTokenApi', required: true, testedBy: 'chatwootApiTest' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				options: eventOptions,
				default: ['message_created'],
				required: true,
				description: 'What starts the workflow',
			},
			accountLocator,
			{
				displayName: 'Registration',
				name: 'registration',
				type: 'options',
				options: [
					{ name: 'Automatic', value: 'automatic', description: 'This node sets and removes the webhook of the account; needs the token of an administrator' },
					{ name: 'By Hand', value: 'manual', description: 'An administrator enters the address in Chatwoot; this node changes nothing there' },
				],
				default: 'automatic',
				description: 'Who tells Chatwoot where to send events',
			},
			{
				displayName: 'Copy the production URL above into Chatwoot under Settings > Integrations > Webhooks, choose the events there too, and copy the secret that Chatwoot shows into the credential, under Webhook Signing Secret.',
				name: 'byHand',
				type: 'notice',
				default: '',
				displayOptions: { show: { registration: ['manual'] } },
			},
			{
				displayName: "Status changes come with Chatwoot's event 'Conversation Updated'. Choose that one in Chatwoot, too.",
				name: 'statusByHand',
				type: 'notice',
				default: '',
				displayOptions: { show: { registration: ['manual'], events: ['conversation_opened', 'conversation_resolved', 'conversation_status_changed'] } },
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add Filter',
				default: {},
				description: 'Which events start the workflow; all filters have to fit',
				options: [
					{
						displayName: 'Automatic Mails',
						name: 'automaticMails',
						type: 'boolean',
						default: true,
						description: 'Whether absence notes, bounces and mails that nobody may answer start the workflow, too; without this filter, they do not. Two robots that answer each other never end.',
					},
					{
						displayName: 'Bookkeeping Changes',
						name: 'bookkeeping',
						type: 'boolean',
						default: true,
						description: "Whether Contact Updated and Conversation Updated also start when only Chatwoot's own marks have changed, such as the last activity, as with each message; without this filter, they do not",
					},
					{
						displayName: 'Deleted Messages',
						name: 'deletedMessages',
						type: 'boolean',
						default: true,
						description: 'Whether messages that were deleted before Chatwoot sent them here count as messages, too, without their text; without this filter, they do not',
					},
					{
						displayName: 'Groups',
						name: 'groups',
						type: 'boolean',
						default: true,
						description: 'Whether messages of WhatsApp groups, channels and status lists, as bridges bring them in, start the workflow, too; without this filter, they do not',
					},
					{
						displayName: 'Ignore Own Messages',
						name: 'ignoreOwn',
						type: 'boolean',
						default: true,
						description: "Whether to ignore messages of the token's owner: what workflows with this credential send, and what this person writes in Chatwoot",
					},
					{
						displayName: 'Inbox Names or IDs',
						name: 'inboxes',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'inboxIds' },
						default: [],
						description: 'Only events of these inboxes. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Messages',
						name: 'direction',
						type: 'options',
						options: [
							{ name: 'Received', value: 'incoming', description: 'From the contact' },
							{ name: 'Received and Sent', value: 'all', description: 'A workflow that answers would start itself again' },
							{ name: 'Sent', value: 'outgoing', description: 'By the team, a bot or the API' },
						],
						default: 'incoming',
						description: 'Which messages count for Message Created; without this filter, received ones',
					},
					{
						displayName: 'Messages of This Workflow',
						name: 'ownWorkflow',
						type: 'boolean',
						default: true,
						description: 'Whether what the Chatwoot nodes of this workflow have sent starts it, too, and what becomes of it: delivered, read, failed; without this filter, it does not. Messages carry a mark for this, which Chatwoot 4 and newer keep. What macros and other workflows send starts it.',
					},
					{
						displayName: 'Private Notes',
						name: 'privateNotes',
						type: 'boolean',
						default: true,
						description: 'Whether private notes of the team count as messages, too; without this filter, they do not',
					},
					{
						displayName: 'Reactions',
						name: 'reactions',
						type: 'boolean',
						default: true,
						description: 'Whether reactions such as ❤️, as bridges bring them in, count as messages, too; without this filter, they do not',
					},
					{
						displayName: 'Sender Types',
						name: 'senders',
						type: 'multiOptions',
						options: [
							{ name: 'Agent', value: 'user', description: "Somebody of the team, also on the shop's own phone" },
							{ name: 'Bot', value: 'agent_bot', description: 'A bot, an assistant, a rule, a campaign or a survey' },
							{ name: 'Contact', value: 'contact' },
						],
						default: [],
						description: 'Only messages that were written by one of these',
					},
				],
			},
			{
				displayName: 'Accept Unsigned Events',
				name: 'acceptUnsigned',
				type: 'boolean',
				default: false,
				description: 'Whether to trust events without a signature, for Chatwoot before 4.12, which does not sign. Anybody who knows the address can then start the workflow.',
			},
			{
				displayName: 'Events without a signature are trusted: anybody who knows the address can start this workflow, with any content.',
				name: 'unsignedNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { acceptUnsigned: [true] } },
			},
			{ ...optOutField, displayOptions: { show: { events: ['first_message', 'message_created'] } } },
			{
				displayName: 'Download Attachments',
				name: 'download',
				type: 'boolean',
				default: false,
				displayOptions: { show: { events: ['first_message', 'message_created', 'message_updated'] } },
				description: 'Whether to load the files of a message into the item, as binary data in attachment_0, attachment_1 and so on; up to 64 MB each and 128 MB together',
			},
			{ ...privateFilesField, displayOptions: { show: { download: [true] } } },
			{ ...gatherField, displayOptions: { show: { events: ['first_message', 'message_created'] } } },
			{
				displayName: 'Separate Outputs',
				name: 'separateOutputs',
				type: 'boolean',
				default: false,
				description: 'Whether the node has one output for each event',
			},
			{
				displayName: 'Simplify',
				name: 'simple',
				type: 'boolean',
				default: true,
				description: 'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	};

	methods = { credentialTest, listSearch, loadOptions };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
