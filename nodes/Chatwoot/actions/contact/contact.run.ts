import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { People } from '../../../shared/contact/lookUp';
import { hintLeftOut } from '../../../shared/contact/leftOut';
import type { PersonKey, Recognised, WhenTwoPeople } from '../../../shared/contact/samePerson';
import { clashSentence, twoPeopleSentence, keyLabels, recognise } from '../../../shared/contact/samePerson';
import type { ContactItem } from '../../../shared/contact/source';
import type { Answer, Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { beginLeftOut, leftOut, leftOutOf } from '../../../shared/operation/leftOut';
import type { LaterAnswers } from '../../../shared/operation/operation';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels, readCurrent } from '../../helpers/labels';
import type { AccountClient } from '../../transport/client';
import { textsIn } from '../../transport/answers';
import { labelOf } from '../../transport/errors';
import { contactIn, takenError, twinError, uploadAvatar } from './contact.calls';
import { ContactChecks } from './contact.checks';
import { differenceTo, needsContact } from './contact.difference';
import { withIncoming } from './contactFromPrevious';
import type { Condition } from './contact.people';
import { exactCondition, filterContacts, keysOf, nameOf, peopleOf, uniqueFields } from './contact.people';

/** What an item wants of a contact. */
export interface ContactWish {
	/** Body of `ContactCreate` or `ContactUpdate`, without what the account's fields are needed for. */
	body: IDataObject;
	contact: ContactItem;
	/** What may tell which contact it is, in the order in which it counts. */
	match: PersonKey[];
	/** Labels to add besides those of the previous node. */
	labels?: NamedLabels;
	whenTwoPeople: WhenTwoPeople;
	/** Name of the binary field with a picture. */
	avatarField?: string;
	/** The contact is one that a node of this package gave: its ID, and its address, which tells server and account. */
	own?: { id: string; url: string };
}

/** Which contact an item means, and what is to be written to it. */
interface Meant {
	record?: IDataObject;
	matchedBy?: PersonKey | 'id';
	body: IDataObject;
	leftOut: IDataObject[];
}

interface Written {
	contact: IDataObject;
	/** Null when it is not known, because the server broke off. */
	created: boolean | null;
	changed: boolean;
}

/** Conditions that one filter takes; the server was tried with 200. */
const conditionsAtOnce = 180;

/** What the items of a run know about the contacts of an account, and how they are written. */
export class ContactRun {
	private readonly people: People;
	private readonly wishes: Map<number, ContactWish>;
	private readonly resolving = new Map<number, Promise<{ body: IDataObject; labels: string[] }>>();
	private readonly labelled = new Map<string, Set<string>>();
	private readonly lookingAtLabels = new Map<number, Promise<void>>();
	private readonly busy = new Map<string, Promise<unknown>>();
	private readonly checks: ContactChecks;
	private readonly foundBy = new Map<string, number>();
	private items = 0;
	/** Items that were refused, because their values belong to two people. */
	private readonly twoPeople = new Set<number>();

	constructor(private readonly account: AccountClient, items: Array<{ index: number; input: ContactWish }>) {
		this.wishes = new Map(items.map(({ index, input }) => [index, input]));
		this.people = new People(peopleOf(account), items.map(({ index, input: { body, match } }) => ({ index, keys: pick(keysOf(body), match) })));
		this.checks = new ContactChecks(account);
	}

	/** Creates the contact that an item means, or writes what it does not have yet. */
	async createOrUpdate(index: number, item: Item, more: IDataObject): Promise<IDataObject> {
		const meant = await this.meant(index);
		for (let attempt = 1; ; attempt += 1) {
			const { record, body, matchedBy } = meant;
			const written = record
				? await this.update(record, meant, index)
				: await this.create({ ...body, ...more }, meant, index);
			if (written) {
				this.count(written.created === true ? 'created' : `found by ${matchedBy === 'id' || matchedBy === undefined ? 'ID' : keyLabels[matchedBy]}`);
				return await this.finish(index, item, written, meant);
			}
			if (attempt === 3) throw this.account.http.error('Somebody else changes the contact at the same time', 'Run the item again.');
			Object.assign(meant, await this.meant(index));
		}
	}

