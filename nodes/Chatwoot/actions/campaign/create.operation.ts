import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { campaignsIn, checkList, handOverFields, listKeys, readHandedOver, type CheckedList, type HandedOver, type PeopleLookUp } from '../../../shared/campaign/handOver';
import { path } from '../../../shared/http/httpClient';
import { madeOnce } from '../../../shared/http/lostAnswer';
import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import type { Item } from '../../../shared/operation/item';
import { filledIn, objectOrEmpty, withoutUndefined } from '../../../shared/values/read';
import { askedAgain, readLabels } from '../../descriptions/labels';
import { agentLocator, inboxLocator, locatorAs, templateLocator } from '../../descriptions/locators';
import type { TemplateInput } from '../../descriptions/template';
import { fillTemplate, readTemplate, templateVariables, templateVariablesJson } from '../../descriptions/template';
import { accountOperation, forServersSince } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { findLabelIds, readCurrent } from '../../helpers/labels';
import { optionalId, readId } from '../../helpers/read';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { campaignOutput } from './campaign';
import { toCommonContact } from '../contact/contact';
import { audienceWarning, countAudience, makeAudience, type MadeAudience } from './campaign.audience';
import { contactsByPhone } from './claim';
import { campaignInbox, campaignText, readStart, silentReason, type CampaignKind } from './campaign.calls';

interface Input {
	kind: CampaignKind;
	body: IDataObject;
	format: TextFormat;
	template?: TemplateInput;
	/** Of a one-off campaign to labels. */
	audience?: NamedLabels;
	/** Of a one-off campaign to the input items. */
	list?: HandedOver;
}

const oneOff = { show: { campaignKind: ['oneOff'] } };
const toLabels = { show: { campaignKind: ['oneOff'], audienceFrom: ['labels'] } };
const website = { show: { campaignKind: ['website'] } };

