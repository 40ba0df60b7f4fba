import type { IDataObject } from 'n8n-workflow';

import { isNothing, isObject, plainValue } from '../values/plain';
import { isSomebodyElse, roleOf } from './columnNames';

/*
 * Where an item may carry a person: at the top, in what a webhook, a shop, a form or a chat puts around it, or in lists of
 * questions and answers.
 */

/** A record that may be a person, and the way to it: ["body", "data", "buyer"]. */
export interface Place {
	record: IDataObject;
	path: string[];
	/** What stands around a nested person: it may have the phone or e-mail address that the person lacks. */
	around?: IDataObject;
}

const containers = ['payload', 'body', 'data', 'event', 'order', 'purchase', 'sale', 'venda', 'resource', 'object', 'result', 'form_response', 'response', 'conversation', 'message', 'properties', 'fields', 'questions', 'query', 'meta', 'value', 'entry', 'changes'];
const persons = ['contact', 'customer', 'cliente', 'client', 'buyer', 'comprador', 'purchaser', 'payer', 'lead', 'person', 'pessoa', 'persona', 'invitee', 'attendee', 'subscriber', 'student', 'aluno', 'paciente', 'participante', 'sender', 'billing', 'billingaddress', 'contacts', 'customers', 'leads', 'clientes'];

/** Whether a key of an item is what services put around a person, and no column of one. */
export const isSurrounding = (key: string): boolean => containers.includes(key.toLowerCase()) || ['_data', 'headers', 'key', 'metadata', 'params', ...persons].includes(key.toLowerCase());

/** The places of an item, the most telling first. */
export function placesIn(json: IDataObject): Place[] {
	const roots = rootsOf(json, [], 0);
	const named = roots.flatMap(({ record, path }) => personsIn(record, path));
	// A chat's conversation, a deal and an event tell about themselves beside their contact; a shop's order about its buyer.
	const certain = named.filter(({ path }) => ['contact', 'sender'].includes(path[path.length - 1] ?? ''));
	return [...certain, ...named.filter((place) => !certain.includes(place)), ...roots, ...roots.flatMap(({ record, path }) => anyPersonIn(record, path))];
}

/** The list of several people that an item carries instead of one: "body.leads". */
export function listOfPeople(json: IDataObject): { path: string; count: number } | undefined {
	for (const { record, path } of rootsOf(json, [], 0)) {
		for (const [key, value] of Object.entries(record)) {
			if (!Array.isArray(value) || value.length < 2 || !value.every(isObject) || isSomebodyElse(key)) continue;
			if ((value as IDataObject[]).every((row) => ['phone', 'email'].some((role) => Object.entries(row).some(([name, entry]) => !isNothing(entry) && roleOf(name)?.role === role)))) {
				return { path: [...path, key].join('.'), count: value.length };
			}
		}
	}
	return undefined;
}

function rootsOf(record: IDataObject, path: string[], depth: number): Place[] {
	const here: Place = { record: flattened(record), path };
	if (depth >= 4) return [here];
	const below = Object.entries(record).slice(0, 200).flatMap(([key, value]) => {
		if (!containers.includes(key.toLowerCase())) return [];
		const inner = single(value);
		return inner ? rootsOf(inner, [...path, key], depth + 1) : [];
	});
	return [here, ...below];
}

const single = (value: unknown): IDataObject | undefined => (Array.isArray(value) ? (value.length === 1 && isObject(value[0]) ? value[0] : undefined) : isObject(value) ? value : undefined);

function personsIn(record: IDataObject, path: string[]): Place[] {
	const entries = Object.entries(record).slice(0, 200).map(([key, value]) => ({ key, value, plain: key.slice(0, 200).toLowerCase().replace(/[^a-z]/g, '') }));
	return persons.flatMap((name) => entries.flatMap(({ key, value, plain }) => {
		if (plain !== name) return [];
		const person = single(value);
		// A message's sender may be one of the team.
		if (!person || (name === 'sender' && person.type !== 'contact' && path[path.length - 1] !== 'meta')) return [];
		return [{ record: flattened(person), path: [...path, key], around: record }];
	}));
}

