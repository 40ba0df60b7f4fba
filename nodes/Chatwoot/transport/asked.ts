import type { IDataObject } from 'n8n-workflow';

import { hintLeftOut } from '../../shared/contact/leftOut';
import type { Call, HttpClient } from '../../shared/http/httpClient';
import { remark } from '../../shared/operation/output';
import { rowsIn, secretKeys } from './answers';
import { labelOf } from './errors';
import { table } from '../../shared/values/table';

/** Something that was asked for, and what the server made of it. */
export interface NotApplied {
	/** As the editor shows it. */
	field: string;
	asked: unknown;
	got: unknown;
}

/** Keys whose answer has another meaning or form than what was asked for, so that comparing them says nothing. */
const notCompared = new Set([
	// Rules of a filter, and rows that it finds.
	'payload', 'query',
	// Numbers in answers, words in requests.
	'message_type',
	// Pictures and files are answered as addresses.
	'attachments', 'avatar', 'blob_id', 'logo',
]);

/** Lists whose entries the server completes, and what tells one entry from another. */
const completed: Record<string, string> = table({ actions: 'action_name', conditions: 'attribute_key' });

/** Objects that an answer shows whole: what is missing in them is not there. */
const shownWhole = new Set(['additional_attributes', 'custom_attributes', 'processed_params']);
/** Keys that a Chatwoot which leaves them out does not know. */
const shownAlways = new Set(['sla_policy_id']);
/** Of a message's attributes the server keeps all but a reply to what it does not know. */
const comparedOfMessages = ['in_reply_to'];

/**
 * Compares the body of a write with the record that came back. Chatwoot answers many writes with success although it
 * has left something out; what differs stands in the item (`notApplied`) and in a hint.
 */
export function compareWithAnswer(http: HttpClient, { method, path, body }: Call, answer: unknown): void {
	if (!['PATCH', 'POST', 'PUT'].includes(method) || body === undefined || answer === null || typeof answer !== 'object' || isQuestion(path)) return;
	const members = (body as IDataObject).user_ids;
	if (Array.isArray(members)) {
		compareMembers(http, members.map(Number), rowsIn(answer));
		return;
	}
	const record = recordIn(answer);
	const asked = askedIn(body as IDataObject, record);
	const differences = Object.entries(asked).flatMap(([key, value]) => differencesOf(key, value, shownAs(key, record), labelOf(key), path));
	tellNotApplied(http, record, differences);
}

/** Calls that ask, and those whose answer their operation compares itself. */
function isQuestion(path: string): boolean {
	return /\/(?:filter|destroy_custom_attributes|toggle_status|contact_merge|bulk_actions|conversations|participants|team_members)$/.test(path);
}

/** Whom the answer lacks of those who were to be in a list. */
function compareMembers(http: HttpClient, members: number[], rows: IDataObject[]): void {
	const there = new Set(rows.map(({ id }) => Number(id)));
	const lost = members.filter((id) => !there.has(id)).map((id) => ({ field: 'Agents', asked: id, got: null }));
	for (const row of rows.slice(0, 1)) tellNotApplied(http, row, lost);
}

/** The record in an answer: bare, below `payload`, or below its own name. */
function recordIn(answer: object): IDataObject {
	const { payload } = answer as IDataObject;
	const inside = payload !== null && typeof payload === 'object' && !Array.isArray(payload) ? (payload as IDataObject) : (answer as IDataObject);
	const named = ['contact', 'hook', 'webhook'].map((name) => inside[name]).find((value) => value !== null && typeof value === 'object' && !Array.isArray(value));
	return inside.id === undefined && named ? (named as IDataObject) : inside;
}

/** What a body asks for, each key as the record would show it. */
function askedIn(body: IDataObject, record: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(body).flatMap(([key, value]) => {
		const isWrapper = ['article', 'category', 'channel', 'portal'].includes(key) && value !== null && typeof value === 'object' && !Array.isArray(value) && (record[key] === undefined || key !== 'category');
		return isWrapper ? Object.entries(value as IDataObject).filter(([inner]) => inner !== 'type') : [[key, value]];
	})) as IDataObject;
}

function shownAs(key: string, record: IDataObject): unknown {
	if (Object.hasOwn(record, key)) return record[key];
	const settings = record.settings as IDataObject | null | undefined;
	if (settings !== null && typeof settings === 'object' && Object.hasOwn(settings, key)) return settings[key];
	return shownAlways.has(key) ? null : undefined;
}

