import type { IDataObject } from 'n8n-workflow';

/** The contact that all three nodes output as "Simplified", so that one drags into the next. */
export interface CommonContact {
	id: string;
	name: string | null;
	email: string | null;
	/** E.164 with its plus sign: +5585988887777. */
	phone: string | null;
	/** The record's key in another system. */
	externalId: string | null;
	avatarUrl: string | null;
	tags: string[];
	/** Flat: field name to value, whatever wrapping the vendor uses. */
	customFields: IDataObject;
	notes: string | null;
	/** Where a person opens the contact in the vendor's own app, when that address is known. */
	url: string | null;
	/** ISO 8601 in UTC. */
	createdAt: string | null;
	updatedAt: string | null;
	platform: 'kinbox' | 'chatwoot' | 'callbell';
}

/** Text or null: vendors mix missing keys, null, empty text and numbers. */
export function textOrNull(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * A vendor's time as ISO 8601 in UTC.
 *
 * @param value ISO text, text like "2026-01-05 09:00:00 +0100", Unix seconds or milliseconds
 */
export function isoOrNull(value: unknown): string | null {
	if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
	let time: number;
	if (typeof value === 'number') time = value < 1e11 ? value * 1000 : value;
	else if (typeof value === 'string') {
		const spaced = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ?([+-]\d\d):?(\d\d)$/.exec(value);
		time = Date.parse(spaced ? `${spaced[1]}T${spaced[2]}${spaced[3]}:${spaced[4]}` : value);
	} else return null;
	return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : null;
}

/** A vendor's phone (digits, spaced, or +E.164) as E.164; what cannot be one stays null. */
export function e164OrNull(value: unknown): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	const digits = String(value).replace(/\D/g, '');
	return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
}

/** A plain object, or an empty one: vendors answer null, arrays or text where objects belong. */
export function objectOrEmpty(value: unknown): IDataObject {
	return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as IDataObject) : {};
}
