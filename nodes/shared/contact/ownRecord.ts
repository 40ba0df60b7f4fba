import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../values/read';

/** A contact as a node of this package gave it, with the address that tells server and account. */
export interface OwnRecord {
	id: string;
	url: string;
}

/**
 * The contact of this package that an item brings, at its top or below `contact`.
 *
 * @param platform whose contact it has to be
 * @returns undefined for a contact of another service, and for one without an address: its ID may be another account's
 */
export function readOwnRecord(json: IDataObject, platform: string): OwnRecord | undefined {
	for (const { id, platform: own, url } of [json, objectOrEmpty(json.contact)]) {
		if (own === platform && (typeof id === 'string' || typeof id === 'number') && typeof url === 'string' && url !== '') return { id: String(id), url };
	}
	return undefined;
}