function differencesOf(key: string, asked: unknown, got: unknown, field: string, path: string): NotApplied[] {
	if (asked === undefined || got === undefined || notCompared.has(key) || secretKeys.has(key)) return [];
	// The text of a message is rendered before it is kept.
	if (key === 'content' && path.endsWith('/messages')) return [];
	const name = completed[key];
	if (name !== undefined && Array.isArray(asked) && Array.isArray(got)) {
		const [wanted, there] = [asked, got].map((list) => (list as IDataObject[]).map((entry) => entry[name]));
		return agrees(wanted, there) ? [] : [{ field, asked: wanted, got: there }];
	}
	if (isObject(asked)) {
		if (!isObject(got)) return got === null && Object.keys(asked).length > 0 && shownWhole.has(key) ? [{ field, asked, got }] : [];
		const entries = Object.entries(asked).filter(([inner]) => key !== 'content_attributes' || comparedOfMessages.includes(inner));
		return entries.flatMap(([inner, value]) => {
			const whole = shownWhole.has(key) || comparedOfMessages.includes(inner);
			return differencesOf(inner, value, got[inner] ?? (whole ? null : undefined), comparedOfMessages.includes(inner) ? labelOf(inner) : `${field} > ${shownWhole.has(key) ? inner : labelOf(inner)}`, path);
		});
	}
	// Names of teams and labels are kept in small letters.
	if (/\/(?:teams|labels)\b/.test(path) && typeof asked === 'string' && typeof got === 'string' && asked.trim().toLowerCase() === got) return [];
	// Another kind of value is another way to show the same: a state as a switch, names as records.
	if (!isNothing(asked) && !isNothing(got) && kindOf(asked) !== kindOf(got) && !agrees(asked, got)) return [];
	return agrees(asked, got) ? [] : [{ field, asked, got }];
}

const isObject = (value: unknown): value is IDataObject => value !== null && typeof value === 'object' && !Array.isArray(value);

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return `list of ${kindOf(value[0])}`;
	return typeof value === 'number' ? 'string' : typeof value;
}

/**
 * Says in the item (`notApplied`) and in a hint what was not done.
 *
 * @param record as the operation gives it; given back
 */
export function tellNotApplied<Row extends object>(http: HttpClient, record: Row, differences: NotApplied[]): Row {
	if (differences.length === 0) return record;
	hintLeftOut(http, 'Chatwoot answered with success, but did not do all of it; see notApplied in the items', differences.map(({ field }) => field), 'item');
	return remark(record, { notApplied: differences as unknown as IDataObject[] });
}

/** Whether two values mean the same: numbers and their text, times in any form, lists in any order, null and nothing. */
export function agrees(asked: unknown, got: unknown): boolean {
	if (isNothing(asked) || isNothing(got)) return isNothing(asked) && isNothing(got);
	if (Array.isArray(asked) && Array.isArray(got)) {
		const left = got.map(plain).sort();
		return asked.length === got.length && asked.map(plain).sort().every((entry, index) => entry === left[index]);
	}
	return plain(asked) === plain(got) || isSameTime(asked, got);
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Chatwoot takes times as ISO text or seconds, and shows either; upper and lower case of e-mail addresses and colors are one. */
function isSameTime(asked: unknown, got: unknown): boolean {
	const [one, other] = [secondsOf(asked), secondsOf(got)];
	if (one !== undefined && other !== undefined) return Math.abs(one - other) < 1;
	return typeof asked === 'string' && typeof got === 'string' && /^#|@/.test(asked) && asked.trim().toLowerCase() === got.trim().toLowerCase();
}

function secondsOf(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
	const time = Date.parse(value) / 1000;
	return Number.isFinite(time) ? Math.floor(time) : undefined;
}

function plain(value: unknown): string {
	return JSON.stringify(inOrder(value));
}

/** With keys in one order, and numbers as the text that Chatwoot may make of them. */
function inOrder(value: unknown): unknown {
	if (value === null || typeof value !== 'object') return String(value).trim();
	if (Array.isArray(value)) return value.map(inOrder);
	return Object.entries(value).map(([key, entry]) => [key, inOrder(entry)] as const).sort(([a], [b]) => a.localeCompare(b));
}
