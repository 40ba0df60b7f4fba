import type { IDataObject } from 'n8n-workflow';

import { madeOnce } from '../../../shared/http/lostAnswer';
import { checkReachable, signedFile } from '../../../shared/message/sendFiles';
import type { Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { businessHoursLocator, channelLocator } from '../../descriptions/locators';
import { fillTemplate, readTemplate, templateFields } from '../../descriptions/template';
import type { KinboxClient } from '../../transport/client';
import { campaignOutput } from './campaign';
import { pacingField, readPacing } from './campaign.fields';

const channelTypes = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * `POST /v3/campaigns` or `POST /v1/campaigns` with all fields of `V3CampaignCreate`. The meaning of
 * the channel types is the one of the channel codes; the vendor lists only the numbers.
 */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create campaign',
		description: 'Create a campaign (Campanha) that sends a message or template to many contacts',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Black Friday 2026',
			description: 'How the campaign is called in Kinbox',
		},
		channelLocator,
		{
			displayName: 'Channel Type',
			name: 'channelType',
			type: 'options',
			options: [
				{ name: 'Custom', value: '6' },
				{ name: 'E-Mail', value: '5' },
				{ name: 'Facebook', value: '3' },
				{ name: 'Instagram', value: '7' },
				{ name: 'Mercado Livre', value: '8' },
				{ name: 'SMS', value: '9' },
				{ name: 'Telegram', value: '2' },
				{ name: 'WhatsApp', value: '1' },
				{ name: 'Widget', value: '4' },
			],
			default: '1',
			description: 'The kind of the channel',
		},
		{
			displayName: 'Recipients',
			name: 'leadType',
			type: 'options',
			options: [
				{
					name: 'File',
					value: 'file',
					description: 'A spreadsheet or CSV file; its first column holds the phone with area code',
				},
				{
					name: 'Leads in Kinbox',
					value: 'lead',
					description: 'The leads that Kinbox keeps for the campaign',
				},
			],
			default: 'file',
			description: 'Where the people who get the message come from',
		},
		{
			displayName: 'Recipients File From',
			name: 'leadsSource',
			type: 'options',
			displayOptions: { show: { leadType: ['file'] } },
			options: [
				{ name: 'Input File', value: 'binary', description: 'A file of the input item, for example from Convert to File; Kinbox fetches it from this n8n, which must be reachable from the internet' },
				{ name: 'URL', value: 'url', description: 'A file that is public on the web' },
			],
			default: 'url',
			description: 'Where the file with the recipients comes from; Kinbox fetches it itself',
		},
		{
			displayName: 'Recipients File URL',
			name: 'leadsAssetUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/customers.csv',
			required: true,
			displayOptions: { show: { leadType: ['file'], leadsSource: ['url'] } },
			description: 'Public address of the file with the recipients (Planilha de contatos)',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'leadsField',
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data',
			required: true,
			displayOptions: { show: { leadType: ['file'], leadsSource: ['binary'] } },
			description: 'The field of the input item that holds the file with the recipients. Kinbox can fetch it for a day, so the campaign has to start by then.',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Olá! Temos uma oferta para você.',
			description: 'What to send. Official WhatsApp channels need a template instead.',
		},
		...templateFields,
		{
			displayName: 'Start',
			name: 'scheduledTo',
			type: 'dateTime',
			default: '',
			description: "When to begin, in the workflow's time zone; left empty, Kinbox begins at once",
		},
		pacingField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the campaign',
			options: [
				{
					displayName: 'Attachment URLs',
					name: 'assetsUrls',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Attachment' },
					default: [],
					placeholder: 'e.g. https://example.com/offer.jpg',
					description: 'Public addresses of files to send along',
				},
				businessHoursLocator,
				{
					displayName: 'Expected End',
					name: 'finishedAtPrediction',
					type: 'dateTime',
					default: '',
					description: 'When the campaign is expected to end; Kinbox shows it',
				},
				{
					displayName: 'More Channels Names or IDs',
					name: 'channelIds',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getChannels' },
					default: [],
					description: 'Several channels to send through; only newer accounts have this. The list needs an API Token. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Normalize Brazilian Phones',
					name: 'normalizeBrazilPhoneNumbers',
					type: 'boolean',
					default: true,
					description: 'Whether Kinbox adds 55 to Brazilian numbers without it; only newer accounts have this',
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
					displayName: 'Original Start',
					name: 'originalScheduledTo',
					type: 'dateTime',
					default: '',
					description: 'The first planned start, when the campaign was moved',
				},
				{
					displayName: 'Plain Text',
					name: 'textRaw',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. Olá! Temos uma oferta para você.',
					description: 'The message without formatting; left empty, Kinbox gets the message itself',
				},
			],
		},
	],
	output: campaignOutput,
	read: readCampaignBody,
	unordered: 'Each item makes a record of its own',
	async run(body, kinbox, { item }) {
		if (isInputFile(item)) checkReachable(item, 'leadsField', String(body.leadsAssetUrl), 'Kinbox', kinbox.http.baseUrl);
		const template = readTemplate(item);
		const whole = template ? { ...body, template: await fillTemplate(kinbox, body.channelId === undefined ? undefined : String(body.channelId), template, item, 'campaign') } : body;
		// A campaign that is made twice writes to everybody twice.
		return await madeOnce(kinbox.http, async () => await kinbox.post('/campaigns', whole), {
			what: 'campaign',
			key: `campaign ${JSON.stringify(whole)}`,
			find: async () => (await kinbox.list('/campaigns', {}, { limit: 500 })).rows,
			isIt: (campaign) => campaign.name === body.name,
			madeAt: (campaign) => Date.parse(String(campaign.createdAt)),
			idOf: (campaign) => campaign.id ?? campaign._id,
		});
	},
});

