import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';
import { table } from '../../shared/values/table';
import { withoutClaims } from '../helpers/claims';

/** What the trigger can start on: an event of Chatwoot, or a certain change inside one. */
export interface TriggerEvent {
	name: string;
	description: string;
	/** The event that has to be subscribed. */
	subscribe: string;
	/** An event that tells less, taken when the other one was not subscribed by hand. */
	fallback?: string;
	/** Whether the fallback is subscribed, too. */
	both?: boolean;
	/** First release that has it, when newer than 3.0. */
	since?: string;
	/** For derived choices: whether a delivery of the event is meant. */
	when?(body: IDataObject): boolean;
}

/**
 * Status changes are read from `conversation_updated`, whose `changed_attributes` keep what has changed to what. The body
 * of `conversation_status_changed` has the status of the moment when it is sent: a conversation that is resolved and soon
 * open again is open in both deliveries (seen in 4.15.1).
 */
const statusChange = { subscribe: 'conversation_updated', fallback: 'conversation_status_changed' };

export const triggerEvents: Record<string, TriggerEvent> = table({
	contact_created: { name: 'Contact Created', description: 'There is a new contact', subscribe: 'contact_created' },
	contact_updated: { name: 'Contact Updated', description: 'Fields, attributes or labels of a contact have changed', subscribe: 'contact_updated' },
	assignee_changed: {
		name: 'Conversation Assignee Changed',
		description: 'A conversation was given to another agent, or to nobody',
		subscribe: 'conversation_updated',
		when: (body) => 'assignee_id' in changesOf(body),
	},
	conversation_created: { name: 'Conversation Created', description: 'There is a new conversation', subscribe: 'conversation_created' },
	label_added: {
		name: 'Conversation Label Added',
		description: 'A conversation has got a label',
		subscribe: 'conversation_updated',
		when: (body) => addedLabels(body).length > 0,
	},
	conversation_opened: {
		name: 'Conversation Reopened',
		description: 'A conversation that was resolved, snoozed or pending is open again',
		...statusChange,
		when: (body) => newStatus(body) === 'open',
	},
	conversation_resolved: {
		name: 'Conversation Resolved',
		description: 'A conversation is done',
		...statusChange,
		when: (body) => newStatus(body) === 'resolved',
	},
	conversation_status_changed: {
		name: 'Conversation Status Changed',
		description: 'A conversation was opened, resolved, snoozed or left to the bot',
		...statusChange,
		// Asked for by its own name, it is subscribed as well, should the other one not come.
		both: true,
		when: (body) => newStatus(body) !== undefined,
	},
	team_changed: {
		name: 'Conversation Team Changed',
		description: 'A conversation was given to another team, or to none',
		subscribe: 'conversation_updated',
		when: (body) => 'team_id' in changesOf(body),
	},
	conversation_updated: { name: 'Conversation Updated', description: 'Something about a conversation has changed', subscribe: 'conversation_updated' },
	first_message: {
		name: 'First Message of Contact',
		description: 'A contact has written for the first time in a conversation; asks Chatwoot for the messages before',
		subscribe: 'message_created',
		when: (body) => body.message_type === 'incoming' && body.private !== true,
	},
	inbox_created: { name: 'Inbox Created', description: 'There is a new inbox; only where the server sends inbox events', subscribe: 'inbox_created', since: '3.2' },
	inbox_updated: { name: 'Inbox Updated', description: 'Settings of an inbox have changed; only where the server sends inbox events', subscribe: 'inbox_updated', since: '3.2' },
	message_created: { name: 'Message Created', description: 'A message was received or sent', subscribe: 'message_created' },
	message_failed: {
		name: 'Message Failed',
		description: 'A sent message could not be delivered; the reason stands under error. Once for each message.',
		subscribe: 'message_updated',
		when: (body) => body.message_type !== 'incoming' && errorOf(body) !== null,
	},
	message_updated: { name: 'Message Updated', description: 'A message was delivered, read, answered by a form or deleted, or has failed', subscribe: 'message_updated' },
	conversation_typing_off: { name: 'Typing Stopped', description: 'Somebody no longer types', subscribe: 'conversation_typing_off', since: '4.2' },
	conversation_typing_on: { name: 'Typing Started', description: 'Somebody types', subscribe: 'conversation_typing_on', since: '4.2' },
	webwidget_triggered: { name: 'Website Widget Opened', description: 'A visitor has opened the chat on a website', subscribe: 'webwidget_triggered' },
});

