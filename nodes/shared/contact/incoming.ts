import type { IDataObject } from 'n8n-workflow';

import { leftOut, type LeftOut } from '../operation/leftOut';
import { toE164 } from '../phone/phone';
import { foldName } from '../values/names';
import { brokenPart, cleanText, isNobody, isNothing, isObject, plainValue } from '../values/plain';
import { isSomebodyElse, namesOf, roleOf, type ColumnRole } from './columnNames';
import { emailIn } from '../values/email';
import { isSurrounding, placesIn } from './places';

/** A contact as an item brings it. What the item does not have is undefined, or an empty list or object. */
export interface IncomingContact {
	name?: string;
	email?: string;
	/** As it is written; with a plus sign when the record says that the country code is there. */
	phone?: string;
	externalId?: string;
	avatarUrl?: string;
	notes?: string;
	tags: string[];
	/** Field name to value, without the wrapping that services put around values. */
	customFields: IDataObject;
	/** Columns of a plain row that stand for none of the above; they may be custom fields by their name. */
	columns: IDataObject;
	/** Where each value was read: {phone: "contact.phone_number"}. */
	origins: Partial<Record<ContactKey, string>>;
	/** What the item has, but cannot be taken over. */
	unread: LeftOut[];
}

export type ContactKey = Exclude<ColumnRole, 'areaCode' | 'countryCode' | 'firstName' | 'lastName'>;

/** Keys of records and of n8n's own nodes that are no columns of a form. */
const noColumns = new Set(['createdat', 'created', 'event', 'formmode', 'formqueryparameters', 'id', 'platform', 'rownumber', 'submittedat', 'updatedat', 'url', 'uuid']);

/** No contact. */
export const nobody = (): IncomingContact => ({ tags: [], customFields: {}, columns: {}, origins: {}, unread: [] });

/**
 * Reads the contact that an item brings: the common contact of this package ("Simplified"), a service's own record, or
 * a plain row of a form or spreadsheet with keys in English, Portuguese, Spanish or Italian; at the top level, below
 * `contact`, or where webhooks, shops and forms put it.
 *
 * @param json data of the item
 * @returns undefined when the item has no name, phone, e-mail address or key of a contact
 */
export function readIncomingContact(json: IDataObject): IncomingContact | undefined {
	for (const { record, path, around } of placesIn(json)) {
		const contact = readRecord('contactId' in record ? contactOf(record) : record, path.join('.'));
		if (!(contact.name ?? contact.email ?? contact.phone ?? contact.externalId)) continue;
		return around && !isOurs(record) ? withWhatStandsAround(contact, around, path.slice(0, -1).join('.')) : contact;
	}
	return undefined;
}

/** A conversation or deal in short tells about its contact beside its own name, tags and fields. */
function contactOf({ contactName, contactPhone, contactEmail }: IDataObject): IDataObject {
	return { contactName, contactPhone, contactEmail };
}

/** A shop's order has the phone or e-mail address of a buyer who lacks it; its own name, notes and tags are not the buyer's. */
function withWhatStandsAround(contact: IncomingContact, around: IDataObject, place: string): IncomingContact {
	if (contact.phone !== undefined && contact.email !== undefined) return contact;
	const billing = ['billing', 'billing_address', 'billingAddress'].map((key) => around[key]).find(isObject);
	const lists = [readRecord(around, place), ...(billing ? [readRecord(billing, 'billing')] : [])];
	for (const key of ['phone', 'email'] as const) {
		const found = lists.find((other) => other[key] !== undefined);
		if (contact[key] !== undefined || !found) continue;
		contact[key] = found[key];
		contact.origins[key] = found.origins[key];
	}
	return contact;
}

/** Whether a record is one of the three services', whose phones have their country code. */
function isOurs(record: IDataObject): boolean {
	if (typeof record.platform === 'string') return ['kinbox', 'chatwoot', 'callbell'].includes(record.platform);
	const { customFields: fields } = record;
	return (isObject(record.custom_attributes) && isObject(record.additional_attributes))
		|| ('phone_number' in record && (isObject(record.additional_attributes) || (isObject(record.custom_attributes) && 'identifier' in record)))
		|| ('phoneNumber' in record && typeof record.uuid === 'string')
		|| ('id' in record && 'phone' in record && isObject(fields) && Object.keys(fields).length > 0 && Object.values(fields).every((field) => isObject(field) && 'value' in field));
}

interface Column {
	key: string;
	value: unknown;
	role?: ColumnRole;
	rank: number;
}