	/** Writes to the contact that an item means. */
	async change(index: number, item: Item, id: string | undefined): Promise<IDataObject> {
		if (id !== undefined) {
			const { body } = await this.resolve(index);
			const { contact, changed } = await this.inTurn(id, async () => await this.changeById(id, body));
			return await this.finish(index, item, { contact, created: false, changed }, { body, leftOut: [] });
		}
		const meant = await this.meant(index);
		const written = meant.record && await this.update(meant.record, meant, index);
		if (!written) {
			const names = this.wishes.get(index)!.match.map((key) => `the '${labelOf(uniqueFields[key])}' ${String(meant.body[uniqueFields[key]])}`).join(' or ');
			throw this.account.http.error(`Chatwoot has no contact with ${names}`, "Use 'Create or Update' to create it.", 404);
		}
		return await this.finish(index, item, written, meant);
	}

	/** Creates a contact; one who is there already is an error. */
	async make(index: number, item: Item): Promise<IDataObject> {
		const { body } = await this.resolve(index);
		const call: Call = { method: 'POST', path: '/contacts', body, accept: Object.keys(keysOf(body)).length ? [422, 500] : [422] };
		const answer = await this.account.exchange(call);
		if (answer.status >= 300) throw await takenError(this.account, call, answer);
		const contact = contactIn(answer.body);
		this.people.remember(contact);
		return await this.finish(index, item, { contact, created: true, changed: true }, { body, leftOut: [] });
	}

	/** What was only found out after the last item: twins that two runs have made at once, and writes that others have undone. */
	async end(): Promise<LaterAnswers> {
		const { http } = this.account;
		if (this.twoPeople.size) http.notices.add(twoPeopleSentence(this.twoPeople.size));
		const laterKeys = [...this.foundBy.keys()].some((key) => key !== 'created' && key !== `found by ${keyLabels.phone}`);
		if (this.items > 1 && laterKeys) {
			http.notices.add(`${this.items} contacts: ${[...this.foundBy].map(([how, count]) => `${count} ${how}`).join(', ')}.`);
		}
		return await this.checks.finish();
	}

	private async named(labels: NamedLabels | undefined, item: Item): Promise<string[]> {
		if (!labels || labels.names.length === 0) return [];
		const { titles, leftOut: names } = await findLabels(this.account, labels);
		if (names.length && !leftOutOf(item)) beginLeftOut(item);
		leftOutOf(item)?.push(...names.map((name) => leftOut(name, name, 'is a label that the Chatwoot account does not have')));
		return titles;
	}

	/** The item's body and labels in the account's words. */
	private async resolve(index: number): Promise<{ body: IDataObject; labels: string[] }> {
		let resolving = this.resolving.get(index);
		if (!resolving) {
			const { body: fields, contact, labels: typed } = this.wishes.get(index)!;
			resolving = this.named(typed, contact.item).then(async (titles) => {
				const { body, labels } = await withIncoming(fields, contact, this.account);
				return { body, labels: [...new Set([...titles, ...labels])] };
			});
			// Met by the item itself.
			resolving.catch(() => {});
			this.resolving.set(index, resolving);
		}
		return await resolving;
	}

	private async recognise(index: number): Promise<Recognised<IDataObject>> {
		const { body, match } = this.wishes.get(index)!;
		return await recognise(keysOf(body), match, keysOf, async (key, value) => await this.people.having(index, key, value));
	}