export const eventOptions: INodePropertyOptions[] = Object.entries(triggerEvents)
	.map(([value, { name, description }]) => ({ name, value, description }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

const known = (event: string): TriggerEvent | undefined => (Object.hasOwn(triggerEvents, event) ? triggerEvents[event] : undefined);

/** The events of Chatwoot that the chosen ones need. */
export function subscriptionsFor(chosen: string[]): string[] {
	return [...new Set(chosen.flatMap((event) => {
		const one = known(event);
		return one === undefined ? [] : [one.subscribe, ...(one.both && one.fallback ? [one.fallback] : [])];
	}))].sort();
}

/** The chosen events that a delivery is. */
export function matching(chosen: string[], body: IDataObject): string[] {
	return chosen.filter((event) => {
		const one = known(event);
		return one !== undefined && (one.subscribe === body.event || one.fallback === body.event) && (one.when?.(body) ?? true);
	});
}

/** What a delivery says has changed: field to value before and after. The server sends a list of one-key objects, or null. */
export function changesOf(body: IDataObject): Record<string, { from: unknown; to: unknown }> {
	const list = Array.isArray(body.changed_attributes) ? (body.changed_attributes as unknown[]) : [];
	return Object.fromEntries(list.flatMap((entry) => Object.entries(objectOrEmpty(entry)).map(([key, value]) => {
		const { previous_value: from, current_value: to } = objectOrEmpty(value);
		return [key, { from: from ?? null, to: to ?? null }];
	})));
}

/** The status that a conversation has got by what a delivery tells; undefined when it is about something else. */
export function newStatus(body: IDataObject): string | undefined {
	const change = changesOf(body).status;
	if (change) return change.from === change.to ? undefined : String(change.to);
	return body.event === 'conversation_status_changed' && typeof body.status === 'string' ? body.status : undefined;
}

/** Why a message (`MessageEvent`) was not delivered; null when nothing is known of that. */
export function errorOf(body: IDataObject): string | null {
	const { external_error: error } = objectOrEmpty(body.content_attributes);
	return typeof error === 'string' && error.trim() !== '' ? error.trim() : null;
}

/** Fields of a conversation that the server keeps for itself. */
const conversationBookkeeping = new Set(['agent_last_seen_at', 'assignee_last_seen_at', 'contact_last_seen_at', 'display_id', 'first_reply_created_at', 'last_activity_at', 'updated_at', 'uuid', 'waiting_since']);

/** Fields of a contact that each of its messages moves. */
const contactBookkeeping = new Set(['last_activity_at', 'updated_at']);

/** What the server's own fetching of a picture writes. */
const pictureBookkeeping = new Set(['avatar_url_hash', 'last_avatar_sync_at']);

/** Whether an update tells nothing but the server's own bookkeeping, as each message causes it. What tells no change is none. */
export function isBookkeeping(body: IDataObject): boolean {
	const changes = Object.entries(changesOf(body));
	if (changes.length === 0) return false;
	if (body.event === 'contact_updated') return changes.every(([key, { from, to }]) => contactBookkeeping.has(key)
		|| (key === 'additional_attributes' && differOnlyIn(pictureBookkeeping, from, to))
		|| (key === 'custom_attributes' && JSON.stringify(withoutClaims(from)) === JSON.stringify(withoutClaims(to))));
	if (body.event !== 'conversation_updated') return false;
	return changes.every(([key, { from, to }]) => conversationBookkeeping.has(key) || (key === 'cached_label_list' && titles(from).join() === titles(to).join()));
}

function differOnlyIn(keys: Set<string>, from: unknown, to: unknown): boolean {
	const [before, after] = [objectOrEmpty(from), objectOrEmpty(to)];
	return Object.keys({ ...before, ...after }).every((key) => keys.has(key) || JSON.stringify(before[key]) === JSON.stringify(after[key]));
}

/** Labels that a conversation has now and had not before. */
export function addedLabels(body: IDataObject): string[] {
	const changes = changesOf(body);
	const change = changes.label_list ?? changes.cached_label_list;
	if (!change) return [];
	const before = new Set(titles(change.from));
	return titles(change.to).filter((label) => !before.has(label));
}

// A list, or the text with commas that the database keeps.
function titles(value: unknown): string[] {
	const list = Array.isArray(value) ? (value as unknown[]).map(String) : typeof value === 'string' ? value.split(',') : [];
	return list.map((label) => label.trim()).filter(Boolean);
}