function readRecord(record: IDataObject, place: string): IncomingContact {
	const ours = isOurs(record);
	const columns: Column[] = Object.entries(record).map(([key, value]) => ({ key, value, rank: 0, ...roleOf(key) }));
	const origins: IncomingContact['origins'] = {};
	const unread: LeftOut[] = [];
	const used = new Set<string>();
	const named = (key: string) => (place === '' ? key : `${place}.${key}`);
	const of = (role: ColumnRole) => columns.filter((column) => column.role === role && !isNothing(column.value)).sort((a, b) => a.rank - b.rank);
	const find = <Value>(role: ColumnRole, read: (value: unknown, key: string) => Value | undefined): Value | undefined => {
		for (const { key, value } of of(role)) {
			const found = read(value, key);
			if (found === undefined) continue;
			used.add(key);
			if (!['areaCode', 'countryCode', 'firstName', 'lastName'].includes(role)) origins[role as ContactKey] = named(key);
			return found;
		}
		return undefined;
	};

	const customFields = find('customFields', readFields) ?? {};
	const types = isObject(record.customFieldsMetadata) ? record.customFieldsMetadata : {};
	const parts = { areaCode: find('areaCode', readCode), countryCode: find('countryCode', readCode) };
	const contact: IncomingContact = {
		// A record of ours says which of its keys is the name, so digits are no order's number.
		name: (ours ? find('name', readPersonText) : undefined) ?? readName(find),
		email: find('email', (value, key) => readEmail(value, key, unread)),
		phone: find('phone', (value, key) => readPhone(value, ours || foldName(key) === 'waid', parts)),
		externalId: find('externalId', readPersonText),
		avatarUrl: find('avatarUrl', (value) => (typeof value === 'string' && /^https?:\/\/[^\s/]/i.test(value.trim()) ? value.trim() : undefined)),
		tags: (find('tags', readTags) ?? []).filter((tag) => isWritten('tags', tag, unread)),
		notes: find('notes', (value, key) => ((text) => (text !== undefined && isWritten(key, text, unread) ? text : undefined))(readText(value))),
		customFields: Object.fromEntries(Object.entries(customFields).map(([key, value]) => {
			const typed = types[key];
			return [key, isObject(typed) && !isNothing(typed.value) ? typed.value : value];
		})) as IDataObject,
		columns: {},
		origins,
		unread,
	};
	if (contact.notes === undefined && isObject(record.additional_attributes)) contact.notes = readText(record.additional_attributes.description);
	contact.email ??= emailAmong(contact.customFields, types);
	contact.externalId ??= readText(contact.customFields[Object.keys(contact.customFields).find((key) => roleOf(key)?.role === 'externalId') ?? '']);
	if (!ours) readOtherColumns(contact, columns, used);
	dropDoubles(contact);
	return contact;
}

/** A full name, or the two parts of one; "Nome" is a first name when "Sobrenome" stands beside it. */
function readName(find: <Value>(role: ColumnRole, read: (value: unknown) => Value | undefined) => Value | undefined): string | undefined {
	const whole = find('name', readWholeName);
	const first = find('firstName', readPersonText);
	const last = find('lastName', readPersonText);
	if (last === undefined) return whole ?? first;
	const before = whole ?? first ?? '';
	return before.toLowerCase().endsWith(last.toLowerCase()) && before !== '' ? before : `${before} ${last}`.trim();
}

/** A name, also one in parts: {"first": "Ana", "last": "Souza"}. The number of an order is none. */
function readWholeName(value: unknown): string | undefined {
	if (isObject(value) && !('richText' in value)) {
		const part = (role: ColumnRole) => Object.entries(value).map(([key, entry]) => (roleOf(key)?.role === role ? readPersonText(entry) : undefined)).find(Boolean);
		const parts = [part('firstName'), part('lastName')].filter(Boolean).join(' ');
		if (parts) return parts;
	}
	const text = readPersonText(value);
	return text !== undefined && /^#?\d+$/.test(text) ? undefined : text;
}

function readText(value: unknown): string | undefined {
	const plain = plainValue(value);
	const one = Array.isArray(plain) && plain.length === 1 ? (plain as unknown[])[0] : plain;
	if (typeof one === 'number') return String(one);
	if (typeof one !== 'string' || isNothing(one)) return undefined;
	return cleanText(one) || undefined;
}

/** Whether somebody has written a text; what an expression has spoilt is left out with a word, because a lead is more than its notes. */
function isWritten(key: string, text: string, unread: LeftOut[]): boolean {
	const broken = brokenPart(text);
	if (broken !== undefined) unread.push(leftOut(key, text, `has "${broken}" in it`));
	return broken === undefined;
}

function readPersonText(value: unknown): string | undefined {
	const text = readText(value);
	return isNobody(text) ? undefined : text;
}

