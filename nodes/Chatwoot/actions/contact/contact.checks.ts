import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { now, pause } from '../../../shared/http/pause';
import { path } from '../../../shared/http/httpClient';
import type { LaterAnswers } from '../../../shared/operation/operation';
import { readCurrent } from '../../helpers/labels';
import type { AccountClient } from '../../transport/client';
import { contactIn } from './contact.calls';
import { differenceTo } from './contact.difference';
import { exactCondition, filterContacts, nameOf } from './contact.people';

export interface Given {
	index: number;
	/** What the item gave. */
	answer: IDataObject;
	body: IDataObject;
}

interface Merged {
	contact: IDataObject;
	/** What the server merges into what is there, without a lock. */
	attributes: IDataObject;
	labels: Set<string>;
	given?: Given;
}

/** How many contacts one filter reads back: one page. */
const contactsAtOnce = 15;
/** Milliseconds in which others who have read before us have written, too. */
const settling = 300;
const rounds = 3;

/**
 * Looks at what a run has written once more after the last item. The server has no unique index on phones, so two
 * creates at once may both succeed; and it merges labels and attributes without a lock, so one of two writes at once
 * may be lost. Neither can be seen in the answer to the write.
 */
export class ContactChecks {
	private readonly made: Given[] = [];
	private readonly merged = new Map<string, Merged>();
	private lastWrite = 0;

	constructor(private readonly account: AccountClient) {}

	/** Attributes were written to a contact that was there before. */
	wrote(contact: IDataObject, { additional_attributes: additional, custom_attributes: custom }: IDataObject): void {
		if (additional === undefined && custom === undefined) return;
		const entry = this.entry(contact);
		for (const [key, values] of [['additional_attributes', additional], ['custom_attributes', custom]] as const) {
			if (values !== undefined) entry.attributes[key] = { ...(entry.attributes[key] as IDataObject | undefined), ...(values as IDataObject) };
		}
	}

	/** Labels were added to a contact that was there before. */
	labelled(contact: IDataObject, labels: string[]): void {
		for (const label of labels) this.entry(contact).labels.add(label);
	}

	/** What an item gave; what is found out later takes its place. */
	gave(index: number, answer: IDataObject, body: IDataObject): void {
		if (answer.created === true && answer.phone_number) this.made.push({ index, answer, body });
		const entry = this.merged.get(String(answer.id));
		if (entry) entry.given = { index, answer, body };
	}

	async finish(): Promise<LaterAnswers> {
		const later = new Map<number, IDataObject>();
		for (let start = 0; start < this.made.length; start += contactsAtOnce) await this.joinTwins(this.made.slice(start, start + contactsAtOnce), later);
		await this.repeatWhatIsMissing(later);
		return later;
	}

	private entry(contact: IDataObject): Merged {
		const id = String(contact.id);
		const entry = this.merged.get(id) ?? { contact, attributes: {}, labels: new Set<string>() };
		entry.contact = contact;
		this.merged.set(id, entry);
		this.lastWrite = now();
		return entry;
	}

	/** Merges contacts that somebody else has made at the same time into the older of the two. */
	private async joinTwins(made: Given[], later: Map<number, IDataObject>): Promise<void> {
		const found = await filterContacts(this.account, made.map(({ answer }) => [phoneCondition(answer)]));
		for (const given of made) {
			const joined = await this.join(found.filter(({ phone_number }) => phone_number === given.answer.phone_number), given, []);
			if (joined) later.set(given.index, joined);
		}
	}

	/**
	 * As at the end of the run, for a contact that this run has just created and that takes no change: another run has
	 * made the same, or has merged ours into its own already.
	 *
	 * @param labels to add
	 * @returns what the item gives instead; undefined when nobody else has the phone
	 */
	async joinNow(given: Given, labels: string[]): Promise<IDataObject | undefined> {
		if (!given.answer.phone_number) return undefined;
		const found = await filterContacts(this.account, [[phoneCondition(given.answer)]]);
		return await this.join(found.filter(({ phone_number }) => phone_number === given.answer.phone_number), given, labels);
	}

	private async join(found: IDataObject[], { answer, body }: Given, more: string[]): Promise<IDataObject | undefined> {
		const twins = [...found].sort((a, b) => Number(a.id) - Number(b.id));
		const [base, ...younger] = twins;
		if (!base || (younger.length === 0 && String(base.id) === String(answer.id))) return undefined;
		const ids = twins.map(({ id }) => String(id)).filter((id) => id !== String(base.id));
		const { http } = this.account;
		try {
			const labels = new Set([...more, ...(Array.isArray(answer.labels) ? answer.labels.map(String) : [])]);
			for (const { id } of twins) for (const label of await readCurrent(this.account, path`/contacts/${String(id)}/labels`).catch(ifGone<string[]>([]))) labels.add(label);
			for (const { id } of younger) {
				// The other run may have merged them meanwhile.
				await this.account.post('/actions/contact_merge', { base_contact_id: Number(base.id), mergee_contact_id: Number(id) }).catch(ifGone({}));
			}
			const address = path`/contacts/${String(base.id)}`;
			const before = contactIn(await this.account.get(address));
			const change = differenceTo(before, body);
			const contact = Object.keys(change).length ? contactIn(await this.account.patch(address, change)) : before;
			const own = await readCurrent(this.account, `${address}/labels`);
			const all = [...new Set([...own, ...labels])];
			if (all.length > own.length) await this.account.postAgain(`${address}/labels`, { labels: all });
			// The other run writes to it as well.
			this.wrote(contact, change);
			this.labelled(contact, all);
			http.notices.add('Another run created the same contact at the same time; the younger one was merged into the older.');
			return {
				...answer, ...contact, ...(all.length ? { labels: all } : {}),
				created: String(base.id) === String(answer.id), mergedContacts: ids.length ? ids : [String(answer.id)],
			};
		} catch (error) {
			http.notices.add(`${twins.map(nameOf).join(' and ')} have the same phone, and could not be merged${error instanceof Error ? `: ${error.message}` : ''}. Merge them, since Chatwoot takes no change of either.`);
			return { ...answer, notApplied: [`The phone belongs to ${twins.map(nameOf).join(' and ')}; merge them`] };
		}
	}

