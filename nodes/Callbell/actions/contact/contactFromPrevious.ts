import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ContactItem, WhenMissing } from '../../../shared/contact/source';
import { contactSource, isFilledIn, previousNodeFields, readContactItem } from '../../../shared/contact/source';
import type { Item } from '../../../shared/operation/item';
import { habitsOf } from '../../../shared/operation/country';
import { matchFields, type AccountField } from '../../../shared/contact/customFields';
import type { Answer, Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { isSamePhone } from '../../../shared/phone/compare';
import { objectOrEmpty } from '../../../shared/values/read';
import { noteLeftOut, noteUnread, type NotTaken } from '../../../shared/contact/leftOut';
import { convertFieldValue, textOf, type FieldKind } from '../../../shared/values/fieldValue';
import { findByName, foldName } from '../../../shared/values/names';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import type { AccountNames } from '../../helpers/accountNames';
import { accountNames } from '../../helpers/accountNames';
import { spelledTag, tagsLike } from '../../helpers/tags';
import { lengthOf } from '../../../shared/values/plain';
import { table } from '../../../shared/values/table';
import { hasLooseFields, noteLength } from './contact.fields';
import { ReadOnce } from '../../../shared/values/readOnce';

const choices: WhenMissing[] = ['fail', 'skip'];

/** Contact Data and what belongs to it. Callbell's API makes neither tags nor custom fields, so they cannot be created. */
export const contactSourceFields: INodeProperties[] = [
	contactSource,
	...previousNodeFields(
		'What goes where: phone → the WhatsApp number, name → Name, tags → Tags of the same name, custom fields → Custom Fields of the same name, e-mail → the custom field of the type email, '
		+ 'external ID → a custom field named External ID, notes → Note (up to 1000 characters). Callbell takes no pictures. What you fill in below is sent instead; what you leave empty comes from the previous node.',
		choices,
	),
];

/**
 * The item with its empty contact fields filled from the contact that it brings.
 *
 * @param phoneField name of the field that takes the WhatsApp number, if the operation has one
 */
export function readCallbellItem(item: Item, phoneField?: string): ContactItem {
	return readContactItem(
		item,
		({ name, phone, notes }) => ({
			name,
			...(phoneField ? { [phoneField]: phone } : {}),
			additionalFields: notes === undefined || lengthOf(notes) > noteLength ? {} : { note: notes },
		}),
		{ name: 'name', ...(phoneField ? { [phoneField]: 'phone' } : {}) },
		['contactId', ...(phoneField ? [phoneField] : [])],
		choices,
	);
}

const kinds: Record<string, FieldKind> = table({ checkbox: 'list', date: 'day', dropdown: 'choice', email: 'email', number: 'number' });
const emailNames = ['email', 'mail', 'correo', 'correo electrónico', 'endereço de e-mail'];
const externalIdNames = ['external ID', 'ID externo', 'identifier', 'identificador'];

interface KnownNames {
	fields: AccountField[];
	emailField?: AccountField;
	tags: string[];
	/** Tags and fields that Callbell has said it does not have, in this run. */
	refused: Set<string>;
	/** How Callbell spells tags and fields that were refused as they were written. */
	spelled: Map<string, string>;
}

const namesOfRuns = new ReadOnce<CallbellClient>(new WeakMap());

/** The account's tags and custom fields, as far as contacts show them; read once for a run. */
async function namesOf(callbell: CallbellClient): Promise<KnownNames> {
	return await namesOfRuns.get(callbell, async () => toKnownNames(await accountNames(callbell)));
}

function toKnownNames({ fields, tags }: AccountNames): KnownNames {
	const known = fields.map(({ name, type, options }) => ({ id: name, names: [name], kind: kinds[type] ?? ('text' as const), options }));
	return {
		fields: known,
		emailField: known.find(({ kind }) => kind === 'email') ?? emailNames.map((name) => findByName(known, name, ({ names }) => names)).find(Boolean),
		tags,
		refused: new Set(),
		spelled: new Map(),
	};
}

/** A body, and which of its tags and custom fields the account may not have: contacts show only those in use. */
export interface CallbellBody {
	body: IDataObject;
	unsure: Array<{ key: 'custom_fields' | 'tags'; name: string; value: unknown; item: Item }>;
}

/**
 * Adds the contact's tags, custom fields, e-mail address and external ID to a body; what the body has wins. What
 * Callbell cannot hold is noted.
 */
export async function withIncoming(written: IDataObject, { item, incoming }: ContactItem, callbell: CallbellClient): Promise<CallbellBody> {
	const body = written.custom_fields !== undefined && hasLooseFields(item) ? { ...written, custom_fields: fitting((await namesOf(callbell)).fields, written.custom_fields as IDataObject, item) } : written;
	const typed: CallbellBody['unsure'] = [
		...(Array.isArray(body.tags) ? body.tags.map(String) : []).map((name) => ({ key: 'tags' as const, name, value: name, item })),
		...Object.entries((body.custom_fields ?? {}) as IDataObject).map(([name, value]) => ({ key: 'custom_fields' as const, name, value, item })),
	];
	if (!incoming) return { body, unsure: typed };
	const { email, externalId, avatarUrl, notes, tags } = incoming;
	const own = (body.custom_fields ?? {}) as IDataObject;
	const wantsFields = email !== undefined || externalId !== undefined || Object.keys(incoming.customFields).length + Object.keys(incoming.columns).length > 0;
	const wantsTags = body.tags === undefined && tags.length > 0;
	const known = wantsFields || wantsTags ? await namesOf(callbell) : undefined;
	const { values, missing, unfit, unused } = matchFields(incoming, known?.fields ?? [], habitsOf(item));
	const unsure = typed;

	const cannotHold: NotTaken[] = [
		...(avatarUrl === undefined ? [] : [['picture', avatarUrl] as NotTaken]),
		...(body.note === undefined && notes !== undefined && lengthOf(notes) > noteLength ? [[`notes of more than ${noteLength} characters`, notes] as NotTaken] : []),
	];
	for (const [name, value, field] of [
		['e-mail address', email, known?.emailField],
		['external ID', externalId, externalIdNames.map((spelling) => findByName(known?.fields ?? [], spelling, ({ names }) => names)).find(Boolean)],
	] as const) {
		const converted = value === undefined || !field ? undefined : convertFieldValue(value, field, habitsOf(item));
		if (field && converted && 'value' in converted) values[field.id] = converted.value;
		else if (value !== undefined) cannotHold.push([name, value]);
	}
	for (const [name, value] of missing) {
		values[name] = Array.isArray(value) ? value.map(textOf) : textOf(value);
		unsure.push({ key: 'custom_fields', name, value, item });
	}
	const taken = Object.entries(values).filter(([name]) => !Object.hasOwn(own, name));
	// Callbell takes text for every type but checkbox, which takes a list of texts.
	const customFields = { ...Object.fromEntries(taken.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : textOf(value)])), ...own };
	const tagNames = wantsTags ? tags.map((tag) => findByName(known?.tags ?? [], tag, (name) => [name]) ?? tag) : [];
	for (const name of tagNames) if (!known?.tags.includes(name)) unsure.push({ key: 'tags', name, value: name, item });

	noteUnread(callbell.http, incoming.unread);
	noteLeftOut(callbell.http, item, 'Callbell contacts of this account cannot hold these, so they were left out', cannotHold, 'Callbell contacts of this account have no place for it');
	noteLeftOut(callbell.http, item, 'The Callbell custom fields of these names cannot hold the values, so they were left out', unfit, '');
	noteLeftOut(callbell.http, item, 'These columns are no custom fields in Callbell, so they were left out', unused, 'is no custom field in Callbell');
	return {
		body: {
			...body,
			...(Object.keys(customFields).length ? { custom_fields: customFields } : {}),
			...(wantsTags ? { tags: [...new Set(tagNames)] } : {}),
		},
		unsure,
	};
}

