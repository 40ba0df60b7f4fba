import type { IDataObject } from 'n8n-workflow';

const isObject = (value: unknown): value is IDataObject => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Whether two values are the same in JSON: objects whatever the order of their keys, lists in their order. */
export function isSameJson(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((entry, index) => isSameJson(entry, b[index]));
	if (!isObject(a) || !isObject(b)) return false;
	const keys = Object.keys(a).filter((key) => a[key] !== undefined);
	return keys.length === Object.keys(b).filter((key) => b[key] !== undefined).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]));
}

/** The values that a record does not have yet. */
export function valuesToChange(wanted: IDataObject, current: unknown): IDataObject {
	const own = isObject(current) ? current : {};
	return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => value !== undefined && !(Object.hasOwn(own, key) && isSameJson(value, own[key]))));
}
