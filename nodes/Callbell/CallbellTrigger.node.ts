import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { optOutField } from '../shared/message/optOut';
import { privateFilesField } from '../shared/message/receiveFiles';
import { gatherField } from '../shared/trigger/gather';
import { respondField } from '../shared/trigger/respond';
import { channelTypeOptions } from './actions/channel/channel';
import { credentialTest, loadOptions } from './methods';
import { eventOptions } from './helpers/events';
import { receive } from './trigger/receive';
import { isRegistered, register, unregister } from './trigger/registration';

export class CallbellTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Callbell Trigger',
		name: 'callbellTrigger',
		icon: { light: 'file:callbell.svg', dark: 'file:callbell.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["calledBy"] === "bot" ? "bot" : $parameter["events"].join(", ") }}',
		description: 'Contacts, messages, templates and campaigns of Callbell: start when something happens',
		defaults: { name: 'Callbell Trigger' },
		inputs: [],
		outputs: `={{ $parameter["calledBy"] !== "bot" && $parameter["separateOutputs"] ? $parameter["events"].map((event) => ({ type: "${NodeConnectionTypes.Main}", displayName: event })) : ["${NodeConnectionTypes.Main}"] }}`,
		builderHint: { searchHint: 'An account of Callbell has one webhook: use one trigger with all events for each account. There is no verify token to enter.' },
		credentials: [{ name: 'callbellApi', required: true, testedBy: 'callbellApiTest' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: '={{ $parameter["calledBy"] === "bot" ? $parameter["respond"] : "onReceived" }}', path: 'webhook' },
			// Callbell tries the address now and then; how is not documented.
			{ name: 'setup', httpMethod: 'GET', responseMode: '={{ $parameter["calledBy"] === "bot" ? $parameter["respond"] : "onReceived" }}', path: 'webhook' },
		],
		properties: [
			{
				displayName: 'Called By',
				name: 'calledBy',
				type: 'options',
				options: [
					{ name: 'Step of a Bot', value: 'bot', description: "A bot's step Webhook, which may wait for an answer" },
					{ name: 'Webhook of the Account', value: 'events', description: 'Events: messages, contacts, conversations, colleagues' },
				],
				default: 'events',
				description: 'What calls this workflow',
			},
			{
				displayName: "Copy the production URL above into the bot's step Webhook. Callbell waits ten seconds for the answer, which has to be JSON; the step can put parts of it into variables of the bot. Nothing tells who calls: anybody who knows the address can.",
				name: 'botNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { calledBy: ['bot'] } },
			},
			{ ...respondField, displayOptions: { show: { calledBy: ['bot'] } } },
			{
				displayName: 'A Callbell account has one webhook. Activating this workflow sets it, and ends the one that was there; so use one trigger with all events for each account.',
				name: 'oneWebhook',
				type: 'notice',
				default: '',
				displayOptions: { show: { calledBy: ['events'] } },
			},
			{
				displayName: "Events are checked only while the credential has the Webhook Signing Secret. Without it, anybody who knows the address can start this workflow, with any content.",
				name: 'unsignedNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { calledBy: ['events'] } },
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				displayOptions: { show: { calledBy: ['events'] } },
				options: eventOptions,
				default: ['message_created'],
				required: true,
				description: 'What starts the workflow',
			},
			{
				displayName: 'Registration',
				name: 'registration',
				type: 'options',
				displayOptions: { show: { calledBy: ['events'] } },
				options: [
					{ name: 'Automatic', value: 'automatic', description: 'This node sets and removes the webhook of the account' },
					{ name: 'By Hand', value: 'manual', description: 'You enter the address in Callbell; this node changes nothing there' },
				],
				default: 'automatic',
				description: 'Who tells Callbell where to send events',
			},
			{
				displayName: 'Copy the production URL above into Callbell under Settings > API settings > Webhooks, and choose the events there too.',
				name: 'byHand',
				type: 'notice',
				default: '',
				displayOptions: { show: { calledBy: ['events'], registration: ['manual'] } },
			},
			{
				displayName: 'If Another Webhook Is in Use',
				name: 'ifTaken',
				type: 'options',
				displayOptions: { show: { calledBy: ['events'], registration: ['automatic'] } },
				options: [
					{ name: 'Stop With a Message', value: 'stop', description: 'The workflow is not activated; the other webhook goes on' },
					{ name: 'Take Over', value: 'takeOver', description: 'The other one gets no events any more' },
				],
				default: 'stop',
				description: "What to do when Callbell's log shows that somebody else gets the events",
			},
			{
				displayName: 'Let Tests Take the Webhook',
				name: 'testTakesOver',
				type: 'boolean',
				displayOptions: { show: { calledBy: ['events'], registration: ['automatic'] } },
				default: false,
				description: 'Whether "Listen for test event" may take the webhook while it listens; active workflows get no events meanwhile. Afterwards the address of this workflow, if active, is put back.',
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				displayOptions: { show: { calledBy: ['events'] } },
				placeholder: 'Add Filter',
				default: {},
				description: 'Which events start the workflow; all filters have to fit',
				options: [
					{
						displayName: 'Channel Names or IDs',
						name: 'channels',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'channelIds' },
						default: [],
						description: 'Only events of contacts of these channels, for accounts with several brands. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Channel Types',
						name: 'channelTypes',
						type: 'multiOptions',
						options: channelTypeOptions,
						default: [],
						description: 'Only events of these types of channel',
					},
					{
						displayName: 'Contact Has Tag',
						name: 'tags',
						type: 'string',
						typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
						default: [],
						placeholder: 'e.g. VIP',
						description: 'Only events of contacts with one of these tags',
					},
					{
						displayName: 'Messages',
						name: 'direction',
						type: 'options',
						options: [
							{ name: 'Received', value: 'received', description: 'From the contact' },
							{ name: 'Received and Sent', value: 'all', description: 'A workflow that answers would start itself again' },
							{ name: 'Sent', value: 'sent', description: 'By the team, the bot or the API' },
						],
						default: 'received',
						description: 'Which messages count for Message Created; without this filter, received ones',
					},
					{
						displayName: 'Own Numbers',
						name: 'ownNumbers',
						type: 'string',
						typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Number' },
						default: [],
						placeholder: 'e.g. +55 11 91234-0000',
						description: 'Only messages to or from these numbers of yours, with country code; all numbers share the one webhook',
					},
				],
			},
			{ ...optOutField, displayOptions: { show: { calledBy: ['events'], events: ['message_created'] } } },
			{
				displayName: 'Download Attachments',
				name: 'download',
				type: 'boolean',
				displayOptions: { show: { calledBy: ['events'] } },
				default: false,
				description: 'Whether to fetch the files of messages at once, as attachment_0 and so on; their addresses expire after ten minutes',
			},
			{ ...privateFilesField, displayOptions: { show: { calledBy: ['events'], download: [true] } } },
			{ ...gatherField, displayOptions: { show: { calledBy: ['events'], events: ['message_created'] } } },
			{
				displayName: 'Separate Outputs',
				name: 'separateOutputs',
				type: 'boolean',
				displayOptions: { show: { calledBy: ['events'] } },
				default: false,
				description: 'Whether the node has one output for each event',
			},
			{
				displayName: 'Simplify',
				name: 'simple',
				type: 'boolean',
				displayOptions: { show: { calledBy: ['events'] } },
				default: true,
				description: 'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	};

	methods = { credentialTest, loadOptions };

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
