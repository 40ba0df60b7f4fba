import { branchFor, isPlainKey, isRecordOf, kindOf, type NamedShapes, type Shape } from './shape';

/** Objects within objects that are shown. */
const deepest = 8;

/**
 * A value with all its data taken out: of each text, number and free key only what it looks like stays. Words that the shape
 * names, yes/no and null stay; of a list the first entry.
 */
export function masked(value: unknown, shape: Shape, named: NamedShapes, depth = 0): unknown {
	if (value === null || typeof value === 'boolean') return value;
	if (typeof value === 'string') return maskedText(value, branchFor(value, shape, named).e);
	if (kindOf(value) === 'n') return `number, ${String(Math.trunc(Math.abs(value as number))).length} digits`;
	if (depth > deepest) return '…';
	const parts = branchFor(value, shape, named);
	if (Array.isArray(value)) return value.length === 0 ? [] : [masked(value[0], parts.i ?? '*', named, depth + 1), ...(value.length > 1 ? [`… ${value.length} in all`] : [])];
	const isRecord = isRecordOf(value as object, parts);
	return Object.fromEntries(Object.entries(value as object).map(([key, entry], index) => {
		const own = parts.p && Object.hasOwn(parts.p, key) ? parts.p[key]! : undefined;
		const name = own !== undefined || (isRecord && parts.m === undefined && isPlainKey(key)) ? key : `key ${index + 1}`;
		return [name, masked(entry, own ?? parts.m ?? '*', named, depth + 1)];
	}));
}

function maskedText(text: string, words: string[] | undefined): string {
	if (text === '' || words?.includes(text)) return text;
	if (/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.{0,20})?$/.test(text)) return text.length > 10 ? 'time, ISO 8601' : 'date, ISO 8601';
	if (/^https?:\/\//i.test(text)) return `address, ${text.length} characters`;
	if (/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(text)) return 'e-mail';
	if (/^\+?[\d ()-]{8,20}$/.test(text)) return `${text.startsWith('+') ? '+ and ' : ''}${text.replace(/\D/g, '').length} digits`;
	if (/^\d+$/.test(text)) return `text of ${text.length} digits`;
	return `text, ${text.length} characters`;
}