/**
 * Custom fields under the names that the account has for them, each value in the form that its field holds. Fields that no
 * contact shows stay as they are given.
 *
 * @throws NodeOperationError for a value that its field cannot hold
 */
function fitting(fields: AccountField[], given: IDataObject, item: Item): IDataObject {
	return Object.fromEntries(Object.entries(given).map(([name, value]) => {
		const field = findByName(fields, name, ({ names }) => names);
		if (!field || value === '') return [field?.id ?? name, value];
		const read = convertFieldValue(value, field, habitsOf(item));
		if ('problem' in read) throw item.refuseLabel('Custom Fields', `cannot take the value of '${name.slice(0, 60)}': it ${read.problem}`, 'Give a value of the kind that the field holds, or leave the field empty.');
		return [field.id, Array.isArray(read.value) ? read.value.map(String) : textOf(read.value)];
	})) as IDataObject;
}

/** Tags without those that a contact has in another spelling: a "vip" that went through Chatwoot is its "VIP". */
export function withoutAlike(tags: string[], own: unknown): string[] {
	const known = (Array.isArray(own) ? (own as unknown[]) : []).map(String);
	return tags.filter((tag) => !known.some((other) => foldName(other) === foldName(tag)));
}

/**
 * Sends a contact. When Callbell refuses tags or custom fields that nobody was sure of, it is sent again with the names as
 * the account spells them, or without them, and that is noted; a refused request has changed nothing.
 *
 * @throws NodeApiError when the rest is refused, or when the person chose to fail
 */
