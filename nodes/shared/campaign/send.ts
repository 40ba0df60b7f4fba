import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { CommonContact } from '../contact/contact';
import type { HttpClient } from '../http/httpClient';
import type { Fields, Item } from '../operation/item';
import { readCountry } from '../operation/country';
import { LostWrites } from '../operation/lostWrites';
import type { LaterAnswers, Operation, ReadItem } from '../operation/operation';
import type { DefaultCountry } from '../phone/phone';
import { findByName } from '../values/names';
import type { CampaignFields } from './descriptions';
import { campaignFields } from './descriptions';
import type { CampaignRow, CampaignRules, CampaignSender, Known, MessageProblem, Recipient } from './interfaces';
import { CampaignLock, CampaignMemory } from './memory';
import { personalise, placeholderProblem, placeholdersIn } from './personalise';
import { reportFile } from './report';
import { differingRule, readCampaignRules } from './rules';
import { CampaignRun, type Job } from './run';
import { checkSkipped, readSkipped } from './skipped';
import { tagsNamed } from './tags';

/** What a vendor brings for *Campaign: Send*. */
export interface CampaignVendor<Client, Message> {
	fields: CampaignFields;
	/** Reads the vendor's own fields of an item. */
	read(item: Item): Message;
	/** The sender of a campaign; `once` is whether Send Only Once is on. */
	sender(client: Client, first: ReadItem<CampaignInput<Message>>): CampaignSender<Message>;
}

export interface CampaignInput<Message> {
	rules: CampaignRules;
	message: Message;
	country: DefaultCountry;
	optedIn: boolean;
	/** Undefined for recipients by tags. */
	recipient?: { e164: string; name?: string };
	tags: string[];
	match: 'all' | 'any';
	limit?: number;
	safety: Fields;
	report: boolean;
}

interface State {
	/** The rows of each item, by its index. */
	rows: Map<number, Array<Promise<CampaignRow>>>;
	finish(): Promise<LaterAnswers>;
}

/** A campaign that may go. */
interface Begun {
	go(): Promise<void>;
	lock: CampaignLock;
	/** The items whose rows are to be told in a page. */
	report?: { item: Item; campaign: string; service: string; indexes: number[] };
}

/** A recipient on its way to becoming a {@link Job}. */
interface Draft<Message> {
	item: Item;
	index: number;
	recipient?: Recipient;
	known?: Known;
	message: Message;
	problem?: MessageProblem;
}

/** *Campaign: Send* of a vendor: the same fields, the same rows, the same rules. */
export function campaignSend<Client extends { http: HttpClient }, Message>({ fields, read, sender }: CampaignVendor<Client, Message>): Omit<Operation<Client, CampaignInput<Message>, State>, 'forModel' | 'orderingKey' | 'output'> {
	const properties: INodeProperties[] = campaignFields(fields);
	return {
		option: {
			name: 'Send',
			value: 'send',
			action: 'Send campaign',
			description: 'Send an approved WhatsApp template to many people, each once, at the pace you set; can be run again to go on where it stopped',
		},
		properties,
		// The campaign itself goes through its people one after the other.
		unordered: 'the campaign keeps the order',
		read: (item) => readCampaign(item, read),
		begin: async (client, items) => await beginCampaigns(client, items, sender),
		async run(_, __, { itemIndex, state }) {
			return await Promise.all(state.rows.get(itemIndex) ?? []);
		},
		end: async (state) => await state.finish(),
	};
}

function readCampaign<Message>(item: Item, read: (item: Item) => Message): CampaignInput<Message> {
	const byTags = item.choice('recipients', ['items', 'tags'] as const) === 'tags';
	const tags = byTags ? (item.list('tags') ?? []) : [];
	if (byTags && tags.length === 0) throw item.refuse('tags', 'is empty', 'Give at least one tag; a campaign to all contacts is not sent by leaving it out.');
	if (!byTags) item.required('phone');
	const country = readCountry(item);
	return {
		rules: readCampaignRules(item),
		message: read(item),
		country,
		optedIn: item.boolean('optIn') ?? false,
		recipient: byTags ? undefined : { e164: item.phone('phone', country)!.e164, name: item.text('recipientName') },
		tags,
		match: byTags ? (item.choice('match', ['all', 'any'] as const) ?? 'all') : 'all',
		limit: byTags ? (item.number('maxRecipients', { min: 0, integer: true }) || undefined) : undefined,
		safety: item.collection('safety'),
		report: item.collection('additionalFields').boolean('report') ?? false,
	};
}

