import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';

/** The conversation that an event is about; the event itself for conversation events. */
export function conversationOf(body: IDataObject): IDataObject {
	const event = String(body.event);
	if (event.startsWith('conversation_typing') || event.startsWith('message_')) return objectOrEmpty(body.conversation);
	if (event.startsWith('conversation_')) return body;
	return objectOrEmpty(body.current_conversation);
}

/** The inbox that an event belongs to; undefined for events without one. */
export function inboxIdOf(body: IDataObject): string | undefined {
	const id = objectOrEmpty(body.inbox).id ?? conversationOf(body).inbox_id;
	return id === undefined || id === null ? undefined : String(id);
}

/** Where an event comes from, for the links to its records. */
export interface Place {
	baseUrl: string;
	/** Events of older servers do not name their account. */
	account?: string;
}