	/**
	 * Which contact an item means.
	 *
	 * @throws NodeApiError when its values belong to two people and the person wants it refused
	 */
	private async meant(index: number): Promise<Meant> {
		const { own, whenTwoPeople } = this.wishes.get(index)!;
		const { body } = await this.resolve(index);
		const recognised = await this.recognise(index);
		const { clashes, several } = recognised;
		let { record, matchedBy }: Pick<Meant, 'matchedBy' | 'record'> = recognised;
		const isOurs = own !== undefined && own.url === this.account.link(`contacts/${own.id}`);
		const hasKeys = Object.keys(keysOf(body)).length > 0;
		if (own && !isOurs && !hasKeys) {
			throw this.account.http.error(
				'The contact of the item belongs to another server or account, and has no phone, e-mail address or identifier to find it by',
				'Fill one of them in, or leave this item out before it reaches the node.',
			);
		}
		if (own && isOurs && String(record?.id) !== own.id) {
			const known = await this.byId(own.id);
			if (!known && !hasKeys) throw this.account.http.error(`Chatwoot has no contact ${own.id} any more`, 'It may have been deleted, or merged into another.', 404);
			if (known && record) clashes.push({ key: matchedBy as PersonKey, other: record });
			if (known) [record, matchedBy] = [known, 'id'];
		} else if (several) {
			const ids = several.map(({ id }) => String(id));
			throw this.account.http.error(
				`Chatwoot has ${ids.length} contacts that fit equally well: ${several.map(nameOf).join(', ')}`,
				`Merge them first (operation 'Merge'), or choose one with the operation 'Update'. Open one: ${this.account.link(`contacts/${ids[0]}`)}.`,
				409,
			);
		}
		const [clash] = clashes;
		if (clash && whenTwoPeople === 'refuse') {
			this.twoPeople.add(index);
			throw this.account.http.error(
				clashSentence(clash, nameOf, record, matchedBy === 'id' ? undefined : matchedBy),
				`These look like two people, so nothing was written. Open it: ${this.account.link(`contacts/${String(clash.other.id)}`)}. 'When Values Belong to Two People' can keep them apart.`,
				409,
			);
		}
		const apart = clashes.map(({ key, other }) => ({ column: uniqueFields[key], value: body[uniqueFields[key]], reason: `${nameOf(other)} has it` }));
		return { record, matchedBy, body: without(body, apart), leftOut: apart };
	}

	private async byId(id: string): Promise<IDataObject | undefined> {
		const answer = await this.account.exchange({ method: 'GET', path: path`/contacts/${id}`, query: { include_contact_inboxes: false }, accept: [404] });
		if (answer.status === 404) return undefined;
		const contact = contactIn(answer.body);
		this.people.remember(contact);
		return contact;
	}

	/** @returns undefined when somebody else was faster, and the contact has to be looked for again */
	private async create(body: IDataObject, meant: Meant, index: number): Promise<Written | undefined> {
		// To the loser of two at once the server answers 422 or 500.
		const call: Call = { method: 'POST', path: '/contacts', body, accept: [422, 500] };
		const { answer, error } = await this.account.exchange(call).then((given) => ({ answer: given, error: undefined }), (thrown: unknown) => ({ answer: undefined, error: thrown }));
		if (!answer) {
			// Whether it was carried out is not known: the contact is there, or it is not.
			const unsure = error instanceof NodeApiError && (!error.httpCode || Number(error.httpCode) >= 500);
			const { record } = unsure ? await this.lookAgain(index) : {};
			if (!record) throw error;
			const updated = await this.update(record, meant, index);
			return updated && { ...updated, created: null };
		}
		if (answer.status < 300) {
			const contact = contactIn(answer.body);
			this.people.remember(contact);
			return { contact, created: true, changed: true };
		}
		const { record, several, clashes } = await this.lookAgain(index);
		if (record ?? several ?? clashes.find(({ key }) => Object.hasOwn(body, uniqueFields[key]))) return undefined;
		throw await takenError(this.account, call, answer);
	}

	private async lookAgain(index: number): Promise<Recognised<IDataObject>> {
		const { body, match } = this.wishes.get(index)!;
		await this.people.askAgain(pick(keysOf(body), match));
		return await this.recognise(index);
	}

	/** @returns undefined when the contact has to be looked for again: it is gone, or somebody else has one of the values now */
	private async update(record: IDataObject, meant: Meant, index: number): Promise<Written | undefined> {
		const id = String(record.id);
		return await this.inTurn(id, async () => {
			const change = differenceTo(record, meant.body);
			if (Object.keys(change).length === 0) return { contact: record, created: false, changed: false };
			const { contact, answer, call } = await this.patch(id, change);
			if (contact) return { contact, created: false, changed: true };
			if (answer.status === 404) {
				this.people.forget(id);
				await this.lookAgain(index);
				return undefined;
			}
			const { clashes } = await this.lookAgain(index);
			if (clashes.some(({ key }) => Object.hasOwn(change, uniqueFields[key]))) return undefined;
			throw await twinError(this.account, id, answer, change) ?? await takenError(this.account, call, answer);
		});
	}

