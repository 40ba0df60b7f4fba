import type { IDataObject } from 'n8n-workflow';

import type { IncomingContact } from './incoming';
import { findByName } from '../values/names';
import { localTimeToUtc, zoneOffset } from '../values/time';

/** What a custom field holds, whatever the service calls it. */
export type FieldKind = 'boolean' | 'choice' | 'day' | 'email' | 'json' | 'list' | 'number' | 'text' | 'time';

export interface FieldTarget {
	kind: FieldKind;
	/** What can be chosen; empty when anything can. */
	options?: FieldOption[];
}

/** An entry of a list, by its text; some services keep another text than they show. */
export type FieldOption = string | { value: string; label: string };

const yes = ['true', 'yes', 'sim', 'si', 'sí', '1'];
const no = ['false', 'no', 'não', 'nao', '0'];

/**
 * A custom field's value in the form that another field takes: "42" as the number 42, a time as its day, an option in
 * the spelling of the list.
 *
 * @param timezone in which a time of day belongs to a day
 * @returns undefined when the field cannot hold it
 */
export function convertFieldValue(value: unknown, { kind, options = [] }: FieldTarget, timezone: string): IDataObject[string] | undefined {
	if (value === undefined || value === null) return undefined;
	switch (kind) {
		case 'boolean': return booleanOf(value);
		case 'choice': return options.length ? optionIn(options, Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value) : textOf(value);
		case 'day': return dayOf(value, timezone);
		case 'email': return emailOf(value);
		case 'json': return typeof value === 'object' ? (value as IDataObject) : jsonOf(textOf(value));
		case 'list': return listOf(value, options);
		case 'number': return numberOf(value);
		case 'text': return textOf(value);
		case 'time': return timeOf(value, timezone);
	}
}

/** A custom field of an account. */
export interface AccountField extends FieldTarget {
	/** The key under which the service takes the value. */
	id: string;
	/** Every name that people may know it by. */
	names: string[];
}

export interface MatchedFields {
	/** Field key to value, in the form that the field takes. */
	values: IDataObject;
	/** Fields that the account does not have, by the contact's name for them. */
	missing: Array<[name: string, value: unknown]>;
	/** Fields that the account has, but that cannot hold the value. */
	unfit: string[];
	/** Columns of a row that are no field of the account. */
	unused: string[];
}

/**
 * Finds the account's custom fields by the names that a contact has for them.
 *
 * @param contact its custom fields, and further columns when it is a plain row
 */
export function matchFields(contact: Pick<IncomingContact, 'columns' | 'customFields'>, fields: AccountField[], timezone: string): MatchedFields {
	const matched: MatchedFields = { values: {}, missing: [], unfit: [], unused: [] };
	const values: Array<[string, IDataObject[string]]> = [];
	const take = (name: string, value: unknown, otherwise: () => void) => {
		const field = findByName(fields, name, ({ names }) => names);
		if (!field) return otherwise();
		const converted = convertFieldValue(value, field, timezone);
		if (converted === undefined) matched.unfit.push(name);
		else values.push([field.id, converted]);
	};
	for (const [name, value] of Object.entries(contact.columns)) take(name, value, () => matched.unused.push(name));
	for (const [name, value] of Object.entries(contact.customFields)) take(name, value, () => matched.missing.push([name, value]));
	matched.values = Object.fromEntries(values);
	return matched;
}

/** The kind of field that holds a value best. */
export function kindOfValue(value: unknown): FieldKind {
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return 'number';
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:T00:00(?::00(?:\.0+)?)?Z?)?$/.test(value.trim()) && dayOf(value, 'UTC') ? 'day' : 'text';
}

/** Text of any value; lists have commas between their entries. */
export function textOf(value: unknown): string {
	if (Array.isArray(value)) return (value as unknown[]).map(textOf).join(', ');
	if (value !== null && typeof value === 'object') return JSON.stringify(value);
	return String(value);
}

function booleanOf(value: unknown): boolean | undefined {
	const word = textOf(value).trim().toLowerCase();
	return yes.includes(word) ? true : no.includes(word) ? false : undefined;
}

function numberOf(value: unknown): number | undefined {
	if (typeof value === 'boolean') return undefined;
	const text = textOf(value).trim();
	const number = Number(text);
	return text !== '' && Number.isFinite(number) ? number : undefined;
}

function emailOf(value: unknown): string | undefined {
	const text = textOf(value).trim();
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : undefined;
}

function optionIn(options: FieldOption[], value: unknown): string | undefined {
	const found = findByName(options, textOf(value), (option) => (typeof option === 'string' ? [option] : [option.value, option.label]));
	return typeof found === 'object' ? found.value : found;
}

function listOf(value: unknown, options: FieldOption[]): string[] | undefined {
	const parsed = typeof value === 'string' && /^\s*\[/.test(value) ? jsonOf(value) : value;
	const entries = Array.isArray(parsed) ? (parsed as unknown[]).map(textOf) : textOf(parsed).split(/[,\n]/);
	const texts = entries.map((entry) => entry.trim()).filter(Boolean);
	const found = options.length ? texts.map((text) => optionIn(options, text)) : texts;
	return found.length && found.every((entry) => entry !== undefined) ? found : undefined;
}

function jsonOf(text: string): IDataObject[string] | undefined {
	try {
		return JSON.parse(text) as IDataObject[string];
	} catch {
		return undefined;
	}
}

/** Days are often kept as midnight, in whichever zone: only another time of day asks for the zone. */
function dayOf(value: unknown, timezone: string): string | undefined {
	const text = textOf(value).trim();
	const midnight = /^(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text)?.[1];
	if (midnight !== undefined) return Number.isNaN(Date.parse(midnight)) ? undefined : midnight;
	const millis = Date.parse(timeOf(value, timezone) ?? '');
	return Number.isNaN(millis) ? undefined : new Date(millis + zoneOffset(millis, timezone)).toISOString().slice(0, 10);
}

function timeOf(value: unknown, timezone: string): string | undefined {
	const text = textOf(value).trim();
	if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
	// A day stays the same day wherever it is read.
	if (/^\d{4}-\d\d-\d\d$/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : `${text}T00:00:00.000Z`;
	return localTimeToUtc(text, timezone) ?? undefined;
}