/** The one object of any name that has both a name and a phone or e-mail address; of two, neither is sure. */
function anyPersonIn(record: IDataObject, path: string[]): Place[] {
	const found = Object.entries(record).slice(0, 200).flatMap(([key, value]) => {
		const person = single(value);
		if (!person || isSomebodyElse(key) || ['sender', 'user', 'users'].includes(key.toLowerCase())) return [];
		const flat = flattened(person);
		const roles = new Set(Object.entries(flat).filter(([, entry]) => !isNothing(entry)).map(([name]) => roleOf(name)?.role));
		return (roles.has('name') || roles.has('firstName')) && (roles.has('phone') || roles.has('email')) ? [{ record: flat, path: [...path, key], around: record }] : [];
	});
	return found.length === 1 ? found : [];
}

/** A record with the questions and answers of forms as columns of its own, by their titles. */
function flattened(record: IDataObject): IDataObject {
	const columns: IDataObject = {};
	for (const [key, value] of Object.entries(record).slice(0, 500)) {
		if (Array.isArray(value) && value.length && value.length <= 500 && value.every(isObject) && roleOf(key) === undefined) Object.assign(columns, answersIn(value as IDataObject[]));
		// Forms of Elementor and HubSpot: {"email": {"title": "E-mail", "value": "…"}}.
		else if (['fields', 'properties', 'form_fields'].includes(key) && isObject(value)) Object.assign(columns, fieldsIn(value));
	}
	if (isObject(record.key) && typeof record.key.remoteJid === 'string' && record.key.fromMe !== true) columns.wa_id = record.key.remoteJid;
	if (typeof record.from === 'string' && /@(?:c\.us|s\.whatsapp\.net)$/.test(record.from) && record.fromMe !== true) {
		columns.wa_id = record.from;
		const inner = isObject(record._data) ? record._data : {};
		if (typeof inner.notifyName === 'string') columns.name = inner.notifyName;
	}
	if (isObject(record.profile) && typeof record.profile.name === 'string' && 'wa_id' in record) columns.name = record.profile.name;
	return Object.keys(columns).length ? { ...columns, ...Object.fromEntries(Object.entries(record).filter(([key, value]) => !Object.hasOwn(columns, key) || !isNothing(value))) } : record;
}

function fieldsIn(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).flatMap(([key, field]) => {
		if (!isObject(field)) return [[key, field]];
		if (!('value' in field)) return [];
		const title = typeof field.title === 'string' && field.title.trim() ? field.title : key;
		return [[roleOf(title) ? title : key, plainValue(field.value)]];
	})) as IDataObject;
}

const titles = ['label', 'title', 'question', 'name', 'key', 'field_name', 'id'];
const answers = ['value', 'answer', 'values', 'text', 'email', 'phone_number', 'response'];

function answersIn(rows: IDataObject[]): IDataObject {
	return Object.fromEntries(rows.flatMap((row): Array<[string, unknown]> => {
		// Typeform names a question by a reference, and its answer by its type.
		if ((row.type === 'email' || row.type === 'phone_number') && typeof row[row.type] === 'string') return [[row.type === 'email' ? 'email' : 'phone', row[row.type]]];
		const title = titles.map((key) => row[key]).find((text) => typeof text === 'string' && text.trim() !== '') as string | undefined;
		const answer = answers.find((key) => Object.hasOwn(row, key));
		// A person in a list has more to it than a title and an answer.
		if (title === undefined || answer === undefined || ('name' in row && ['email', 'phone_number'].includes(answer))) return [];
		const value = plainValue(row[answer]);
		return value === undefined || isNothing(value) ? [] : [[title, Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value]];
	})) as IDataObject;
}