	private async repeatWhatIsMissing(later: Map<number, IDataObject>): Promise<void> {
		let open = [...this.merged.values()];
		for (let round = 1; open.length > 0; round += 1) {
			await pause(settling * round - (now() - this.lastWrite), this.account.http.signal);
			const lost: Merged[] = [];
			for (let start = 0; start < open.length; start += contactsAtOnce) {
				const some = open.slice(start, start + contactsAtOnce);
				for (const entry of new Set([...await this.lostAttributes(some, round), ...await this.lostLabels(some, round)])) lost.push(entry);
			}
			this.lastWrite = now();
			if (lost.length > 0 && round === rounds) return this.tellLost(lost, later);
			open = lost;
		}
	}

	/** Contacts of which attributes are missing; they are written again, except in the last round. */
	private async lostAttributes(entries: Merged[], round: number): Promise<Merged[]> {
		const wanted = entries.filter(({ attributes }) => Object.keys(attributes).length > 0);
		const found = await this.readBack(wanted);
		const lost: Merged[] = [];
		for (const entry of wanted) {
			const contact = found.get(String(entry.contact.id));
			const missing = contact ? differenceTo(contact, entry.attributes) : {};
			if (Object.keys(missing).length === 0) continue;
			lost.push(entry);
			if (round < rounds) await this.account.patch(path`/contacts/${String(entry.contact.id)}`, missing);
		}
		return lost;
	}

	/** As {@link lostAttributes}, for labels. */
	private async lostLabels(entries: Merged[], round: number): Promise<Merged[]> {
		const wanted = entries.filter(({ labels }) => labels.size > 0);
		const complete = new Set<string>();
		if (wanted.length > 1) {
			const question = wanted.flatMap(({ contact, labels }) => {
				const condition = exactCondition(contact);
				return condition ? [[condition, ...[...labels].map((label) => ({ attribute_key: 'labels', values: [label] }))]] : [];
			});
			for (const { id } of await filterContacts(this.account, question)) complete.add(String(id));
		}
		const lost: Merged[] = [];
		for (const entry of wanted) {
			const id = String(entry.contact.id);
			if (complete.has(id)) continue;
			const address = path`/contacts/${id}/labels`;
			const now = await readCurrent(this.account, address).catch(ifGone<undefined>(undefined));
			if (now === undefined || [...entry.labels].every((label) => now.includes(label))) continue;
			lost.push(entry);
			if (round < rounds) await this.account.postAgain(address, { labels: [...new Set([...now, ...entry.labels])] });
		}
		return lost;
	}

	private async readBack(entries: Merged[]): Promise<Map<string, IDataObject>> {
		const found = new Map<string, IDataObject>();
		const question = entries.flatMap(({ contact }) => exactCondition(contact) ?? []).map((condition) => [condition]);
		if (entries.length > 1) for (const contact of await filterContacts(this.account, question)) found.set(String(contact.id), contact);
		for (const { contact: { id } } of entries) {
			if (found.has(String(id))) continue;
			const answer = await this.account.exchange({ method: 'GET', path: path`/contacts/${String(id)}`, accept: [404] });
			if (answer.status < 300) found.set(String(id), contactIn(answer.body));
		}
		return found;
	}

	private tellLost(lost: Merged[], later: Map<number, IDataObject>): void {
		this.account.http.notices.add(`Somebody else keeps changing ${lost.map(({ contact }) => nameOf(contact)).slice(0, 10).join(', ')}, so attributes or labels were not kept.`);
		for (const { given, labels, attributes } of lost) {
			if (!given) continue;
			const names = [...labels, ...Object.values(attributes).flatMap((values) => Object.keys(values as IDataObject))];
			later.set(given.index, { ...given.answer, ...later.get(given.index), notApplied: [`May not have been kept, since somebody else wrote at the same time: ${names.join(', ')}`] });
		}
	}
}

const phoneCondition = ({ phone_number: phone }: IDataObject) => ({ attribute_key: 'phone_number', values: [String(phone)] });

/** Takes a record that is gone for an answer; other errors are thrown on. */
function ifGone<Value>(value: Value): (error: unknown) => Value {
	return (error) => {
		if (error instanceof NodeApiError && error.httpCode === '404') return value;
		throw error;
	};
}
