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
