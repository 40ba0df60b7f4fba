import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';

/** What the trigger can start on: an event of Chatwoot, or a certain change inside one. */
export interface TriggerEvent {
	name: string;
	description: string;
	/** The event that has to be subscribed. */
	subscribe: string;
	/** First release that has it, when newer than 3.0. */
	since?: string;
	/** For derived choices: whether a delivery of the event is meant. */
	when?(body: IDataObject): boolean;
}

export const triggerEvents: Record<string, TriggerEvent> = {
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
		subscribe: 'conversation_status_changed',
		when: (body) => body.status === 'open',
	},
	conversation_resolved: {
		name: 'Conversation Resolved',
		description: 'A conversation is done',
		subscribe: 'conversation_status_changed',
		when: (body) => body.status === 'resolved',
	},
	conversation_status_changed: { name: 'Conversation Status Changed', description: 'A conversation was opened, resolved, snoozed or left to the bot', subscribe: 'conversation_status_changed' },
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
	message_updated: { name: 'Message Updated', description: 'A message was delivered, read, answered by a form or deleted', subscribe: 'message_updated' },
	conversation_typing_off: { name: 'Typing Stopped', description: 'Somebody no longer types', subscribe: 'conversation_typing_off', since: '4.2' },
	conversation_typing_on: { name: 'Typing Started', description: 'Somebody types', subscribe: 'conversation_typing_on', since: '4.2' },
	webwidget_triggered: { name: 'Website Widget Opened', description: 'A visitor has opened the chat on a website', subscribe: 'webwidget_triggered' },
};

export const eventOptions: INodePropertyOptions[] = Object.entries(triggerEvents)
	.map(([value, { name, description }]) => ({ name, value, description }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** The events of Chatwoot that the chosen ones need. */
export function subscriptionsFor(chosen: string[]): string[] {
	return [...new Set(chosen.flatMap((event) => triggerEvents[event]?.subscribe ?? []))].sort();
}

/** The chosen events that a delivery is. */
export function matching(chosen: string[], body: IDataObject): string[] {
	return chosen.filter((event) => {
		const known = triggerEvents[event];
		return known?.subscribe === body.event && (known?.when?.(body) ?? true);
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