/** Checks everything that can be known before the first message, then lets the campaigns go, one after the other. */
async function beginCampaigns<Client extends { http: HttpClient }, Message>(
	client: Client,
	items: Array<ReadItem<CampaignInput<Message>>>,
	senderOf: CampaignVendor<Client, Message>['sender'],
): Promise<State> {
	const campaigns = new Map<string, Array<ReadItem<CampaignInput<Message>>>>();
	for (const entry of items) {
		const own = campaigns.get(entry.input.rules.name);
		if (own) own.push(entry);
		else campaigns.set(entry.input.rules.name, [entry]);
	}
	const rows = new Map<number, Array<Promise<CampaignRow>>>();
	const begun: Begun[] = [];
	let isReady = false;
	try {
		for (const own of campaigns.values()) begun.push(await beginCampaign(client, own, senderOf(client, own[0]!), rows));
		isReady = true;
	} finally {
		// The locks go with the run that is refused.
		if (!isReady) for (const { lock } of begun) lock.release();
	}
	const finished = (async () => {
		for (const { go } of begun) await go();
	})();
	return {
		rows,
		async finish() {
			await finished;
			for (const { lock } of begun) lock.release();
			return await withReports(begun, rows);
		},
	};
}

/** The first item of each campaign that is to have a report, with it. */
async function withReports(begun: Begun[], rows: State['rows']): Promise<LaterAnswers> {
	const later = new Map<number, Array<CampaignRow | INodeExecutionData>>();
	for (const { report } of begun) {
		const first = report?.indexes.find((index) => rows.get(index)?.length);
		if (!report || first === undefined) continue;
		const all = (await Promise.all(report.indexes.map(async (index) => await Promise.all(rows.get(index) ?? [])))).flat();
		const [top, ...rest] = await Promise.all(rows.get(first)!);
		later.set(first, [{ json: top!, binary: { report: await reportFile(report.item.context, report.campaign, report.service, all) } }, ...rest]);
	}
	return later as LaterAnswers;
}

async function beginCampaign<Message>(
	{ http }: { http: HttpClient },
	items: Array<ReadItem<CampaignInput<Message>>>,
	sender: CampaignSender<Message>,
	rows: Map<number, Array<Promise<CampaignRow>>>,
): Promise<Begun> {
	const { item, input: { rules: given, country } } = items[0]!;
	for (const other of items) {
		const label = differingRule(given, other.input.rules);
		if (label !== undefined) throw other.item.refuseLabel(label, `is not the same for all items of the campaign '${given.name}'`, 'A campaign has one set of rules. Give it the same value for all items, or another Campaign Name to the others.');
	}
	const skip = readSkipped(given.skip, country, item);
	await sender.prepare?.();
	const { rules, openMark, byTags } = await withTags(given, items, sender);

	const drafts: Array<Draft<Message>> = [];
	for (const entry of items) drafts.push(...(await draftsOf(entry, byTags, sender)));
	checkSkipped(skip, given.skipMayMatchNobody, drafts.flatMap(({ recipient }) => (recipient ? [recipient.e164] : [])), item, http);
	await checkPlaceholders(drafts, sender);
	for (const draft of drafts) if (draft.recipient) draft.problem = await sender.check(draft.message);
	const general = drafts.find(({ problem }) => problem?.forAll);
	const worst = general ?? (drafts.length > 0 && drafts.every(({ problem }) => problem) ? drafts[0] : undefined);
	if (worst?.problem) throw worst.item.refuse(worst.problem.field, worst.problem.what, worst.problem.advice);

	const { context } = item;
	const lock = new CampaignLock(`${sender.account} ${rules.name}`);
	const isOurs = rules.dryRun || lock.take();
	const workflow = context.getMode() === 'manual' ? undefined : String(context.getWorkflow().id);
	const memory = new CampaignMemory(context.getWorkflowStaticData('global'), sender.service, rules.name, workflow, !rules.dryRun && isOurs);
	const run = new CampaignRun(sender, rules, memory, skip, http.signal, openMark, rules.markTag === undefined ? undefined : new LostWrites(http));
	// Once locked out, locked out for good: what this execution knows may be older than what the other has sent.
	if (!isOurs) run.stop('Another execution is sending this campaign at the moment');

	const jobs: Array<Job<Message>> = [];
	for (const draft of drafts) {
		const own = rows.get(draft.index) ?? [];
		rows.set(draft.index, own);
		if (!draft.recipient) {
			own.push(Promise.resolve(rowWithoutPhone(rules.name, draft.known!, sender.service)));
			continue;
		}
		const { recipient, problem, message } = draft;
		const text = problem ? undefined : await sender.text(message);
		own.push(new Promise((settle) => {
			jobs.push({ recipient, message: problem ? undefined : message, text, problem: problem && (problem.isMissing ? 'A variable of the template has no value' : `'${draft.item.label(problem.field)}' ${problem.what}`), settle });
		}));
	}
	return {
		lock,
		report: items.some(({ input }) => input.report) ? { item, campaign: rules.name, service: sender.service, indexes: items.map(({ index }) => index) } : undefined,
		async go() {
			await run.run(jobs);
			http.notices.add(summaryText(rules.name, run.counts));
		},
	};
}

