import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { businessHoursLocator, campaignLocator, channelLocator } from '../../descriptions/locators';
import { checkedWhole } from '../../descriptions/template';
import type { KinboxClient } from '../../transport/client';
import { campaignOutput } from './campaign';

/** `PATCH /v3/campaigns/{id}` or `PATCH /v1/campaigns/{id}`. Progress and counts, which Kinbox keeps itself, are not offered. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update campaign',
		description: 'Change fields of a campaign; what is not added stays as it is',
	},
	record: campaignLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				{
					displayName: 'Active',
					name: 'active',
					type: 'boolean',
					default: true,
					description: 'Whether the campaign is active',
				},
				{
					displayName: 'Attachment URLs',
					name: 'assetsUrls',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Attachment' },
					default: [],
					placeholder: 'e.g. https://example.com/offer.jpg',
					description: 'Public addresses of files to send along',
				},
				{
					displayName: 'Batch Size',
					name: 'chunkSize',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 50,
					description: 'Recipients in one batch (Lote)',
				},
				businessHoursLocator,
				channelLocator,
				{
					displayName: 'Create Conversation',
					name: 'shouldCreateConversation',
					type: 'boolean',
					default: false,
					description: 'Whether each message opens a conversation in the inbox',
				},
				{
					displayName: 'Expected End',
					name: 'finishedAtPrediction',
					type: 'dateTime',
					default: '',
					description: 'When the campaign is expected to end',
				},
				{
					displayName: 'Message',
					name: 'message',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. Olá! Temos uma oferta para você.',
					description: 'What to send',
				},
				{
					displayName: 'Minutes Between Batches',
					name: 'minutesBetweenBatches',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 10,
					description: 'Pause after each batch',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Black Friday 2026',
					description: 'How the campaign is called in Kinbox',
				},
				{
					displayName: 'Number of Batches',
					name: 'chunksCount',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
					description: 'Into how many batches the recipients are split',
				},
				{
					displayName: 'Operator Name',
					name: 'operatorName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Carlos Lima',
					description: 'The operator (Operador) who sends, as Kinbox shows it',
				},
				{
					displayName: 'Recipients File URL',
					name: 'leadsAssetUrl',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/customers.csv',
					description: 'Public address of the file with the recipients',
				},
				{
					displayName: 'Seconds Between Messages',
					name: 'secondsBetweenMessages',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 10,
					description: 'Pause after each message',
				},
				{
					displayName: 'Start',
					name: 'scheduledTo',
					type: 'dateTime',
					default: '',
					description: "When to begin, in the workflow's time zone",
				},
				{
					displayName: 'Template (JSON)',
					name: 'template',
					type: 'json',
					default: '{}',
					description: 'The template as an object with ID, name, language and bodyFields',
				},
				{
					displayName: 'Track All Channels',
					name: 'trackAllChannels',
					type: 'boolean',
					default: false,
					description: 'Whether answers on other channels count, too',
				},
				{
					displayName: 'Track Answers for (Hours)',
					name: 'trackMaxHours',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 96,
					description: 'How long an answer counts as an answer to the campaign',
				},
			],
		},
	],
	output: campaignOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const minutes = fields.number('minutesBetweenBatches', { min: 0 });
		const template = fields.object('template');
		const urls = fields.list('assetsUrls');
		const wrong = urls?.find((url) => !/^https?:\/\//i.test(url));
		if (wrong !== undefined) throw fields.refuse('assetsUrls', `has an entry that is not a web address: ${wrong.slice(0, 60)}`, 'Each address starts with https://.');
		const body = withoutUndefined({
			active: fields.boolean('active'),
			assetsUrls: urls,
			businessHoursId: fields.locator('businessHoursId'),
			channelId: fields.locator('channelId'),
			chunkSize: fields.number('chunkSize', { min: 1, integer: true }),
			chunksCount: fields.number('chunksCount', { min: 1, integer: true }),
			finishedAtPrediction: fields.date('finishedAtPrediction'),
			leadsAssetUrl: fields.url('leadsAssetUrl'),
			message: fields.text('message'),
			name: fields.text('name'),
			operatorName: fields.text('operatorName'),
			scheduledTo: fields.date('scheduledTo'),
			secondsBetweenChunks: minutes === undefined ? undefined : Math.round(minutes * 60),
			secondsBetweenMessages: fields.number('secondsBetweenMessages', { min: 0 }),
			shouldCreateConversation: fields.boolean('shouldCreateConversation'),
			template: template && Object.keys(template).length ? checkedWhole(template, item, 'campaign') : undefined,
			trackAllChannels: fields.boolean('trackAllChannels'),
			trackMaxHours: fields.number('trackMaxHours', { min: 0 }),
		});
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, kinbox) => await kinbox.patch(path`/campaigns/${id}`, body),
});