	private async changeById(id: string, body: IDataObject): Promise<{ contact: IDataObject; changed: boolean }> {
		// A picture goes in a request of its own.
		if (Object.keys(body).length === 0) return { contact: { id }, changed: false };
		const known = needsContact(body) ? contactIn(await this.account.get(path`/contacts/${id}`)) : undefined;
		const change = known ? differenceTo(known, body) : body;
		if (known && Object.keys(change).length === 0) return { contact: known, changed: false };
		const { contact, answer, call } = await this.patch(id, change);
		if (contact) return { contact, changed: true };
		throw await twinError(this.account, id, answer, change) ?? await takenError(this.account, call, answer);
	}

	private async patch(id: string, change: IDataObject): Promise<{ contact?: IDataObject; answer: Answer; call: Call }> {
		const call: Call = { method: 'PATCH', path: path`/contacts/${id}`, body: change, idempotent: true, accept: [404, 422] };
		const answer = await this.account.exchange(call);
		if (answer.status >= 300) return { answer, call };
		const contact = contactIn(answer.body);
		this.people.remember(contact);
		this.checks.wrote(contact, change);
		return { contact, answer, call };
	}

	/** Picture, labels and what the item says about itself. */
	private async finish(index: number, item: Item, { contact: written, created, changed }: Written, meant: Meant): Promise<IDataObject> {
		const { avatarField } = this.wishes.get(index)!;
		const { labels } = await this.resolve(index);
		const id = String(written.id);
		let contact = written;
		let hasChanged = changed;
		try {
			if (avatarField !== undefined) {
				contact = await uploadAvatar(this.account, id, item, avatarField);
				hasChanged = true;
			}
			if (labels.length) {
				const twin = created === true ? await this.labelsOrTwin(index, contact, labels, meant.body) : undefined;
				if (twin) return twin;
				const all = await this.inTurn(id, async () => await this.addLabels(index, contact, labels, created === true));
				contact = { ...contact, labels: all.labels };
				hasChanged ||= all.changed;
			}
		} catch (error) {
			throw this.partial(error, written, created, changed);
		}
		const answer: IDataObject = {
			...contact,
			created,
			changed: hasChanged,
			matchedBy: created === true ? null : (meant.matchedBy ?? 'id'),
			...(meant.leftOut.length ? { leftOut: meant.leftOut } : {}),
		};
		hintLeftOut(this.account.http, 'Values that belong to somebody else were left out', meant.leftOut.map(({ column }) => labelOf(String(column))));
		this.checks.gave(index, answer, meant.body);
		this.resolving.delete(index);
		return answer;
	}

	/**
	 * Gives a new contact its labels.
	 *
	 * @returns what the item gives, when another run has made the same contact at the same time
	 */
	private async labelsOrTwin(index: number, contact: IDataObject, labels: string[], body: IDataObject): Promise<IDataObject | undefined> {
		const id = String(contact.id);
		const answer = await this.account.exchange({ method: 'POST', path: path`/contacts/${id}/labels`, body: { labels }, idempotent: true, accept: [404, 422] });
		if (answer.status < 300) {
			this.labelled.set(id, new Set(textsIn(answer.body)));
			return undefined;
		}
		const joined = await this.checks.joinNow({ index, answer: { ...contact, created: true, changed: true, matchedBy: null }, body }, labels);
		if (!joined || joined.notApplied) return undefined;
		this.people.forget(id);
		this.people.remember(joined);
		this.labelled.set(String(joined.id), new Set((joined.labels as string[] | undefined) ?? []));
		this.checks.gave(index, joined, body);
		return joined;
	}

	/** What of an item was done all the same. */
	private partial(error: unknown, contact: IDataObject, created: boolean | null, changed: boolean): unknown {
		if (!(error instanceof NodeApiError) || (created === false && !changed)) return error;
		const { message, description, httpCode } = error;
		return this.account.http.error(
			`The contact ${String(contact.id)} was ${created === false ? 'updated' : 'created'}, but the rest failed: ${message}`,
			[`Open it: ${this.account.link(`contacts/${String(contact.id)}`)}.`, description].filter(Boolean).join(' '),
			httpCode ? Number(httpCode) : undefined,
		);
	}

