import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { hintLeftOut } from '../../../shared/contact/leftOut';
import { People } from '../../../shared/contact/lookUp';
import type { PersonKey, Recognised, WhenTwoPeople } from '../../../shared/contact/samePerson';
import { clashSentence, twoPeopleSentence, keyLabels, personKeys, recognise } from '../../../shared/contact/samePerson';
import type { ContactItem } from '../../../shared/contact/source';
import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import type { LaterAnswers } from '../../../shared/operation/operation';
import { isoOrNull, objectOrEmpty } from '../../../shared/values/read';
import { setFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { checkGeneration } from './contact.fields';
import { differenceTo, fieldNames, keysOf, nameOf, peopleOf } from './contact.people';
import type { OwnRecord } from './contactFromPrevious';
import { withIncoming } from './contactFromPrevious';

/** What an item wants of a contact. */
export interface ContactWish {
	body: IDataObject;
	contact: ContactItem;
	/** What may tell which contact it is, in the order in which it counts. */
	match: PersonKey[];
	whenTwoPeople: WhenTwoPeople;
	/** The contact is one that a node of this package gave. */
	own?: OwnRecord;
}

/** What an item was found by. */
type MatchedBy = PersonKey | 'id';

interface Meant {
	record?: IDataObject;
	matchedBy?: MatchedBy;
	body: IDataObject;
	leftOut: IDataObject[];
}

/** What the items of a run know about the workspace's contacts, and how they are written. */
export class ContactRun {
	private readonly people: People;
	private readonly wishes: Map<number, ContactWish>;
	private readonly foundBy = new Map<string, number>();
	/** Items that were refused, because their values belong to two people. */
	private readonly twoPeople = new Set<number>();
	private readonly lost: LostWrites;

	constructor(private readonly kinbox: KinboxClient, items: Array<{ index: number; input: ContactWish }>) {
		this.lost = new LostWrites(kinbox.http);
		this.wishes = new Map(items.map(({ index, input }) => [index, input]));
		this.people = new People(peopleOf(kinbox), items.map(({ index, input: { body, match } }) => ({
			index, keys: Object.fromEntries(Object.entries(keysOf(body)).filter(([key]) => match.includes(key as PersonKey))),
		})));
	}

	/** Creates the contact that an item means, or writes what it does not have yet. */
	async createOrUpdate(index: number): Promise<IDataObject> {
		const { body: fields, contact, match } = this.wishes.get(index)!;
		this.check(fields, match);
		const body = await withIncoming(fields, contact, this.kinbox);
		const meant = await this.meant(index, body);
		if (meant.record) return await this.update(index, meant, false);
		const sent = this.kinbox.generation === 'v1' ? { customFields: {}, ...meant.body } : meant.body;
		const { created, error } = await this.kinbox.post('/contacts', sent).then((given) => ({ created: given, error: undefined }), (thrown: unknown) => ({ created: undefined, error: thrown }));
		if (created) {
			this.people.remember(created);
			return this.answer(created, { created: true, changed: true, leftOut: meant.leftOut });
		}
		// 409: somebody else was faster. No answer, or a failure: it may have been created all the same.
		const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 400;
		if (status !== 409 && status !== 0 && status < 500) throw error;
		await this.people.askAgain(keysOf(body));
		const now = await this.meant(index, body);
		if (!now.record) throw error;
		return await this.update(index, now, status === 409 ? false : null);
	}

	/** Writes to the contact that an item means. */
	async change(index: number): Promise<IDataObject> {
		const { body: fields, contact, match } = this.wishes.get(index)!;
		this.check(fields, match);
		const body = await withIncoming(fields, contact, this.kinbox);
		const meant = await this.meant(index, body);
		if (meant.record) return await this.update(index, meant, false);
		const names = match.filter((key) => keysOf(body)[key] !== undefined).map((key) => `${keyLabels[key]} ${String(keysOf(body)[key])}`).join(' or ');
		throw this.kinbox.http.error(`Kinbox has no contact with the ${names}`, "Use 'Create or Update' to create it.", 404);
	}

	/** Says how the contacts were found, where that was not by phone alone, and looks once more at the custom fields. */
	async end(): Promise<LaterAnswers> {
		this.tellCounts();
		return await this.lost.finish();
	}

	private tellCounts(): void {
		if (this.twoPeople.size) this.kinbox.http.notices.add(twoPeopleSentence(this.twoPeople.size));
		const counts = [...this.foundBy];
		const items = counts.reduce((sum, [, count]) => sum + count, 0);
		if (items < 2 || counts.every(([how]) => how === 'created' || how === `found by ${keyLabels.phone}`)) return;
		this.kinbox.http.notices.add(`${items} contacts: ${counts.map(([how, count]) => `${count} ${how}`).join(', ')}.`);
	}

	private check(body: IDataObject, match: PersonKey[]): void {
		checkGeneration(body, this.kinbox);
		if (match.includes('identifier')) this.kinbox.needs('v3', 'Finding a contact by External ID');
	}

	/**
	 * Which contact an item means.
	 *
	 * @throws NodeApiError when its values belong to two people and the person wants it refused
	 */
	private async meant(index: number, body: IDataObject): Promise<Meant> {
		const { match, own, whenTwoPeople } = this.wishes.get(index)!;
		const recognised: Recognised<IDataObject> = await recognise(keysOf(body), match, keysOf, async (key, value) => await this.people.having(index, key, value));
		const { clashes, several } = recognised;
		let { record, matchedBy }: Pick<Meant, 'matchedBy' | 'record'> = recognised;
		const known = own && String(record?.id) !== own.id ? await this.sameRecord(own) : undefined;
		if (known) {
			if (record) clashes.push({ key: matchedBy as PersonKey, other: record });
			[record, matchedBy] = [known, 'id'];
		} else if (own && !record && !several && Object.keys(keysOf(body)).length === 0) {
			throw this.kinbox.http.error(
				'The contact of the item is not in this Kinbox account, and has no phone or e-mail address to find it by',
				'It may have been deleted, or belong to another account. Fill one of them in, or leave this item out before it reaches the node.',
				404,
			);
		} else if (several) {
			throw this.kinbox.http.error(`Kinbox has ${several.length} contacts that fit equally well: ${several.slice(0, 10).map(nameOf).join(', ')}`, "Pick the one to change with the operation 'Update', under 'Contact'.", 409);
		}
		const [clash] = clashes;
		if (clash && whenTwoPeople === 'refuse') {
			this.twoPeople.add(index);
			throw this.kinbox.http.error(
				clashSentence(clash, nameOf, record, matchedBy === 'id' ? undefined : matchedBy),
				"These look like two people, so nothing was written. 'When Values Belong to Two People' of 'Create or Update' can keep them apart.",
				409,
			);
		}
		const leftOut = clashes.map(({ key, other }) => ({ column: fieldNames[key], value: body[fieldNames[key]], reason: `${nameOf(other)} has it` }));
		return { record, matchedBy, leftOut, body: Object.fromEntries(Object.entries(body).filter(([key]) => !leftOut.some(({ column }) => column === key))) };
	}

	/** The contact with the ID, if it is the same record and not another account's: both were made at the same moment. */
	private async sameRecord({ id, createdAt }: OwnRecord): Promise<IDataObject | undefined> {
		const answer = await this.kinbox.exchange({ method: 'GET', path: path`/contacts/${id}`, accept: [404] });
		if (answer.status === 404) return undefined;
		const contact = answer.body as IDataObject;
		if (isoOrNull(contact.createdAt) !== isoOrNull(createdAt)) return undefined;
		this.people.remember(contact);
		return contact;
	}

	/** Writes to the contact with an ID what it does not have yet. */
	async changeById(index: number, id: string): Promise<IDataObject> {
		const { body: fields, contact } = this.wishes.get(index)!;
		checkGeneration(fields, this.kinbox);
		const body = await withIncoming(fields, contact, this.kinbox);
		return await this.update(index, { record: { ...(await this.kinbox.get(path`/contacts/${id}`)), id }, matchedBy: 'id', body, leftOut: [] }, false);
	}

	private async update(index: number, { record, matchedBy, body, leftOut }: Meant, created: boolean | null): Promise<IDataObject> {
		const { customFields, ...change } = differenceTo(record!, body);
		const changed = customFields !== undefined || Object.keys(change).length > 0;
		const address = path`/contacts/${String(record!.id)}`;
		const contact = !changed
			? record!
			: customFields === undefined
				? await this.kinbox.patch<IDataObject>(address, change)
				: await setFields(this.kinbox, { path: address, record: `contact ${String(record!.id)}`, index, lost: this.lost }, objectOrEmpty(customFields), change);
		if (changed) this.people.remember({ ...record, ...contact });
		const answer = this.answer(contact, { created, changed, matchedBy, leftOut });
		return customFields === undefined ? answer : this.lost.gave(address, index, answer);
	}

	private answer(contact: IDataObject, { created, changed, matchedBy, leftOut }: { created: boolean | null; changed: boolean; matchedBy?: MatchedBy; leftOut: IDataObject[] }): IDataObject {
		const how = created === true ? 'created' : `found by ${matchedBy === undefined || matchedBy === 'id' ? 'ID' : keyLabels[matchedBy]}`;
		this.foundBy.set(how, (this.foundBy.get(how) ?? 0) + 1);
		hintLeftOut(this.kinbox.http, 'Values that belong to somebody else were left out', leftOut.map(({ column }) => String(column)));
		return { ...contact, created, changed, matchedBy: matchedBy === undefined ? null : matchedBy === 'id' ? 'id' : fieldNames[matchedBy], ...(leftOut.length ? { leftOut } : {}) };
	}
}

/** The keys of a body that may tell who it is. */
export function matchOf(body: IDataObject, match: readonly PersonKey[]): PersonKey[] {
	const keys = keysOf(body);
	return personKeys.filter((key) => match.includes(key) && keys[key] !== undefined);
}
