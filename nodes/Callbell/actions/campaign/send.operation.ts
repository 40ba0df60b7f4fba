import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Fields, Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import { toE164 } from '../../../shared/phone/phone';
import { objectOrEmpty } from '../../../shared/values/read';
import type { TemplateInput } from '../../descriptions/template';
import { misfit, readTemplateFields, templateBody, templateFields, variablesList } from '../../descriptions/template';
import type { CallbellClient } from '../../transport/client';
import { findContacts } from '../contact/getAll.operation';
import { messageExtras, readMessageBase, sendingChannel } from '../message/message.fields';
import { filledIn } from '../template/template';
import type { SendingHours } from './campaign';
import { isTimeZone, minutesOf, personalise, remember, remembered } from './campaign';
import type { CampaignRow, CampaignRules } from './run';
import { CampaignLock, CampaignMemory, CampaignRun } from './run';

const only = (recipients: string) => ({ show: { recipients: [recipients] } });

interface Input {
	rules: CampaignRules;
	template: TemplateInput;
	base: IDataObject;
	/** Phones that are not written to. */
	skip: string[];
	phone?: string;
	tags: string[];
	leaveOut: string[];
	match: 'all' | 'any';
	limit?: number;
}

const campaignName: INodeProperties = {
	displayName: 'Campaign Name',
	name: 'campaignName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Black Friday 2026',
	description: 'Under this name the workflow remembers who was written to, so that nobody gets the campaign twice; n8n remembers for active workflows, not for tests in the editor',
};

/** `POST /messages/send` with a template for each recipient, at a pace; Callbell has no call for many. */
export const send = operation<CallbellClient, Input>({
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send campaign',
		description: 'Send an approved WhatsApp template to many people, each once, at the pace you set; can be run again to go on where it stopped',
	},
	properties: [
		campaignName,
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to only show who would get what; nothing is sent until this is off',
		},
		sendingChannel,
		{
			displayName: 'Recipients',
			name: 'recipients',
			type: 'options',
			options: [
				{ name: 'Contacts With Tags', value: 'tags', description: 'All WhatsApp contacts of Callbell that have the tags' },
				{ name: 'Input Items', value: 'items', description: 'One recipient for each input item' },
			],
			default: 'items',
			description: 'Who gets the template',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			required: true,
			displayOptions: only('items'),
			placeholder: 'e.g. {{ $json.phone }}',
			description: 'The WhatsApp number of the item, in any common spelling',
		},
		{ ...defaultCountry, displayOptions: only('items') },
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
			default: [],
			required: true,
			displayOptions: only('tags'),
			placeholder: 'e.g. Call back',
			description: 'Who has these tags gets the template; in its variables {name}, {first name}, {phone} and {any custom field} stand for the contact',
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
		{
			displayName: 'Leave Out Tags',
			name: 'leaveOutTags',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
			default: [],
			displayOptions: only('tags'),
			placeholder: 'e.g. Opted out',
			description: 'Contacts with one of these tags get nothing, for example those who no longer want messages',
		},
		{
			displayName: 'Max Recipients',
			name: 'maxRecipients',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			displayOptions: only('tags'),
			description: 'At most this many contacts; 0 means all',
		},
		...templateFields,
		{
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
					description: 'At most this many; 0 means as fast as Callbell answers',
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
		},
		{
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
		},
		{
			displayName: 'Safety',
			name: 'safety',
			type: 'collection',
			placeholder: 'Add Safety',
			default: {},
			description: 'When to stop, and who is left out. It always stops when the WhatsApp credit is used up.',
			options: [
				{
					displayName: 'Already Written To',
					name: 'skip',
					type: 'json',
					default: '[]',
					description: 'Phones that get nothing: a list of phones, or the output of an earlier run of this campaign (rows that were sent or are unsure)',
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
					displayName: 'Mark With Tag',
					name: 'markTag',
					type: 'string',
					default: '',
					placeholder: 'e.g. Black Friday sent',
					description: 'Tag that everyone gets who was written to; whoever has it already is left out. It must exist in Callbell. This survives a crash of n8n.',
				},
				{
					displayName: 'Stop at Failure Rate',
					name: 'failureRate',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 100 },
					default: 20,
					description: 'Percentage of failed messages above which nothing more is sent',
				},
			],
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the messages',
			options: [
				messageExtras.assignedUser,
				messageExtras.bot,
				messageExtras.metadata,
				messageExtras.metadataJson,
				messageExtras.team,
				variablesList,
			],
		},
	],
	read: readCampaign,
	// One after the other: a campaign has one pace.
	orderingKey: () => 'campaign',
	run: sendToRecipients,
});

