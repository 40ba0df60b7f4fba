import type { IDataObject } from 'n8n-workflow';

/*
 * What databases, sheets and forms put where a plain value belongs: dates as objects, decimals and bits in wrappers, linked
 * and formatted cells, options with an ID, lists of one; words that stand for "nothing"; invisible characters.
 */

export const isObject = (value: unknown): value is IDataObject => value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);

/** Keys under which a cell or an option has its plain value, the most telling first. */
const wrappers = ['richText', 'result', 'value', 'text', 'name', 'label', 'title'];

/**
 * The plain value of what a node gives: text, number, boolean or a list of them.
 *
 * @returns undefined for objects that hold more than one value, such as a person or an address
 */
export function plainValue(value: unknown, depth = 0): IDataObject[string] | undefined {
	if (value === undefined || value === null || typeof value === 'function' || typeof value === 'symbol') return undefined;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'bigint') return String(value);
	if (typeof value !== 'object') return value as string | boolean;
	if (depth > 3) return undefined;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (Array.isArray(value)) return plainList(value, depth);
	const record = value as Record<string, unknown>;
	// Luxon, which expressions such as {{ $now }} give.
	if (typeof record.toISO === 'function') return (record as { toISO: () => string | null }).toISO() ?? undefined;
	if (typeof record.toMillis === 'function') return plainValue(new Date(Number((record as { toMillis: () => number }).toMillis())));
	const keys = Object.keys(record);
	const [only] = keys;
	if (keys.length === 1 && only?.startsWith('$')) return ofMongo(only, record[only], depth);
	const bytes = record.type === 'Buffer' && Array.isArray(record.data) ? record.data : value instanceof Uint8Array ? [...value] : undefined;
	// A bit of MySQL.
	if (bytes) return bytes.length === 1 && (bytes[0] === 0 || bytes[0] === 1) ? bytes[0] === 1 : undefined;
	if (Array.isArray(record.richText)) return (record.richText as unknown[]).map((part) => String(plainValue(part, depth + 1) ?? '')).join('');
	if (keys.length > 8) return undefined;
	const found = wrappers.find((key) => Object.hasOwn(record, key));
	return found === undefined ? undefined : plainValue(record[found], depth + 1);
}

function plainList(list: unknown[], depth: number): IDataObject[string] | undefined {
	const entries = list.map((entry) => plainValue(entry, depth + 1)).filter((entry) => entry !== undefined);
	if (entries.length < list.filter((entry) => entry !== null && entry !== undefined).length) return undefined;
	return entries.length === 1 && !Array.isArray(list[0]) && isObject(list[0]) ? entries[0] : (entries as IDataObject[string]);
}

function ofMongo(key: string, value: unknown, depth: number): IDataObject[string] | undefined {
	if (key === '$date') {
		const time = isObject(value) ? Number(plainValue(value)) : value;
		const date = new Date(typeof time === 'number' || typeof time === 'string' ? time : Number.NaN);
		return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
	}
	if (['$numberDecimal', '$numberDouble', '$numberInt', '$numberLong'].includes(key)) return Number.isSafeInteger(Number(value)) || key !== '$numberLong' ? Number(value) : String(value);
	return key === '$oid' ? plainValue(value, depth + 1) : undefined;
}

/** What JavaScript makes of a value that is missing or an object, when an expression puts it into a text. */
const notAText = /\[object \w+\]|(?<![\p{L}\p{N}_.$'"`-])(?:undefined|NaN)(?![\p{L}\p{N}_'"`-])/u;

/** What of a text nobody has written: "[object Object]", "undefined", "NaN"; undefined for a good text. */
export const brokenPart = (text: string): string | undefined => notAText.exec(text)?.[0];

/** As {@link brokenPart}, of the texts anywhere in JSON. */
export function brokenPartIn(value: unknown, depth = 0): string | undefined {
	if (typeof value === 'string') return brokenPart(value);
	if (value === null || typeof value !== 'object' || depth > 20) return undefined;
	for (const entry of Object.values(value)) {
		const broken = brokenPartIn(entry, depth + 1);
		if (broken !== undefined) return broken;
	}
	return undefined;
}

/** Words of forms, sheets and databases that say that there is nothing. */
const nothing = new Set(['-', '--', '---', '.', '..', '...', '?', 'n/a', 'n.a.', 'n/d', 'n.d.', '#n/a', '#n/d', '#n/p', '(null)', '<null>', 'null', 'undefined', 'nan', '[object object]', 'none', 'nil', '(vazio)', '(vacío)', '(blank)', '(empty)']);

/** Further words that are no name, phone or e-mail address, though they may be the value of some other field. */
const nobody = new Set([
	'0', 'xx', 'xxx', 's/n', 'nd', 'no', 'não', 'nao', 'nenhum', 'nenhuma', 'ninguno', 'ninguna', 'nessuno', 'nessuna', 'não tem', 'nao tem', 'não tenho', 'nao tenho', 'não possui', 'nao possui', 'não informado', 'nao informado', 'não informada',
	'sem', 'sem email', 'sem e-mail', 'sem telefone', 'sem celular', 'sem whatsapp', 'sem nome', 'no tiene', 'no tengo', 'no informado', 'no aplica', 'não se aplica', 'sin correo', 'sin email', 'sin e-mail', 'sin telefono', 'sin teléfono', 'sin celular', 'sin nombre',
	'no email', 'no e-mail', 'no phone', 'no name', 'not provided', 'not available', 'unknown', 'desconhecido', 'desconocido', 'non ha', 'non disponibile', 'senza email',
]);

/** Text without invisible characters and blanks around, one kind of blank inside. */
export function cleanText(text: string): string {
	return text.replace(/[\u200B\u200C\u2060\uFEFF\u00AD\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '').replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ').trim();
}

/** Whether a value says that there is nothing: empty, blanks, "-", "N/A", "null". */
export function isNothing(value: unknown): boolean {
	if (value === undefined || value === null || (typeof value === 'number' && !Number.isFinite(value))) return true;
	return typeof value === 'string' && (value.length < 40 ? ((text) => text === '' || nothing.has(text.toLowerCase()) || /^[-–—_]+$/.test(text))(cleanText(value)) : value.trim() === '');
}

/** As {@link isNothing}, for a name, phone, e-mail address or key: so are 0, "não tem" and "sem e-mail". */
export function isNobody(value: unknown): boolean {
	return isNothing(value) || value === 0 || (typeof value === 'string' && value.length < 40 && nobody.has(cleanText(value).toLowerCase()));
}

/** Characters as people and services count them: an emoji is one, though JavaScript takes it for two. */
export const lengthOf = (text: string): number => [...text].length;