export async function sendContact(callbell: CallbellClient, call: Call, unsure: CallbellBody['unsure'], whenMissing: ContactItem['whenMissing']): Promise<IDataObject> {
	let body = call.body as IDataObject;
	let open = unsure.filter(({ key, name }) => namesIn(body, key).includes(name));
	const known = await namesOfRuns.known<KnownNames>(callbell);
	const respell = (entries: CallbellBody['unsure'], spelled: Map<string, string>) => {
		const now = entries.filter(({ key, name }) => spelled.has(`${key} ${name}`));
		for (const { key, name } of now) body = renamed(body, key, name, spelled.get(`${key} ${name}`)!);
		open = open.filter((entry) => !now.includes(entry));
		return now;
	};
	const leaveOut = (gone: CallbellBody['unsure'], refused: Set<string>) => {
		body = without(body, gone);
		open = open.filter((entry) => !gone.includes(entry));
		for (const { key, name } of gone) refused.add(`${key} ${name}`);
		const note = (kind: 'custom_fields' | 'tags', what: string, short: string) => {
			for (const { key, name, value, item } of gone) if (key === kind) noteLeftOut(callbell.http, item, `The Callbell account has no ${what} of these names, and its API makes none, so they were left out`, [[name, value]], short);
		};
		note('tags', 'tags', 'is a tag, and the Callbell account has no tag of this name');
		note('custom_fields', 'custom fields', 'the Callbell account has no custom field of this name');
	};
	if (known) respell(open, known.spelled);
	if (known && whenMissing !== 'fail') leaveOut(open.filter(({ key, name }) => known.refused.has(`${key} ${name}`)), known.refused);
	for (;;) {
		const attempt = { ...call, body, accept: open.length ? [400, 422] : undefined };
		const answer = await callbell.http.exchange(attempt);
		if (answer.status < 300) return contactIn(answer.body as IDataObject);
		const gone = namedIn(answer, open);
		if (gone.length === 0) throw callbell.http.refusal(answer, attempt);
		const names = await namesOf(callbell);
		await findSpellings(callbell, names, gone);
		if (respell(gone, names.spelled).length) continue;
		if (whenMissing === 'fail') throw callbell.http.refusal(answer, attempt);
		leaveOut(gone, names.refused);
		// Of a change nothing may be left.
		if (call.method === 'PATCH' && Object.keys(body).length === 0) return contactIn(await callbell.get(call.path));
	}
}