function readCampaign(item: Item): Input {
	const byTags = item.choice('recipients', ['items', 'tags'] as const) === 'tags';
	const pacing = item.collection('pacing');
	const hours = item.collection('sendingHours');
	const safety = item.collection('safety');
	const base = readMessageBase(item);
	const tags = byTags ? (item.list('tags') ?? []) : [];
	if (byTags && tags.length === 0) throw item.refuse('tags', 'is empty', 'Give at least one tag; a campaign to all contacts is not sent by leaving it out.');
	const perMinute = pacing.number('perMinute', { min: 0 }) ?? 60;
	const chunkSize = pacing.number('chunkSize', { min: 1, integer: true });
	const chunkPause = pacing.number('chunkPause', { min: 1 });
	const failureRate = safety.number('failureRate', { min: 0, max: 100 });
	if (!byTags) item.required('phone');
	return {
		rules: {
			name: item.required('campaignName'),
			dryRun: item.boolean('dryRun') ?? true,
			perMinute: perMinute > 0 ? perMinute : undefined,
			chunk: chunkSize === undefined && chunkPause === undefined ? undefined : { size: chunkSize ?? 100, pause: (chunkPause ?? 300) * 1000 },
			hours: readHours(item, hours),
			whenClosed: hours.choice('whenClosed', ['stop', 'wait'] as const) ?? 'stop',
			failures: failureRate === undefined ? undefined : { share: failureRate / 100, after: safety.number('failuresAfter', { min: 1, integer: true }) ?? 20 },
			markTag: safety.text('markTag'),
			channelId: String(base.channel_uuid),
		},
		template: readTemplateFields(item),
		base,
		skip: readSkip(item, safety),
		phone: byTags ? undefined : item.phone('phone', readCountry(item))!.e164,
		tags,
		leaveOut: byTags ? (item.list('leaveOutTags') ?? []) : [],
		match: byTags ? (item.choice('match', ['all', 'any'] as const) ?? 'all') : 'all',
		limit: byTags ? (item.number('maxRecipients', { min: 0, integer: true }) || undefined) : undefined,
	};
}

function readHours(item: Item, hours: Fields): SendingHours | undefined {
	const [from, until] = [hours.text('from'), hours.text('until')];
	const days = (hours.list('days') ?? []).map(Number);
	if (from === undefined && until === undefined && days.length === 0) return undefined;
	const timezone = hours.text('timezone') ?? item.timezone();
	if (!isTimeZone(timezone)) throw item.refuseLabel('Time Zone', `is '${timezone}', which is no time zone`, 'Give a name such as America/Fortaleza or Europe/Lisbon.');
	const minutes = (label: string, text: string) => {
		const found = minutesOf(text);
		if (found === undefined) throw item.refuseLabel(label, `is '${text}', not a time of day`, 'Give hours and minutes, for example 09:00.');
		return found;
	};
	return { from: minutes('From', from ?? '0:00'), until: minutes('Until', until ?? '24:00'), days, timezone };
}