function isInputFile(item: Item): boolean {
	return item.choice('leadType', ['lead', 'file'] as const) === 'file' && item.choice('leadsSource', ['binary', 'url'] as const) === 'binary';
}

function readRecipientsFile(item: Item): string | undefined {
	if (isInputFile(item)) return signedFile(item, 'leadsField').url;
	item.required('leadsAssetUrl');
	return item.url('leadsAssetUrl');
}

function readCampaignBody(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	const message = item.text('message');
	const leadType = item.choice('leadType', ['lead', 'file'] as const);
	const scheduledTo = item.date('scheduledTo');
	const pacing = readPacing(item, scheduledTo);
	const body = {
		name: item.required('name'),
		channelId: item.locator('channelId'),
		operatorName: extra.text('operatorName'),
		businessHoursId: extra.locator('businessHoursId'),
		channelType: item.choice('channelType', channelTypes),
		leadType,
		scheduledTo,
		originalScheduledTo: extra.date('originalScheduledTo'),
		finishedAtPrediction: extra.date('finishedAtPrediction') ?? pacing.expectedEnd,
		leadsAssetUrl: leadType === 'file' ? readRecipientsFile(item) : undefined,
		message,
		textRaw: extra.text('textRaw') ?? message,
		assetsUrls: readUrls(extra),
		chunksCount: pacing.chunksCount,
		secondsBetweenMessages: pacing.secondsBetweenMessages,
		secondsBetweenChunks: pacing.secondsBetweenChunks,
		chunkSize: pacing.chunkSize,
		channelIds: nonEmpty(extra.list('channelIds')),
		normalizeBrazilPhoneNumbers: extra.boolean('normalizeBrazilPhoneNumbers'),
	};
	return withoutUndefined(body);
}

function readUrls(fields: ReturnType<Item['collection']>): string[] | undefined {
	const urls = nonEmpty(fields.list('assetsUrls'));
	const wrong = urls?.find((url) => !/^https?:\/\//i.test(url));
	if (wrong !== undefined) throw fields.refuse('assetsUrls', `has an entry that is not a web address: ${wrong.slice(0, 60)}`, 'Each address starts with https://.');
	return urls;
}

function nonEmpty(list: string[] | undefined): string[] | undefined {
	return list?.length ? list : undefined;
}