	private async addLabels(index: number, contact: IDataObject, labels: string[], isNew: boolean): Promise<{ labels: string[]; changed: boolean }> {
		const id = String(contact.id);
		const address = path`/contacts/${id}/labels`;
		if (!isNew && !this.labelled.has(id)) await this.lookAtLabels(index);
		const known = this.labelled.get(id);
		if (known && labels.every((label) => known.has(label))) return { labels: [...known], changed: false };
		// Who was made just now has none.
		const before = isNew ? [] : await readCurrent(this.account, address);
		const after = [...new Set([...before, ...labels])];
		const changed = after.length !== before.length;
		const now = changed ? await this.writeLabels(id, address, after) : before;
		this.labelled.set(id, new Set(now));
		if (changed && !isNew) this.checks.labelled(contact, labels);
		return { labels: now, changed };
	}

	private async writeLabels(id: string, address: string, labels: string[]): Promise<string[]> {
		const call: Call = { method: 'POST', path: address, body: { labels }, idempotent: true, accept: [422] };
		const answer = await this.account.exchange(call);
		if (answer.status < 300) return textsIn(answer.body);
		throw await twinError(this.account, id, answer, {}) ?? await this.account.namedRefusal(answer, call);
	}

	/** Asks for several contacts at once whether they have the labels that their items want. */
	private async lookAtLabels(index: number): Promise<void> {
		const neighbours = this.people.neighbours(index);
		const key = neighbours[0] ?? index;
		let looking = this.lookingAtLabels.get(key);
		if (!looking) {
			looking = this.readLabelled(neighbours);
			this.lookingAtLabels.set(key, looking);
		}
		// Failing this, each contact is asked for its own.
		await looking.catch(() => {});
	}

	private async readLabelled(neighbours: number[]): Promise<void> {
		const wanted = new Map<string, { labels: Set<string>; condition: Condition }>();
		for (const index of neighbours) {
			if (!this.wishes.has(index)) continue;
			const labels = await this.resolve(index).then((resolved) => resolved.labels, () => []);
			const { record } = labels.length ? await this.recognise(index) : {};
			const condition = record && exactCondition(record);
			if (!record || !condition || this.labelled.has(String(record.id))) continue;
			const entry = wanted.get(String(record.id)) ?? { labels: new Set<string>(), condition };
			for (const label of labels) entry.labels.add(label);
			wanted.set(String(record.id), entry);
		}
		// One contact is asked itself: it then tells all that it has.
		if (wanted.size < 2) return;
		let open: Condition[][] = [];
		const questions = [open];
		for (const { labels, condition } of wanted.values()) {
			const alternative = [condition, ...[...labels].map((label) => ({ attribute_key: 'labels', values: [label] }))];
			if (open.flat().length + alternative.length > conditionsAtOnce) questions.push(open = []);
			open.push(alternative);
		}
		for (const question of questions) {
			for (const { id } of await filterContacts(this.account, question)) {
				const entry = wanted.get(String(id));
				if (entry && !this.labelled.has(String(id))) this.labelled.set(String(id), entry.labels);
			}
		}
	}

	/** Writes to one contact happen one after the other, however the items have named it. */
	private async inTurn<Result>(id: string, doing: () => Promise<Result>): Promise<Result> {
		const turn = (this.busy.get(id) ?? Promise.resolve()).then(doing);
		const settled = turn.catch(() => {});
		this.busy.set(id, settled);
		try {
			return await turn;
		} finally {
			if (this.busy.get(id) === settled) this.busy.delete(id);
		}
	}

	private count(how: string): void {
		this.items += 1;
		this.foundBy.set(how, (this.foundBy.get(how) ?? 0) + 1);
	}
}

function pick<Values extends object>(values: Values, keys: PersonKey[]): Partial<Values> {
	return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key as PersonKey))) as Partial<Values>;
}

function without(body: IDataObject, leftOut: IDataObject[]): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([key]) => !leftOut.some(({ column }) => column === key)));
}
