import type { INodeProperties } from 'n8n-workflow';

import { defaultCountry } from '../operation/country';
import { reportField } from './report';

const only = (recipients: string) => ({ show: { recipients: [recipients] } });

/** What a vendor adds to the fields that all campaigns have. */
export interface CampaignFields {
	/** The channel or inbox that sends. */
	channel: INodeProperties;
	/** Template and what stands in it. */
	template: INodeProperties[];
	/** Entries of Additional Fields. */
	additional: INodeProperties[];
	/** Entries of Safety that only this vendor has. */
	safety?: INodeProperties[];
	/** Whether the vendor's API can put tags on contacts. */
	canMark: boolean;
}

export const campaignName: INodeProperties = {
	displayName: 'Campaign Name',
	name: 'campaignName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Black Friday 2026',
	description: 'Nobody gets a campaign of this name twice, in whatever workflow it runs: the next campaign needs another name',
};

const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description: 'Whether to only show who would get what; nothing is sent until this is off',
};

const recipients: INodeProperties = {
	displayName: 'Recipients',
	name: 'recipients',
	type: 'options',
	options: [
		{ name: 'Contacts With Tags', value: 'tags', description: 'All contacts that have the tags (labels)' },
		{ name: 'Input Items', value: 'items', description: 'One recipient for each input item' },
	],
	default: 'items',
	description: 'Who gets the template',
};

export const phone: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	default: '',
	required: true,
	displayOptions: only('items'),
	placeholder: 'e.g. {{ $json.phone }}',
	description: 'The WhatsApp number of the item, in any common spelling',
};

export const recipientName: INodeProperties = {
	displayName: 'Name',
	name: 'recipientName',
	type: 'string',
	default: '',
	displayOptions: only('items'),
	placeholder: 'e.g. {{ $json.name }}',
	description: 'The name of the person, for contacts that have to be made, and for {name} in the variables',
};

const tags: INodeProperties[] = [
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
		default: [],
		required: true,
		displayOptions: only('tags'),
		placeholder: 'e.g. Call back',
		description: 'Who has these tags (labels) gets the template; in its variables {name}, {first name}, {phone}, {email} and {any custom field} stand for the contact',
	},
	{
		displayName: 'Match Tags',
		name: 'match',
		type: 'options',
		displayOptions: only('tags'),
		options: [
			{ name: 'All', value: 'all', description: 'Contacts that have every tag' },
			{ name: 'Any', value: 'any', description: 'Contacts that have at least one of the tags' },
		],
		default: 'all',
		description: 'How several tags are combined',
	},
];

export const leaveOutTags: INodeProperties = {
	displayName: 'Leave Out Tags',
	name: 'leaveOutTags',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
	default: [],
	placeholder: 'e.g. Opted out',
	description: 'Contacts with one of these tags (labels) get nothing, for example those who no longer want messages. Each contact is looked at right before its message; people whom the account blocks get nothing in any case.',
};

const maxRecipients: INodeProperties = {
	displayName: 'Max Recipients',
	name: 'maxRecipients',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	displayOptions: only('tags'),
	description: 'At most this many contacts; 0 means all',
};

export const optIn: INodeProperties = {
	displayName: 'Contact Has Opted In',
	name: 'optIn',
	type: 'boolean',
	default: false,
	description: 'Whether the person has agreed to get messages from you; without it nothing is sent, as WhatsApp demands',
};

const pacing: INodeProperties = {
	displayName: 'Pacing',
	name: 'pacing',
	type: 'collection',
	placeholder: 'Add Pacing',
	default: {},
	description: 'How fast to send; without any, 60 messages a minute',
	options: [
		{
			displayName: 'Batch Size',
			name: 'chunkSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: 'Messages after which the pause is made',
		},
		{
			displayName: 'Messages per Minute',
			name: 'perMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description: 'At most this many; 0 means as fast as the service answers',
		},
		{
			displayName: 'Seconds Between Batches',
			name: 'chunkPause',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300,
			description: 'How long to pause after each batch',
		},
	],
};

