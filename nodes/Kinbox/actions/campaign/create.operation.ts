import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { campaignsIn, checkList, handOverFields, listKeys, readHandedOver, type CheckedList, type HandedOver } from '../../../shared/campaign/handOver';
import { madeOnce } from '../../../shared/http/lostAnswer';
import { checkReachable, signedData, signedFile } from '../../../shared/message/sendFiles';
import type { Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import { toCsv } from '../../../shared/values/csv';
import { withoutUndefined } from '../../../shared/values/read';
import { businessHoursLocator, channelLocator } from '../../descriptions/locators';
import { fillTemplate, readTemplate, templateFields } from '../../descriptions/template';
import type { KinboxClient } from '../../transport/client';
import { campaignOutput } from './campaign';
import { KinboxTags } from './campaign.calls';
import { pacingField, readPacing } from './campaign.fields';
import { knownIn } from './sender';

const leadTypes = ['lead', 'file', 'items'] as const;
const channelTypes = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * `POST /v3/campaigns` or `POST /v1/campaigns` with all fields of `V3CampaignCreate`. The meaning of
 * the channel types is the one of the channel codes; the vendor lists only the numbers.
 */
export const create = operation<KinboxClient, Input, Map<number, CheckedList>>({
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
					name: 'Input Items',
					value: 'items',
					description: 'All input items are the recipients of one campaign; the node makes the file that Kinbox fetches from this n8n, which must be reachable from the internet',
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
		...handOverFields({ leadType: ['items'] }),
		{
			displayName: 'Columns',
			name: 'leadColumns',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Column' },
			default: [],
			displayOptions: { show: { leadType: ['items'] } },
			placeholder: 'e.g. order',
			description: 'Fields of the input items that stand behind phone and name in the file, in this order; Kinbox fills them into the message for each recipient',
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
	read: (item) => ({
		body: readCampaignBody(item),
		...(item.choice('leadType', leadTypes) === 'items' ? { list: readHandedOver(item), columns: item.list('leadColumns') ?? [] } : {}),
	}),
	unordered: 'Each item makes a record of its own',
	async begin(kinbox, items) {
		const lists = new Map<number, CheckedList>();
		// The forecast of the end differs from moment to moment.
		const campaigns = campaignsIn(items, ({ body }) => String(body.name), ({ body, columns }) => [{ ...body, finishedAtPrediction: undefined }, columns]);
		for (const { name, items: own } of campaigns) {
			if (own[0]!.input.list.leaveOutTags.length) kinbox.needs('v1', 'Leave Out Tags');
			const tags = new KinboxTags(kinbox);
			lists.set(own[0]!.index, await checkList(own, name, {
				service: 'Kinbox',
				tags: async () => await tags.names(),
				// Kinbox blocks nobody: only tags keep people out.
				look: async (e164, withTags) => (withTags ? await knownIn(kinbox, e164, tags) : undefined),
			}, kinbox.http));
		}
		return lists;
	},
	async run({ body: given, list, columns }, kinbox, { item, itemIndex, state: lists }) {
		const checked = lists.get(itemIndex);
		// The campaign of several items comes out with the first.
		if (list && !checked) return [];
		const file = checked ? await recipientsFile(item, kinbox, checked, columns ?? []) : undefined;
		const body: IDataObject = file ? { ...given, leadsAssetUrl: file.url } : given;
		if (isInputFile(item)) checkReachable(item, 'leadsField', String(body.leadsAssetUrl), 'Kinbox', kinbox.http.baseUrl);
		const template = readTemplate(item);
		const whole = template ? { ...body, template: await fillTemplate(kinbox, body.channelId === undefined ? undefined : String(body.channelId), template, item, 'campaign') } : body;
		// A campaign that is made twice writes to everybody twice.
		const campaign = await madeOnce(kinbox.http, async () => await kinbox.post('/campaigns', whole), {
			what: 'campaign',
			key: `campaign ${JSON.stringify(whole)}`,
			find: async () => (await kinbox.list('/campaigns', {}, { limit: 500 })).rows,
			isIt: (one) => one.name === body.name,
			madeAt: (one) => Date.parse(String(one.createdAt)),
			idOf: (one) => one.id ?? one._id,
		});
		return checked && file ? [{ json: { ...campaign, ...listKeys(checked) }, binary: { recipients: file.data } }] : campaign;
	},
});

interface Input {
	body: IDataObject;
	/** Of a campaign to the input items. */
	list?: HandedOver;
	columns?: string[];
}

/** The file of a campaign to input items: phone, name, and what else was asked for. Kinbox reads the phone as digits. */
async function recipientsFile(item: Item, kinbox: KinboxClient, { addressed }: CheckedList, columns: string[]): Promise<{ url: string; data: IBinaryData }> {
	const { helpers } = item.context;
	const rows = addressed.map(({ item: { json }, recipient }) => [recipient.e164.slice(1), recipient.name ?? '', ...columns.map((column) => cellOf(json[column]))]);
	const csv = toCsv([['phone', 'name', ...columns], ...rows]);
	const data = await helpers.prepareBinaryData(Buffer.from(csv), 'recipients.csv', 'text/csv');
	const { url } = signedData(item, 'leadType', data);
	checkReachable(item, 'leadType', url, 'Kinbox', kinbox.http.baseUrl);
	return { url, data };
}

function cellOf(value: unknown): string {
	return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isInputFile(item: Item): boolean {
	return item.choice('leadType', leadTypes) === 'file' && item.choice('leadsSource', ['binary', 'url'] as const) === 'binary';
}

function readRecipientsFile(item: Item): string | undefined {
	if (isInputFile(item)) return signedFile(item, 'leadsField').url;
	item.required('leadsAssetUrl');
	return item.url('leadsAssetUrl');
}

function readCampaignBody(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	const message = item.text('message');
	const chosen = item.choice('leadType', leadTypes);
	const leadType = chosen === 'items' ? 'file' : chosen;
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
		leadsAssetUrl: chosen === 'file' ? readRecipientsFile(item) : undefined,
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