/** An e-mail address; one that cannot be read is left out with a word, because a lead is more than its second field. */
function readEmail(value: unknown, key: string, unread: LeftOut[]): string | undefined {
	const text = readPersonText(value);
	if (text === undefined) return undefined;
	const email = emailIn(text);
	if (email.ok) return email.address;
	unread.push(leftOut(key, text, email.reason));
	return undefined;
}

const readCode = (value: unknown): string | undefined => (/^\+?\d{1,4}$/.test(readText(value) ?? '') ? readText(value)?.replace('+', '') : undefined);

interface PhoneParts {
	areaCode?: string;
	countryCode?: string;
}

/**
 * A phone as it is written, joined with an area code or country code that stands apart. The three services keep phones
 * with country code but often without plus sign; what people write elsewhere is left alone.
 */
function readPhone(value: unknown, hasCountryCode: boolean, { areaCode, countryCode }: PhoneParts = {}): string | undefined {
	if (Array.isArray(value)) return value.length ? (value as unknown[]).map((entry) => readPhone(entry, hasCountryCode, { areaCode, countryCode })).find((phone) => phone !== undefined) : undefined;
	if (isObject(value)) {
		const entries = Object.entries(value).map(([key, entry]) => ({ key, entry, role: roleOf(key)?.role }));
		const code = (role: ColumnRole) => entries.map(({ entry, role: own }) => (own === role ? readCode(entry) : undefined)).find(Boolean);
		const number = entries.find(({ key, role, entry }) => (role === 'phone' || ['number', 'numero'].includes(foldName(key))) && !isNothing(entry) && !isObject(entry));
		const inner = entries.find(({ role, entry }) => role === 'phone' && isObject(entry));
		if (!number && inner) return readPhone(inner.entry, hasCountryCode, { areaCode, countryCode });
		if (number) return readPhone(number.entry, hasCountryCode, { areaCode: code('areaCode') ?? areaCode, countryCode: code('countryCode') ?? countryCode });
	}
	const text = readPersonText(value)?.split(':::')[0]?.trim();
	if (text === undefined || text === '') return undefined;
	const digits = text.replace(/\D/g, '');
	if (hasCountryCode && /^\d{7,15}$/.test(text)) return toE164(`+${text}`, { defaultCountry: 'BR' }).ok ? `+${text}` : text;
	if (/^\s*(?:\+|00)|@/.test(text) || digits.length < 6) return text;
	// "DDD" and "Telefone" apart: what is shorter than a number with its area code has it in front.
	const area = areaCode?.replace(/^0+/, '');
	const local = area && digits.length <= 9 ? `${area} ${text}` : text;
	return countryCode && !(digits.startsWith(countryCode) && digits.length > 11) ? `+${countryCode} ${local}` : local;
}

/** Names of tags, from a list of texts or records, or from text with commas between them; each once. */
function readTags(value: unknown): string[] | undefined {
	const entries = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? [...new Set(value.split(/[,;\n]/))] : [value];
	const names = entries.map((entry) => readText(isObject(entry) ? (entry.name ?? entry.title ?? entry.label) : entry));
	const found = [...new Map(names.filter((name) => name !== undefined).map((name) => [name, name])).values()];
	return found.length ? found : undefined;
}

/** Custom fields as an object of plain values: {"cpf": {"value": "…"}} and [{"name": "cpf", "value": "…"}] become {"cpf": "…"}. */
function readFields(value: unknown): IDataObject | undefined {
	const entries: Array<[string, unknown]> = Array.isArray(value)
		? (value as unknown[]).filter(isObject).map((row) => [String(row.name ?? row.key ?? row.placeholder ?? row.label ?? ''), row.value])
		: isObject(value) ? Object.entries(value) : [];
	const plain = entries
		.map(([key, entry]): [string, unknown] => [key, isObject(entry) && 'value' in entry ? entry.value : entry])
		.map(([key, entry]): [string, unknown] => [key, plainValue(entry) ?? entry])
		.filter(([key, entry]) => key.trim() !== '' && !isNothing(entry));
	return plain.length ? (Object.fromEntries(plain) as IDataObject) : undefined;
}

/** The e-mail address of services whose contacts have it in a custom field only. */
function emailAmong(fields: IDataObject, types: IDataObject): string | undefined {
	const typed = Object.keys(fields).find((key) => isObject(types[key]) && types[key].type === 'email');
	const key = typed ?? Object.keys(fields).find((name) => roleOf(name)?.role === 'email');
	const email = key === undefined ? undefined : emailIn(readPersonText(fields[key]) ?? '');
	return email?.ok ? email.address : undefined;
}