/** Looks for names that Callbell has refused in other spellings. */
async function findSpellings(callbell: CallbellClient, known: KnownNames, refused: CallbellBody['unsure']): Promise<void> {
	for (const { key, name, item } of refused) {
		const refuse = (what: string, advice: string) => item.refuseLabel(key === 'tags' ? 'Tags' : 'Custom Fields', what, advice);
		const all = key === 'tags' ? await tagsLike(callbell, [name]) : known.fields.map(({ id }) => id);
		const found = spelledTag(all.filter((other) => other !== name), name, refuse);
		if (found !== undefined) known.spelled.set(`${key} ${name}`, found);
	}
}

function namesIn({ tags, custom_fields: fields }: IDataObject, key: 'custom_fields' | 'tags'): string[] {
	return key === 'tags' ? (Array.isArray(tags) ? tags.map(String) : []) : Object.keys((fields ?? {}) as IDataObject);
}

function renamed(body: IDataObject, key: 'custom_fields' | 'tags', from: string, to: string): IDataObject {
	const names = (name: string) => (name === from ? to : name);
	return key === 'tags'
		? { ...body, tags: [...new Set((body.tags as string[]).map(names))] }
		: { ...body, custom_fields: Object.fromEntries(Object.entries(body.custom_fields as IDataObject).map(([name, value]) => [names(name), value])) };
}

/** Which of the unsure names a refusal is about; all of a kind when it names the kind only. */
function namedIn({ body }: Answer, unsure: CallbellBody['unsure']): CallbellBody['unsure'] {
	const text = JSON.stringify(body ?? '');
	const named = unsure.filter(({ name }) => text.includes(JSON.stringify(name).slice(1, -1)));
	if (named.length) return named;
	return unsure.filter(({ key }) => (key === 'tags' ? /\btags?\b/i : /custom.?fields?/i).test(text));
}

function without(body: IDataObject, gone: CallbellBody['unsure']): IDataObject {
	const { tags, custom_fields: fields, ...rest } = body;
	const isGone = (key: string, name: string) => gone.some((entry) => entry.key === key && entry.name === name);
	const keptTags = Array.isArray(tags) ? tags.filter((tag) => !isGone('tags', String(tag))) : undefined;
	const keptFields = Object.entries((fields ?? {}) as IDataObject).filter(([name]) => !isGone('custom_fields', name));
	return {
		...rest,
		...(keptTags?.length ? { tags: keptTags } : {}),
		...(keptFields.length ? { custom_fields: Object.fromEntries(keptFields) } : {}),
	};
}

/**
 * The contact of Callbell that the item brings, whatever it is known by; Callbell's IDs are the same in no two accounts.
 *
 * @param phoneField the field that tells who is meant, when somebody typed it
 */
export function readOwnContact(written: Item, { incoming }: ContactItem, phoneField: string): string | undefined {
	if (!incoming || isFilledIn(written.raw(phoneField))) return undefined;
	for (const { id, platform } of [written.json, objectOrEmpty(written.json.contact)]) {
		if (platform === 'callbell' && typeof id === 'string' && /^[0-9a-f]{8,}/i.test(id)) return id;
	}
	return undefined;
}

/**
 * The contact with the ID of an own record.
 *
 * @param phone of the item, if it has one
 * @returns undefined when the account has no such contact
 * @throws NodeApiError when it has another phone
 */
export async function ownContact(callbell: CallbellClient, id: string, phone: string | undefined): Promise<IDataObject | undefined> {
	const answer = await callbell.find(path`/contacts/${id}`);
	const contact = answer && contactIn(answer);
	if (contact?.phoneNumber && phone !== undefined && !isSamePhone(contact.phoneNumber, phone)) {
		throw callbell.http.error(`Contact ${id}${contact.name ? ` (${textOf(contact.name)})` : ''} is the contact of the item, but has another phone`, 'These look like two people, so nothing was written. Callbell cannot change the phone of a contact.', 409);
	}
	return contact;
}
