import type { IDataObject } from 'n8n-workflow';

import { noteLeftOut } from '../../../shared/contact/leftOut';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import type { LostWrites } from '../../../shared/operation/lostWrites';
import { entriesOf } from '../../../shared/operation/lostWrites';
import { foldName } from '../../../shared/values/names';
import { suggest } from '../../../shared/values/nearNames';
import type { WhenTagMissing } from '../../helpers/tags';
import { spelledTag, tagsLike } from '../../helpers/tags';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { readContact } from './contact';
import { tagsAt, tagsIn, withTags } from './contact.calls';
import { readWhenTagMissing } from './contact.fields';
import { sendContact } from './contactFromPrevious';

export interface TagChange {
	id: string;
	tags: string[];
	whenMissing: WhenTagMissing;
}

/** @param isRequired whether a list without tags is refused */
export function readTagChange(item: Item, isRequired: boolean): TagChange {
	const tags = [...new Set(item.list('tags') ?? [])];
	if (isRequired && tags.length === 0) throw item.refuse('tags', 'is empty', 'Give at least one tag.');
	return { id: readContact(item), tags, whenMissing: readWhenTagMissing(item) };
}

interface Turn {
	item: Item;
	index: number;
	lost: LostWrites;
}

/**
 * Changes the tags of a contact. Callbell only replaces them all, so adding and removing read them first, and write only
 * when there is something to change; the contact is looked at once more after the last item.
 */
export async function changeTags(callbell: CallbellClient, change: 'add' | 'remove' | 'set', { id, tags, whenMissing }: TagChange, { item, index, lost }: Turn): Promise<IDataObject> {
	const uuid = await callbell.contactId(id);
	const address = path`/contacts/${uuid}`;
	const read = async () => contactIn(await callbell.get(address));
	const contact = change === 'set' ? undefined : await read();
	const before = tagsIn(contact);
	const gone = change === 'remove' ? await heldTags(callbell, before, tags, item) : [];
	const wanted = change === 'set' ? tags : change === 'add' ? withTags(before, tags) : before.filter((tag) => !gone.includes(tag));
	if (contact && Array.isArray(contact.tags) && wanted.length === before.length) return contact;
	// Names of the contact's own tags are sure.
	const unsure = wanted.filter((tag) => !before.includes(tag)).map((name) => ({ key: 'tags' as const, name, value: name, item }));
	const after = await sendContact(callbell, { method: 'PATCH', path: address, body: { tags: wanted }, idempotent: true }, unsure, whenMissing);
	const now = tagsIn(after);
	const done = change === 'remove' ? Object.fromEntries(gone.filter((tag) => !now.includes(tag)).map((tag) => [tag, null])) : entriesOf(now.filter((tag) => change === 'set' || !before.includes(tag)));
	lost.wrote(uuid, tagsAt(callbell, uuid), done, change === 'set');
	return lost.gave(uuid, index, after);
}

/**
 * Notes the tags that a contact has got with its other fields.
 *
 * @param before the contact as it was
 * @param replaces whether the tags are all that it was to have
 * @param answer what the item gives; given back
 */
export function gaveTags(callbell: CallbellClient, { uuid, index, lost }: { uuid: string; index: number; lost: LostWrites }, before: IDataObject, replaces: boolean, answer: IDataObject): IDataObject {
	const had = tagsIn(before);
	lost.wrote(uuid, tagsAt(callbell, uuid), entriesOf(tagsIn(answer).filter((tag) => replaces || !had.includes(tag))), replaces);
	return lost.gave(uuid, index, answer);
}

/**
 * The tags to take from a contact: those it has that are named, in any spelling. What nobody has may be a tag all the same,
 * since no call lists them, so it is no failure; the item says it, with near names.
 */
async function heldTags(callbell: CallbellClient, held: string[], names: string[], item: Item): Promise<string[]> {
	const found = names.map((name) => spelledTag(held, name, (what, advice) => item.refuse('tags', what, advice)));
	const strange = names.filter((_, index) => found[index] === undefined);
	if (strange.length > 0) {
		const known = await tagsLike(callbell, strange);
		const missing = strange.filter((name) => !known.some((tag) => foldName(tag) === foldName(name)));
		noteLeftOut(callbell.http, item, 'No contact in Callbell has tags of these names, so there was nothing to remove', missing.map((name) => [name, name, `is a tag that no contact has in Callbell. ${suggest(known, name)}`]), '');
	}
	return found.flatMap((tag) => tag ?? []);
}
