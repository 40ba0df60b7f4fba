import type { IDataObject, INodePropertyCollection, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';

/** Settings that inboxes of every channel have. */
const settings: Array<INodeProperties | INodePropertyCollection> = [
	{
		displayName: 'Auto Assignment',
		name: 'autoAssignment',
		type: 'boolean',
		default: true,
		description: 'Whether new conversations are given to an agent at once',
	},
	{
		displayName: 'Business Name',
		name: 'businessName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Padaria Boa Vista',
		description: 'The name in mails to contacts',
	},
	{
		displayName: 'Business Hours',
		name: 'businessHours',
		type: 'boolean',
		default: false,
		description: 'Whether the inbox keeps business hours, outside of which it shows the out-of-office message',
	},
	{
		displayName: 'CSAT Survey',
		name: 'csatSurvey',
		type: 'boolean',
		default: false,
		description: 'Whether contacts are asked how satisfied they are when a conversation is resolved',
	},
	{
		displayName: 'Email Collect',
		name: 'emailCollect',
		type: 'boolean',
		default: true,
		description: 'Whether visitors are asked for their e-mail address',
	},
	{
		displayName: 'Greeting',
		name: 'greeting',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Hello! How can we help?',
		description: 'The message that greets new conversations; filled in, it is switched on',
	},
	{
		displayName: 'Greeting Enabled',
		name: 'greetingEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether new conversations are greeted',
	},
	{
		displayName: 'Messages After Resolved',
		name: 'messagesAfterResolved',
		type: 'boolean',
		default: true,
		description: 'Whether contacts can go on in a conversation that was resolved',
	},
	{
		displayName: 'Out-of-Office Message',
		name: 'outOfOffice',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. We are back at nine.',
		description: 'What contacts read outside business hours',
	},
	{
		displayName: 'Sender Name',
		name: 'senderName',
		type: 'options',
		options: [
			{ name: 'Agent and Business', value: 'friendly' },
			{ name: 'Business Only', value: 'professional' },
		],
		default: 'friendly',
		description: 'Who mails seem to come from',
	},
	{
		displayName: 'Single Conversation',
		name: 'singleConversation',
		type: 'boolean',
		default: false,
		description: 'Whether each contact keeps to one conversation',
	},
	{
		displayName: 'Time Zone',
		name: 'timezone',
		type: 'string',
		default: '',
		placeholder: 'e.g. America/Sao_Paulo',
		description: 'Where the business hours are kept',
	},
];

export const inboxSettings: INodeProperties = {
	displayName: 'Settings',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	description: 'How the inbox behaves',
	options: [...settings].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')) as INodeProperties[],
};

/** Reads the settings that `InboxCreate` and `InboxUpdate` have in common. */
export function readSettings(item: Item): IDataObject {
	const fields = item.collection('settings');
	const greeting = fields.text('greeting');
	return withoutUndefined({
		greeting_enabled: fields.boolean('greetingEnabled') ?? (greeting === undefined ? undefined : true),
		greeting_message: greeting,
		enable_email_collect: fields.boolean('emailCollect'),
		csat_survey_enabled: fields.boolean('csatSurvey'),
		enable_auto_assignment: fields.boolean('autoAssignment'),
		working_hours_enabled: fields.boolean('businessHours'),
		out_of_office_message: fields.text('outOfOffice'),
		timezone: fields.text('timezone'),
		allow_messages_after_resolved: fields.boolean('messagesAfterResolved'),
		lock_to_single_conversation: fields.boolean('singleConversation'),
		sender_name_type: fields.choice('senderName', ['friendly', 'professional'] as const),
		business_name: fields.text('businessName'),
	});
}