/** Tags by the names that the account has for them: one that nobody has protects nobody, so it stops the campaign. */
async function withTags<Message>(given: CampaignRules, items: Array<ReadItem<CampaignInput<Message>>>, sender: CampaignSender<Message>) {
	const wanted = [...new Set([...given.leaveOutTags, ...(given.markTag === undefined ? [] : [given.markTag]), ...items.flatMap(({ input }) => input.tags)])];
	const { item } = items[0]!;
	if (wanted.length > 0 && !sender.tags) throw item.refuse('leaveOutTags', `cannot be used: ${sender.service} gives contacts no tags`, 'Leave it empty.');
	const known = wanted.length > 0 ? await sender.tags!(wanted) : [];
	const named = (label: string, tags: string[]) => tagsNamed(known, tags, label, sender.service, item);
	const leaveOutTags = named('Leave Out Tags', given.leaveOutTags);
	const markFound = given.markTag === undefined ? undefined : findByName(known, given.markTag, (name) => [name]);
	if (given.markTag !== undefined && markFound === undefined && !sender.hidesTags) named('Mark With Tag', [given.markTag]);
	return {
		rules: { ...given, leaveOutTags, markTag: markFound ?? given.markTag },
		openMark: given.markTag !== undefined && markFound === undefined,
		byTags: (tags: string[]) => named('Tags', tags),
	};
}

/** The recipients of an item: itself, or the contacts with its tags. */
async function draftsOf<Message>({ item, index, input }: ReadItem<CampaignInput<Message>>, byTags: (tags: string[]) => string[], sender: CampaignSender<Message>): Promise<Array<Draft<Message>>> {
	const { recipient, optedIn, message } = input;
	if (recipient) return [{ item, index, recipient: { ...recipient, optedIn, input: item.json }, message }];
	const found = await sender.recipients!(byTags(input.tags), input.match, message);
	return found.slice(0, input.limit).map((known) => {
		const { contact } = known;
		return {
			item, index, known,
			recipient: contact.phone === null ? undefined : { e164: contact.phone, name: contact.name ?? undefined, optedIn, input: null },
			message,
		};
	});
}

/** What is left of an expression that was not resolved. */
function hasDoubleBraces(text: string): boolean {
	const opened = text.indexOf('{{');
	return opened >= 0 && text.includes('}}', opened + 2);
}

/** Fills {name} and the like for contacts; what nobody has, and double braces, stop the campaign. */
async function checkPlaceholders<Message>(drafts: Array<Draft<Message>>, sender: CampaignSender<Message>): Promise<void> {
	const fields = new Set(drafts.flatMap(({ known }) => Object.keys(known?.contact.customFields ?? {})));
	for (const draft of drafts) {
		const own = aboutOf(draft);
		draft.message = sender.fill(draft.message, (text) => {
			// Values of input items may have braces of their own; those of expressions that were not resolved, never.
			const problem = draft.known || placeholdersIn(text).length > 0 ? placeholderProblem(text, fields) : hasDoubleBraces(text) ? `has double braces: ${text.slice(0, 60)}` : undefined;
			if (problem !== undefined) throw draft.item.refuseLabel('Template Variables', problem, 'Use {name}, {first name}, {phone}, {email} or {a custom field}, or an expression. Nothing was sent.');
			return personalise(text, own);
		});
	}
}

function aboutOf<Message>({ known, recipient }: Draft<Message>): Pick<CommonContact, 'customFields' | 'email' | 'name' | 'phone'> {
	return known?.contact ?? { name: recipient?.name ?? null, email: null, phone: recipient?.e164 ?? null, customFields: {} };
}

function rowWithoutPhone(campaign: string, { contact }: Known, service: string): CampaignRow {
	return { campaign, phone: null, name: contact.name, status: 'notSent', reason: `${service} shows no phone for this contact`, messageId: null, text: null, at: new Date().toISOString(), input: null };
}

/** The counts of a campaign in one sentence. */
function summaryText(name: string, counts: IDataObject): string {
	const parts = Object.entries(counts).filter(([, count]) => Number(count) > 0).sort(([a], [b]) => a.localeCompare(b, 'en')).map(([status, count]) => `${String(count)} ${status}`);
	return `Campaign '${name}': ${parts.join(', ') || 'nobody'}`;
}