/** `createCampaign`: `POST /campaigns`; the inbox decides what kind it is. */
export const create = accountOperation<Input, Map<number, CheckedList>>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create campaign',
		description: 'Create a campaign: a message to visitors of a website, or once to all contacts with a label',
	},
	properties: [
		{
			displayName: 'Kind of Campaign',
			name: 'campaignKind',
			type: 'options',
			options: [
				{ name: 'SMS or WhatsApp, Once', value: 'oneOff', description: 'To all contacts with certain labels, at a certain time' },
				{ name: 'Website, Ongoing', value: 'website', description: 'To visitors of a page, while it is switched on' },
			],
			default: 'oneOff',
			description: 'What the campaign does; it has to fit the inbox',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Black Friday 2026',
			description: 'How the campaign is called in Chatwoot',
		},
		locatorAs(inboxLocator, { description: 'The inbox that sends' }),
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Hi! 20 % off until Sunday.',
			description: "What to send. It may have {{contact.name}} and the like, which Chatwoot fills in. For WhatsApp the template is sent; left empty, its text stands here.",
		},
		...textFormatFields,
		{
			displayName: 'Start',
			name: 'scheduledAt',
			type: 'dateTime',
			default: '',
			displayOptions: oneOff,
			description: "When to send, in the workflow's time zone; left empty, at once; a time in the past is refused. Chatwoot looks every five minutes.",
		},
		{
			displayName: 'Audience',
			name: 'audienceFrom',
			type: 'options',
			options: [
				{ name: 'Contacts With Labels', value: 'labels', description: 'All contacts with any of the labels' },
				{ name: 'Input Items', value: 'items', description: 'All input items are the recipients of one campaign; the node makes a label for it, gives it to these contacts, and makes contacts of those who are none yet' },
			],
			default: 'labels',
			displayOptions: oneOff,
			description: 'Who gets the message',
		},
		...handOverFields({ campaignKind: ['oneOff'], audienceFrom: ['items'] }),
		{
			displayName: 'Audience Label Names or IDs',
			name: 'audience',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'labelIds', loadOptionsDependsOn: askedAgain },
			default: [],
			displayOptions: toLabels,
			description: 'Contacts with any of these labels get the message; labels by title in any spelling, or by ID. One that the account does not have stops the campaign. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		locatorAs(templateLocator, { displayOptions: oneOff, description: 'The approved template to send, for WhatsApp inboxes', optional: true }),
		{ ...templateVariables, displayOptions: oneOff },
		{
			displayName: 'Page URL',
			name: 'pageUrl',
			type: 'string',
			default: '',
			displayOptions: website,
			placeholder: 'e.g. https://www.example.com/pricing*',
			description: 'The page on which the message shows up; * stands for anything',
		},
		{
			displayName: 'Time on Page',
			name: 'timeOnPage',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			displayOptions: website,
			description: 'Seconds until the message shows up',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the campaign',
			options: [
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
					description: 'Whether a website campaign is switched on; one-off campaigns go out in any case',
				},
				{
					displayName: 'Only During Business Hours',
					name: 'onlyDuringBusinessHours',
					type: 'boolean',
					default: false,
					description: 'Whether a website campaign shows up only while the inbox is open',
				},
				locatorAs(agentLocator, { displayName: 'Sender', name: 'senderId', description: 'The agent whom visitors of the website see as sender', optional: true }),
				templateVariablesJson,
			],
		},
	],
	output: campaignOutput,
	read: readCampaign,
	unordered: 'Each item makes a record of its own',
	async begin(account, items) {
		const lists = new Map<number, CheckedList>();
		for (const { name, items: own } of campaignsIn(items, ({ body }) => String(body.title), ({ body, format, template }) => [body, format, template])) {
			lists.set(own[0]!.index, await checkList(own, name, peopleLookUp(account), account.http));
		}
		return lists;
	},
	async run({ kind, body: fields, format, template, audience, list }, account, { item, itemIndex, state: lists }) {
		const checked = lists.get(itemIndex);
		// The campaign of several items comes out with the first.
		if (list && !checked) return [];
		let body: IDataObject = audience ? { ...fields, audience: (await findLabelIds(account, audience)).map((id) => ({ type: 'Label', id })) } : fields;
		const inbox = await campaignInbox(account, Number(body.inbox_id), kind);
		const isWhatsapp = inbox.channel_type === 'Channel::Whatsapp';
		if (isWhatsapp && !template) throw account.http.error("'Template' is empty, but a WhatsApp campaign sends a template", 'Pick an approved template of the inbox.');
		const filled = template ? await fillTemplate(account, String(body.inbox_id), template) : undefined;
		const message = typeof body.message === 'string' ? campaignText(item, 'message', body.message, format, String(inbox.channel_type)) : filled?.text;
		if (message === undefined) throw account.http.error("'Message' is empty", 'Write what to send.');
		const texts = isWhatsapp ? valuesIn(filled?.params.processed_params) : [message];
		const made = checked ? await makeAudience(account, String(fields.title), checked) : undefined;
		if (made) body = { ...body, audience: [{ type: 'Label', id: made.id }] };
		const counts = Array.isArray(body.audience) ? await countAudience(account, (body.audience as IDataObject[]).map(({ id }) => Number(id)), texts) : undefined;
		const warnings = [await silentReason(account, inbox), counts && audienceWarning(counts, isWhatsapp), made && counts && counts.contacts !== made.labelled ? `The label was given to ${made.labelled} contacts, and Chatwoot lists ${counts.contacts}.` : undefined, isWhatsapp && !(await tellsResults(account)) ? noResults : undefined].filter(Boolean);
		const whole = { ...body, message, ...(filled ? { template_params: filled.params } : {}) };
		// A campaign that is made twice writes to everybody twice.
		const post = async () => await madeOnce(account.http, async () => await account.post('/campaigns', whole), {
			what: 'campaign',
			key: `campaign ${account.id} ${JSON.stringify(whole)}`,
			find: async () => rowsIn(await account.get('/campaigns')),
			isIt: (campaign) => campaign.title === body.title && campaign.message === message && Number(objectOrEmpty(campaign.inbox).id) === Number(body.inbox_id),
			madeAt: (campaign) => Date.parse(String(campaign.created_at)),
		});
		const send = async () => (isWhatsapp ? await forServersSince(account.client, '4.4', 'WhatsApp campaigns', post, ['422']) : await post());
		const campaign = withoutSecrets(await send().catch(async (error: unknown) => await Promise.reject(made && error instanceof NodeApiError ? toldOf(account, error, made) : error as Error)));
		const told = checked && made ? { ...listKeys({ addressed: checked.addressed, skipped: [...checked.skipped, ...made.failed] }), recipients: made.labelled, audienceLabel: made.title } : {};
		return { ...campaign, ...told, ...(counts ? { audienceCounts: { ...counts } } : {}), ...(warnings.length ? { warning: warnings.join(' ') } : {}) };
	},
});

