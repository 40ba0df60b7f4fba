import type { IDataObject } from 'n8n-workflow';

import { emailIn } from './email';
import { readBoolean, readDateText, readNumber, type Habits, type Read } from './habits';
import { finderByName } from './names';
import { brokenPart, plainValue } from './plain';
import { localTimeToUtc, zoneOffset } from './time';

/** What a custom field holds, whatever the service calls it. */
export type FieldKind = 'boolean' | 'choice' | 'day' | 'email' | 'json' | 'list' | 'number' | 'text' | 'time';

export interface FieldTarget {
	kind: FieldKind;
	/** What can be chosen; empty when anything can. */
	options?: FieldOption[];
}

/** An entry of a list, by its text; some services keep another text than they show. */
export type FieldOption = string | { value: string; label: string };

/**
 * A custom field's value in the form that another field takes: "42" as the number 42, a time as its day, an option in
 * the spelling of the list; the one converter for what the previous node brings and for what is filled in.
 *
 * @param habits how numbers and dates are written, and the zone in which a time of day belongs to a day
 * @returns why the field cannot hold it, otherwise
 */
export function convertFieldValue(value: unknown, { kind, options = [] }: FieldTarget, habits: Habits): Read<IDataObject[string]> {
	if (kind === 'json') return value !== null && typeof value === 'object' ? { value: value as IDataObject } : jsonOf(textOf(value));
	const plain = plainValue(value);
	if (plain === undefined && kind === 'text' && value !== null && typeof value === 'object') return { value: textOf(value) };
	if (plain === undefined) return { problem: value === undefined || value === null ? 'is empty' : 'is an object with more than one value' };
	const broken = typeof plain === 'string' ? brokenPart(plain) : undefined;
	if (broken !== undefined) return { problem: `has "${broken}" in it` };
	switch (kind) {
		case 'boolean': return readBoolean(oneOf(plain));
		case 'choice': return options.length ? optionIn(options, oneOf(plain)) : { value: textOf(plain) };
		case 'day': return dayOf(oneOf(plain), habits);
		case 'email': return emailOf(oneOf(plain));
		case 'list': return listOf(plain, options);
		case 'number': return readNumber(oneOf(plain), habits.country);
		case 'text': return { value: textOf(plain) };
		case 'time': return timeOf(oneOf(plain), habits);
	}
}

const oneOf = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value);

/** The kind of field that holds a value best. */
export function kindOfValue(value: unknown): FieldKind {
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return 'number';
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:T00:00(?::00(?:\.0+)?)?Z?)?$/.test(value.trim()) && 'value' in dayOf(value, { timezone: 'UTC' }) ? 'day' : 'text';
}

/** Text of any value; lists have commas between their entries. */
export function textOf(value: unknown): string {
	if (Array.isArray(value)) return (value as unknown[]).map(textOf).join(', ');
	if (value !== null && typeof value === 'object') return JSON.stringify(value);
	return String(value);
}

function emailOf(value: unknown): Read<string> {
	const email = emailIn(textOf(value));
	return email.ok ? { value: email.address } : { problem: email.reason };
}

const optionFinder = (options: FieldOption[]) => finderByName(options, (option) => (typeof option === 'string' ? [option] : [option.value, option.label]));

function optionIn(options: FieldOption[], value: unknown, find = optionFinder(options)): Read<string> {
	const found = find(textOf(value));
	if (found !== undefined) return { value: typeof found === 'object' ? found.value : found };
	const names = options.slice(0, 8).map((option) => (typeof option === 'string' ? option : option.label));
	return { problem: `is not one of ${names.join(', ')}${options.length > 8 ? ' …' : ''}` };
}

function listOf(value: unknown, options: FieldOption[]): Read<string[]> {
	const parsed = typeof value === 'string' && /^\s*\[/.test(value) ? jsonOf(value) : { value };
	if ('problem' in parsed) return parsed;
	const given: unknown = parsed.value;
	const whole = typeof given === 'string' && options.length ? optionIn(options, given) : { problem: '' };
	if ('value' in whole) return { value: [whole.value] };
	const entries = Array.isArray(given) ? (given as unknown[]).map(textOf) : textOf(given).split(/[,;|\n]/);
	const texts = entries.map((entry) => entry.trim()).filter(Boolean);
	if (texts.length === 0) return { problem: 'is empty' };
	if (options.length === 0) return { value: texts };
	const find = optionFinder(options);
	const chosen: string[] = [];
	for (const text of texts) {
		const option = optionIn(options, text, find);
		if ('problem' in option) return { problem: `has '${text.slice(0, 60)}' in it, which ${option.problem}` };
		chosen.push(option.value);
	}
	return { value: chosen };
}

function jsonOf(text: string): Read<IDataObject[string]> {
	try {
		return { value: JSON.parse(text) as IDataObject[string] };
	} catch {
		return { problem: 'is not JSON' };
	}
}

/** Days are often kept as midnight, in whichever zone: only another time of day asks for the zone. */
function dayOf(value: unknown, habits: Habits): Read<string> {
	const date = readDateText(value, habits.country);
	if ('problem' in date) return date;
	const midnight = /^(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(date.value)?.[1];
	if (midnight !== undefined) return { value: midnight };
	const time = localTimeToUtc(date.value, habits.timezone);
	if (time === null) return { problem: 'is not a date' };
	const millis = Date.parse(time);
	return { value: new Date(millis + zoneOffset(millis, habits.timezone)).toISOString().slice(0, 10) };
}

function timeOf(value: unknown, habits: Habits): Read<string> {
	const date = readDateText(value, habits.country);
	if ('problem' in date) return date;
	// A day stays the same day wherever it is read.
	if (/^\d{4}-\d\d-\d\d$/.test(date.value)) return { value: `${date.value}T00:00:00.000Z` };
	const time = localTimeToUtc(date.value, habits.timezone);
	return time === null ? { problem: 'is not a date' } : { value: time };
}
