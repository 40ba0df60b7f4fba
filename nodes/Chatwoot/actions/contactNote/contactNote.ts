import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A note (`Note`) in short. The server answers its contact as null, so the operations add it. */
function simplifyNote(note: IDataObject): IDataObject {
	return {
		id: String(note.id ?? ''),
		contactId: textOrNull(note.contact_id),
		content: textOrNull(note.content),
		author: textOrNull(objectOrEmpty(note.user).name),
		createdAt: isoOrNull(note.created_at),
		updatedAt: isoOrNull(note.updated_at),
	};
}

export const noteOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyNote,
	properties: outputProperties(['contact_id', 'content', 'created_at', 'id', 'updated_at', 'user']),
};

/** Fills in the contact that the server leaves out. */
export function withContact(note: IDataObject, contactId: string): IDataObject {
	return { ...note, contact_id: Number(contactId) };
}