/** Phones, or rows of an earlier run: those that were not sent may be tried again. */
function readSkip(item: Item, safety: Fields): string[] {
	const given = safety.raw('skip');
	if (given === undefined || given === null || given === '') return [];
	let list: unknown = given;
	if (typeof given === 'string') {
		try {
			list = JSON.parse(given);
		} catch {
			list = given.split(/[,;\n]/);
		}
	}
	if (!Array.isArray(list)) throw item.refuseLabel('Already Written To', 'is not a list', 'Give a list of phones, or the output of an earlier run.');
	return list.flatMap((entry: unknown) => {
		const row = objectOrEmpty(entry);
		const record = objectOrEmpty(row.json ?? row);
		const phone = typeof entry === 'object' ? (['notSent', 'dryRun'].includes(String(record.status)) ? undefined : record.phone) : entry;
		const read = phone === undefined ? undefined : toE164(phone, { defaultCountry: 'BR' });
		return read?.ok ? [phoneKey(read.e164)] : [];
	});
}

/** One run of the campaign for all items of one run of the node. */
const runs = new WeakMap<CallbellClient, Map<string, CampaignRun>>();

function campaignRun(callbell: CallbellClient, { rules, skip }: Input, item: Item): CampaignRun {
	const ofClient = runs.get(callbell) ?? new Map<string, CampaignRun>();
	runs.set(callbell, ofClient);
	let run = ofClient.get(rules.name);
	if (!run) {
		const { context } = item;
		const campaign = `${String(context.getWorkflow().id)} ${rules.name}`;
		const lock = new CampaignLock(campaign, context.getExecutionId());
		const staticData = context.getWorkflowStaticData('global');
		// Who only looks on must not change what n8n stores: it would overwrite what the sender remembers.
		const sends = !rules.dryRun && lock.hold();
		const done = sends ? remember(staticData, rules.name, Date.now()) : { ...remembered(staticData, rules.name) };
		const memory = new CampaignMemory(done, context.getMode() === 'manual' ? undefined : campaign);
		run = new CampaignRun(callbell, rules, memory, new Set(skip), lock);
		ofClient.set(rules.name, run);
	}
	return run;
}

async function sendToRecipients(input: Input, callbell: CallbellClient, { item }: { item: Item }): Promise<CampaignRow[]> {
	const { template, base, phone, tags, match, leaveOut, limit } = input;
	const run = campaignRun(callbell, input, item);
	const chosen = await callbell.template(template.templateId);
	const problem = misfit(template, chosen);
	// What is wrong with the first recipient is mostly wrong with all, so it stops the node; later on it would lose what is done.
	if (problem && !run.begun) throw item.refuse(problem.field, problem.what, problem.advice);
	const write = async (e164: string, values: string[], contact?: IDataObject) => {
		const wrong = misfit({ ...template, values }, chosen);
		if (wrong) return run.refuse(e164, contact?.name ? String(contact.name) : null, `'${item.label(wrong.field)}' ${wrong.what}`);
		return await run.write({ e164, optedIn: template.optedIn, contact }, { ...base, ...templateBody({ ...template, values }, chosen) }, filledIn(chosen, values));
	};
	if (phone !== undefined) {
		const row = await write(phone, template.values);
		if (item.index === item.context.getInputData().length - 1) run.finish();
		return [row];
	}

	const contacts = (await findContacts(callbell, { tags, match, ignoreCase: false, query: { source: 'whatsapp' } }))
		.filter((contact) => !leaveOut.some((tag) => Array.isArray(contact.tags) && contact.tags.map(String).includes(tag)));
	const rows: CampaignRow[] = [];
	for (const contact of contacts.slice(0, limit)) {
		if (callbell.http.signal?.aborted) break;
		const digits = String(contact.phoneNumber ?? '').replace(/\D/g, '');
		rows.push(digits
			? await write(`+${digits}`, template.values.map((value) => personalise(value, contact)), contact)
			: run.refuse(null, contact.name ? String(contact.name) : null, 'Callbell shows no phone for this contact'));
	}
	run.finish();
	return rows;
}