const sendingHours: INodeProperties = {
	displayName: 'Sending Hours',
	name: 'sendingHours',
	type: 'collection',
	placeholder: 'Add Hours',
	default: {},
	description: 'Send only at these times; without any, at all times',
	options: [
		{
			displayName: 'Days',
			name: 'days',
			type: 'multiOptions',
			options: [
				{ name: 'Friday', value: '5' },
				{ name: 'Monday', value: '1' },
				{ name: 'Saturday', value: '6' },
				{ name: 'Sunday', value: '0' },
				{ name: 'Thursday', value: '4' },
				{ name: 'Tuesday', value: '2' },
				{ name: 'Wednesday', value: '3' },
			],
			default: ['1', '2', '3', '4', '5'],
			description: 'Days on which messages go out',
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '09:00',
			placeholder: 'e.g. 09:00',
			description: 'Time of day at which sending begins',
		},
		{
			displayName: 'Outside the Hours',
			name: 'whenClosed',
			type: 'options',
			options: [
				{ name: 'Stop', value: 'stop', description: 'The others stay unsent; run the campaign again to go on' },
				{ name: 'Wait', value: 'wait', description: 'The execution waits until the hours begin' },
			],
			default: 'stop',
			description: 'What to do when the hours are over and people are left',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. America/Fortaleza',
			description: "The time zone of the hours; left empty, the workflow's",
		},
		{
			displayName: 'Until',
			name: 'until',
			type: 'string',
			default: '18:00',
			placeholder: 'e.g. 18:00',
			description: 'Time of day at which sending ends',
		},
	],
};

export const alreadyWrittenTo: INodeProperties = {
	displayName: 'Already Written To',
	name: 'skip',
	type: 'json',
	default: '[]',
	description: 'Phones that get nothing: a list of phones, or the output of an earlier run of this campaign (rows that were sent or are unsure). An entry that cannot be read stops the campaign before the first message; so does a list of ten or more people of whom none is a recipient.',
};

const safetyFields: INodeProperties[] = [
	alreadyWrittenTo,
	{
		displayName: 'Already Written To May Match Nobody',
		name: 'skipMayMatchNobody',
		type: 'boolean',
		default: false,
		description: 'Whether to send although none of the people on a long list is a recipient, for example because it is kept for all campaigns',
	},
	{
		displayName: 'Failures Count After',
		name: 'failuresAfter',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 20,
		description: 'Messages whose outcome must be known before the failure rate counts',
	},
	{
		displayName: 'Minutes Until Others Take Over',
		name: 'takeOverAfter',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'For Send Only Once: when a run has died, the next one waits this long before it writes to the people that the other had begun with. Longer than any request may still take effect.',
	},
	{
		displayName: 'Seconds to Confirm',
		name: 'confirmAfter',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'For Send Only Once: how long after claiming a person the claim is read again. At least twice as long as two requests take.',
	},
	{
		displayName: 'Send Only Once',
		name: 'once',
		type: 'boolean',
		default: true,
		description: 'Whether to keep the campaign from reaching somebody twice when n8n crashes or several runs send it at the same time. It claims each person at the service first, which takes some more requests and a wait at the beginning.',
	},
	{
		displayName: 'Stop After Failures',
		name: 'failuresInRow',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		description: 'Failed messages one after the other after which nothing more is sent',
	},
	{
		displayName: 'Stop at Failure Rate',
		name: 'failureRate',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 20,
		description: 'Percentage of failed messages above which nothing more is sent',
	},
	{
		displayName: 'Wait for Delivery',
		name: 'waitForDelivery',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 60,
		description: 'Seconds to wait after the last message for what became of them; without it, a message that the service has taken is queued',
	},
];

const markTag: INodeProperties = {
	displayName: 'Mark With Tag',
	name: 'markTag',
	type: 'string',
	default: '',
	placeholder: 'e.g. Black Friday sent',
	description: 'Tag (label) that everyone gets who was written to; whoever has it already is left out. It must exist.',
};

const byLabel = (a: INodeProperties, b: INodeProperties) => a.displayName.localeCompare(b.displayName, 'en');

/** The fields of a campaign that n8n sends, the same in all nodes. */
export function campaignFields({ channel, template, additional, safety = [], canMark }: CampaignFields): INodeProperties[] {
	return [
		campaignName,
		dryRun,
		channel,
		recipients,
		phone,
		{ ...defaultCountry, displayOptions: only('items') },
		recipientName,
		...tags,
		leaveOutTags,
		maxRecipients,
		...template,
		optIn,
		pacing,
		sendingHours,
		{
			displayName: 'Safety',
			name: 'safety',
			type: 'collection',
			placeholder: 'Add Safety',
			default: {},
			description: 'When to stop, and who is left out. It always stops when the service takes no more messages, for example for want of credit.',
			options: [...safetyFields, ...(canMark ? [markTag] : []), ...safety].sort(byLabel),
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the messages and their result',
			options: [...additional, reportField].sort(byLabel),
		},
	];
}