/** The error of a campaign that was not made, with what was. */
function toldOf(account: AccountClient, { message, description }: NodeApiError, { title, labelled }: MadeAudience): NodeApiError {
	return account.http.error(message, `${description ?? ''} The label '${title}' was made and given to ${labelled} contacts; the next try makes another one.`.trim());
}

/** Contacts by phone, with their labels where a rule asks for them. */
function peopleLookUp(account: AccountClient): PeopleLookUp {
	const find = contactsByPhone(account);
	return {
		service: 'Chatwoot',
		tags: async () => rowsIn(await account.get('/labels')).map(({ title }) => String(title)),
		async look(e164, withTags) {
			const found = await find.ask(e164);
			const exact = found.filter(({ phone_number: phone }) => phone === e164);
			const [contact] = (exact.length ? exact : found).sort((a, b) => Number(a.id) - Number(b.id));
			if (!contact) return undefined;
			const labels = withTags ? await readCurrent(account, path`/contacts/${String(contact.id)}/labels`) : [];
			return { id: String(contact.id), contact: { ...toCommonContact(contact, account.client), tags: labels }, blocked: contact.blocked === true };
		},
	};
}

const noResults = "This Chatwoot keeps no results of WhatsApp campaigns: 'completed' does not tell who got it, and a message that WhatsApp refuses leaves no trace.";

/** Whether the server may tell later what became of the messages. */
async function tellsResults(account: AccountClient): Promise<boolean> {
	const { features } = await account.getOnce<{ features?: IDataObject }>('');
	return features?.campaign_analytics === true && (await account.client.serverIsAtLeast('4.18'));
}

/** All texts in a value. */
function valuesIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return value !== null && typeof value === 'object' ? Object.values(value).flatMap(valuesIn) : [];
}

function readCampaign(item: Item): Input {
	const kind = item.choice('campaignKind', ['oneOff', 'website'] as const) ?? 'oneOff';
	const extra = item.collection('additionalFields');
	const format = readTextFormat(item, 'message', item.text('message'));
	const common = {
		title: item.required('title'),
		message: item.text('message'),
		inbox_id: Number(readId(item, 'inboxId')),
		description: extra.text('description'),
	};
	if (kind === 'oneOff') {
		return {
			kind,
			format,
			template: item.locator('template') === undefined ? undefined : readTemplate(item, extra, 'fill'),
			body: withoutUndefined({ ...common, scheduled_at: readStart(item, 'scheduledAt') }),
			...(item.choice('audienceFrom', ['labels', 'items'] as const) === 'items' ? { list: readHandedOver(item) } : { audience: readAudience(item) }),
		};
	}
	const url = item.url('pageUrl');
	if (url === undefined) throw item.refuse('pageUrl', 'is empty', 'Give the address of the page, with https://; * stands for anything.');
	return {
		kind,
		format,
		body: withoutUndefined({
			...common,
			enabled: extra.boolean('enabled'),
			sender_id: optionalId(extra, 'senderId'),
			trigger_only_during_business_hours: extra.boolean('onlyDuringBusinessHours'),
			trigger_rules: filledIn({ url, time_on_page: item.number('timeOnPage', { min: 0, integer: true }) }),
		}),
	};
}

function readAudience(item: Item): NamedLabels {
	// The server takes a campaign without audience, or with a label that there is not, and sends nothing.
	const audience = readLabels(item, 'audience');
	if (audience.names.length === 0) throw item.refuse('audience', 'is empty', 'Pick at least one label; without it nobody gets the message.');
	return audience;
}
