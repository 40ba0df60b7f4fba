import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { HttpClient } from '../http/httpClient';
import { defaultCountry, readCountry } from '../operation/country';
import type { Item } from '../operation/item';
import type { ReadItem } from '../operation/operation';
import { phoneKey } from '../phone/compare';
import type { DefaultCountry } from '../phone/phone';
import { alreadyWrittenTo, leaveOutTags, optIn, phone, recipientName } from './descriptions';
import type { Known } from './interfaces';
import { checkSkipped, readSkipped } from './skipped';
import { leaveOutReason, tagsNamed } from './tags';

/** Input items as the recipients of a campaign that the service sends. */
export interface HandedOver {
	recipient: { e164: string; name?: string };
	optedIn: boolean;
	/** The same for all items of the campaign, as are the next two. */
	leaveOutTags: string[];
	skip: unknown;
	country: DefaultCountry;
}

/** The fields of {@link HandedOver}, shown when the recipients are the input items. */
export function handOverFields(show: Record<string, string[]>): INodeProperties[] {
	return [phone, defaultCountry, { ...recipientName, displayName: 'Recipient Name' }, optIn, leaveOutTags, alreadyWrittenTo].map((field) => ({ ...field, displayOptions: { show } }));
}

/** Reads {@link handOverFields}. */
export function readHandedOver(item: Item): HandedOver {
	item.required('phone');
	const country = readCountry(item);
	return {
		recipient: { e164: item.phone('phone', country)!.e164, name: item.text('recipientName') },
		optedIn: item.boolean('optIn') ?? false,
		leaveOutTags: item.list('leaveOutTags') ?? [],
		skip: item.raw('skip'),
		country,
	};
}

/** Somebody who stays on the list. */
export interface Addressed {
	item: Item;
	recipient: HandedOver['recipient'];
	known?: Known;
}

/** Who gets a campaign, and whom it leaves out, and why. */
export interface CheckedList {
	addressed: Addressed[];
	skipped: Array<{ phone: string; name: string | null; reason: string }>;
}

/** What a service has to tell of people, for the same checks that *Send* makes. */
export interface PeopleLookUp {
	service: string;
	tags(names: string[]): Promise<string[]>;
	/** @param withTags whether tags are needed */
	look(e164: string, withTags: boolean): Promise<Known | undefined>;
}

/** People who are looked up at the same time. */
const atOnce = 10;

/**
 * The checks of *Send*, before a list is handed over: each person once, with consent, not on the list of those written to,
 * without a tag that keeps them out, and not blocked.
 *
 * @throws NodeOperationError when nobody is left, or a rule cannot be kept
 */
export async function checkList(items: Array<ReadItem<{ list: HandedOver }>>, campaign: string, { service, tags, look }: PeopleLookUp, http: HttpClient): Promise<CheckedList> {
	const { item: first, input: { list: rules } } = items[0]!;
	for (const { item, input: { list } } of items) {
		for (const [key, label] of [['leaveOutTags', 'Leave Out Tags'], ['skip', 'Already Written To']] as const) {
			if (JSON.stringify(list[key]) !== JSON.stringify(rules[key])) throw item.refuseLabel(label, `is not the same for all items of the campaign '${campaign}'`, 'A campaign has one set of rules. Give it the same value for all items.');
		}
	}
	const skip = readSkipped(rules.skip, rules.country, first);
	checkSkipped(skip, false, items.map(({ input: { list } }) => list.recipient.e164), first, http);
	const out = rules.leaveOutTags.length ? tagsNamed(await tags(rules.leaveOutTags), rules.leaveOutTags, 'Leave Out Tags', service, first) : [];
	const checked: CheckedList = { addressed: [], skipped: [] };
	const seen = new Set<string>();
	const leave = ({ recipient }: HandedOver, reason: string) => checked.skipped.push({ phone: recipient.e164, name: recipient.name ?? null, reason });
	const left = items.filter(({ input: { list } }) => {
		const key = phoneKey(list.recipient.e164);
		const reason = seen.has(key) ? 'The same phone came before in this run' : skip.has(key) ? "Is on the list 'Already Written To'" : list.optedIn ? undefined : 'Has not opted in';
		seen.add(key);
		if (reason !== undefined) leave(list, reason);
		return reason === undefined;
	});
	for (let from = 0; from < left.length; from += atOnce) {
		const some = left.slice(from, from + atOnce);
		const people = await Promise.all(some.map(async ({ input: { list } }) => await look(list.recipient.e164, out.length > 0)));
		for (const [position, { item, input: { list } }] of some.entries()) {
			const known = people[position];
			const reason = leaveOutReason(known, { leaveOutTags: out }, service);
			if (reason === undefined) checked.addressed.push({ item, recipient: list.recipient, known });
			else leave(list, reason);
		}
	}
	if (checked.addressed.length === 0) throw first.refuse('phone', `leaves nobody for the campaign '${campaign}': ${checked.skipped[0]?.reason ?? 'there is no recipient'}`, 'Nothing was sent and no campaign was made.');
	http.notices.add(`Campaign '${campaign}': ${checked.addressed.length} people handed over${checked.skipped.length ? `, ${checked.skipped.length} left out` : ''}.`);
	return checked;
}

/** What stands in the campaign's item of the list it was made for. */
export const listKeys = ({ addressed, skipped }: CheckedList): IDataObject => ({ recipients: addressed.length, skipped: skipped as unknown as IDataObject[] });

/**
 * The items of each campaign of a run, by its name.
 *
 * @param settings what has to be the same for all items of one campaign
 */
export function campaignsIn<Input extends { list?: HandedOver }>(items: Array<ReadItem<Input>>, nameOf: (input: Input) => string, settings: (input: Input) => unknown): Array<{ name: string; items: Array<ReadItem<Input & { list: HandedOver }>> }> {
	const campaigns = new Map<string, Array<ReadItem<Input & { list: HandedOver }>>>();
	for (const entry of items) {
		if (!entry.input.list) continue;
		const name = nameOf(entry.input);
		const own = campaigns.get(name) ?? [];
		campaigns.set(name, own);
		own.push(entry as ReadItem<Input & { list: HandedOver }>);
		if (JSON.stringify(settings(own[0]!.input)) !== JSON.stringify(settings(entry.input))) {
			throw entry.item.refuse('phone', `belongs to the campaign '${name}', whose settings differ from item to item`, 'All input items with one name are the recipients of one campaign, so everything but phone, name and consent has to be the same for all of them.');
		}
	}
	return [...campaigns].map(([name, own]) => ({ name, items: own }));
}