/** A custom field "E-mail" that says what the contact's e-mail address says is the same thing twice. */
function dropDoubles(contact: IncomingContact): void {
	for (const name of Object.keys(contact.customFields)) {
		const folded = foldName(name);
		const key = (['email', 'phone', 'name', 'notes', 'externalId'] as const).find((one) => namesOf(one).includes(folded));
		if (key !== undefined && contact[key] === readText(contact.customFields[name])) delete contact.customFields[name];
	}
}

/** Parts of a contact that are told when their column is an object that cannot be read. */
const toldRoles = new Set<ColumnRole>(['name', 'firstName', 'lastName', 'email', 'phone', 'notes', 'externalId', 'avatarUrl']);

const hasRole = (contact: IncomingContact, role: ColumnRole): boolean => (role === 'firstName' || role === 'lastName' ? contact.name : contact[role as 'name']) !== undefined;

/** Further columns: plain values may be custom fields; what is lost is named, a phone or e-mail address above all. */
function readOtherColumns(contact: IncomingContact, columns: Column[], used: Set<string>): void {
	const said = new Set(contact.unread.map(({ column }) => column));
	const taken: Array<[string, IDataObject[string]]> = [];
	for (const { key, value, role } of columns) {
		if (used.has(key) || key.length > 500 || isNothing(value) || noColumns.has(foldName(key))) continue;
		const plain = plainValue(value);
		if (role !== undefined) {
			const lost = readText(value);
			if (lost === undefined && plain === undefined && typeof value === 'object' && toldRoles.has(role) && !hasRole(contact, role)) contact.unread.push(leftOut(key, JSON.stringify(value), 'is an object with more than one value; pick one of them in a field of its own'));
			if (lost !== undefined && (role === 'notes' || role === 'externalId') && contact[role] !== undefined && lost !== contact[role]) contact.unread.push(leftOut(key, lost, `the contact has ${role === 'notes' ? 'notes' : 'an external ID'} from another column already`));
			if (lost !== undefined && role === 'avatarUrl' && contact.avatarUrl === undefined) contact.unread.push(leftOut(key, lost, 'is not the address of a picture'));
			if (lost !== undefined && role !== 'customFields' && role !== 'areaCode' && role !== 'countryCode' && !isNobody(lost)) {
				const isSame = contact.email === lost || contact.name === lost || (contact.phone !== undefined && contact.phone.replace(/\D/g, '') === lost.replace(/\D/g, ''));
				const isSaid = said.has(key);
				if (!isSame && !isSaid && ['email', 'phone'].includes(role)) contact.unread.push(leftOut(key, lost, contact[role as 'email'] === undefined ? 'cannot be read' : `the contact has the ${role === 'phone' ? 'phone' : 'e-mail address'} ${contact[role as 'phone']} already`));
			}
			continue;
		}
		if (plain === undefined) {
			// A webhook's own objects and lists are no columns; those of a row that people see are.
			if (typeof value === 'object' && !isSomebodyElse(key) && !isSurrounding(key) && contact.unread.length < 20) contact.unread.push(leftOut(key, JSON.stringify(value), `is ${Array.isArray(value) ? 'a list of objects' : 'an object'} with more than one value; pick one of them in a field of its own`));
			continue;
		}
		if (isNothing(plain)) continue;
		taken.push([key, plain]);
		// Enough are named to see what is wrong with the sheet.
		const found = contact.unread.length < 100 ? contactIn(plain, contact) : undefined;
		if (found && !isSomebodyElse(key)) contact.unread.push(leftOut(key, String(plain), `holds ${found}, but the column's name does not say that it is the contact's; rename it or fill in the field by dragging`));
	}
	// Not key by key: a column may be called __proto__.
	contact.columns = Object.fromEntries(taken) as IDataObject;
}

/** Says that a value is a phone or an e-mail address that the contact does not have. */
function contactIn(value: unknown, contact: IncomingContact): string | undefined {
	if (typeof value === 'string' && contact.email === undefined && value.length < 255 && value.includes('@') && !/@(?:c\.us|g\.us|lid|s\.whatsapp\.net|broadcast|newsletter)$/.test(value) && emailIn(value).ok) return 'an e-mail address';
	if (contact.phone !== undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
	const text = String(value);
	if (!/^[+(]?[\d\s().-]{10,20}$/.test(text) || /^\d{4}-\d\d/.test(text) || (/^\d+$/.test(text) && text.length < 12)) return undefined;
	const phone = toE164(text, { defaultCountry: 'BR' });
	return phone.ok && phone.kind === 'mobile' ? 'a phone number' : undefined;
}
