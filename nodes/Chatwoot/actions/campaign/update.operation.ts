import type { IDataObject } from 'n8n-workflow';

import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import { objectOrEmpty, filledIn, withoutUndefined } from '../../../shared/values/read';
import { agentLocator, campaignLocator, locatorAs } from '../../descriptions/locators';
import { readLabels } from '../../descriptions/labels';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { findLabelIds } from '../../helpers/labels';
import { optionalId, readId } from '../../helpers/read';
import { campaignOutput } from './campaign';
import { campaignCall, campaignText, readStart } from './campaign.calls';

interface Input {
	id: string;
	body: IDataObject;
	/** The part of the trigger rules to change; the server replaces them whole. */
	rules?: IDataObject;
	audience: NamedLabels;
	/** Of the message. */
	format: TextFormat;
}

/** `updateCampaign`: `PATCH /campaigns/{id}`; a completed one is refused. */
export const update = accountOperation<Input>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update campaign',
		description: 'Change a campaign that is not completed; fields left empty stay as they are',
	},
	properties: [
		campaignLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				{
					displayName: 'Audience Label Names or IDs',
					name: 'audience',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'labelIds' },
					default: [],
					description: 'Contacts with any of these labels get the message, in place of the audience before; labels by title in any spelling, or by ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. For customers of the north',
					description: 'A text for the team',
				},
				{
					displayName: 'Enabled',
					name: 'enabled',
					type: 'boolean',
					default: true,
					description: 'Whether a website campaign is switched on; it does not stop one-off campaigns',
				},
				{
					displayName: 'Message',
					name: 'message',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. Hi! 20 % off until Sunday.',
					description: 'What to send',
				},
				{
					displayName: 'Only During Business Hours',
					name: 'onlyDuringBusinessHours',
					type: 'boolean',
					default: false,
					description: 'Whether a website campaign shows up only while the inbox is open',
				},
				{
					displayName: 'Page URL',
					name: 'pageUrl',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/pricing*',
					description: 'The page on which a website campaign shows up',
				},
				locatorAs(agentLocator, { displayName: 'Sender', name: 'senderId', description: 'The agent whom visitors of the website see as sender', optional: true }),
				{
					displayName: 'Start',
					name: 'scheduledAt',
					type: 'dateTime',
					default: '',
					description: "When to send a one-off campaign, in the workflow's time zone",
				},
				{
					displayName: 'Time on Page',
					name: 'timeOnPage',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 10,
					description: 'Seconds until a website campaign shows up',
				},
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Black Friday 2026',
					description: 'How the campaign is called in Chatwoot',
				},
			],
		},
		...textFormatFields,
	],
	output: campaignOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const audience = readLabels(fields, 'audience');
		const body = withoutUndefined({
			title: fields.text('title'),
			message: fields.text('message'),
			description: fields.text('description'),
			enabled: fields.boolean('enabled'),
			sender_id: optionalId(fields, 'senderId'),
			scheduled_at: readStart(fields, 'scheduledAt'),
			trigger_only_during_business_hours: fields.boolean('onlyDuringBusinessHours'),
		});
		const rules = filledIn({ url: fields.url('pageUrl'), time_on_page: fields.number('timeOnPage', { min: 0, integer: true }) });
		item.needsChange('updateFields', body, rules, audience.names);
		return { id: readId(item, 'campaignId'), body, rules, audience, format: readTextFormat(item, 'updateFields', fields.text('message')) };
	},
	orderingKey: ({ id }) => id,
	async run({ id, body: fields, rules, audience, format }, account, { item }) {
		const body: IDataObject = audience.names.length ? { ...fields, audience: (await findLabelIds(account, audience)).map((label) => ({ type: 'Label', id: label })) } : { ...fields };
		const before = rules || fields.message !== undefined ? await campaignCall(account, id, { method: 'GET' }) : {};
		if (typeof body.message === 'string') body.message = campaignText(item.collection('updateFields'), 'message', body.message, format, String(objectOrEmpty(before.inbox).channel_type));
		const { url, time_on_page: time } = { ...objectOrEmpty(before.trigger_rules), ...rules };
		return await campaignCall(account, id, {
			method: 'PATCH', idempotent: true, body: { ...body, ...(rules ? { trigger_rules: withoutUndefined({ url, time_on_page: time }) } : {}) },
		});
	},
});
