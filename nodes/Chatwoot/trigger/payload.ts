import type { IDataObject } from 'n8n-workflow';

import type { CommonContact } from '../../shared/contact/contact';
import { e164OrNull } from '../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/values/read';
import { withoutSecrets } from '../transport/answers';
import { addedLabels, changesOf } from './events';

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

/** A contact inside an event (`HookContact`, `ContactPush`) as the common contact. */
function contactOf(contact: IDataObject, { baseUrl, account }: Place): IDataObject | null {
	if (contact.id === undefined || contact.id === null) return null;
	const common: CommonContact = {
		id: String(contact.id),
		name: textOrNull(contact.name),
		email: textOrNull(contact.email),
		phone: e164OrNull(contact.phone_number),
		externalId: textOrNull(contact.identifier),
		avatarUrl: textOrNull(contact.thumbnail ?? contact.avatar),
		tags: Array.isArray(contact.labels) ? contact.labels.map(String) : [],
		customFields: objectOrEmpty(contact.custom_attributes),
		notes: textOrNull(objectOrEmpty(contact.additional_attributes).description),
		url: account === undefined ? null : `${baseUrl}/app/accounts/${account}/contacts/${String(contact.id)}`,
		createdAt: isoOrNull(contact.created_at),
		// Chatwoot tells when a contact was last active, not when it was changed.
		updatedAt: isoOrNull(contact.last_activity_at),
		platform: 'chatwoot',
	};
	return common as unknown as IDataObject;
}

/** An event in the form people use: flat, in the names of this package. */
export function simplifyEvent(matched: string[], body: IDataObject, from: Place): IDataObject {
	const event = String(body.event);
	const account = textOrNull(objectOrEmpty(body.account).id) ?? from.account ?? null;
	const place: Place = { baseUrl: from.baseUrl, account: account ?? undefined };
	const conversation = conversationOf(body);
	const meta = objectOrEmpty(conversation.meta);
	const common = { event, matched, accountId: account };
	if (event.startsWith('message_')) {
		const sender = objectOrEmpty(body.sender);
		const files = Array.isArray(body.attachments) ? (body.attachments as IDataObject[]) : [];
		return {
			...common,
			id: String(body.id ?? ''),
			content: textOrNull(body.content),
			direction: textOrNull(body.message_type),
			private: body.private ?? null,
			conversationId: textOrNull(conversation.id),
			conversationStatus: textOrNull(conversation.status),
			inboxId: inboxIdOf(body) ?? null,
			inboxName: textOrNull(objectOrEmpty(body.inbox).name),
			sender: textOrNull(sender.name),
			senderType: sender.id === undefined ? null : textOrNull(sender.type) ?? 'contact',
			contact: contactOf(sender.type === undefined && sender.id !== undefined ? sender : objectOrEmpty(meta.sender), place),
			attachments: files.map((file) => file.data_url ?? null),
			answers: objectOrEmpty(body.content_attributes).submitted_values ?? null,
			createdAt: isoOrNull(body.created_at),
		};
	}
	if (event.startsWith('conversation_typing')) {
		const user = objectOrEmpty(body.user);
		const kind = textOrNull(user.type) ?? 'contact';
		return {
			...common,
			conversationId: textOrNull(conversation.id),
			inboxId: inboxIdOf(body) ?? null,
			who: textOrNull(user.name),
			whoType: kind,
			private: body.is_private ?? null,
			contact: contactOf(kind === 'contact' ? user : objectOrEmpty(meta.sender), place),
		};
	}
	if (event.startsWith('conversation_')) {
		const changes = changesOf(body);
		return {
			...common,
			id: textOrNull(body.id),
			status: textOrNull(body.status),
			priority: textOrNull(body.priority),
			inboxId: inboxIdOf(body) ?? null,
			contact: contactOf(objectOrEmpty(meta.sender), place),
			assignee: textOrNull(objectOrEmpty(meta.assignee).name),
			team: textOrNull(objectOrEmpty(meta.team).name),
			labels: Array.isArray(body.labels) ? body.labels : [],
			addedLabels: addedLabels(body),
			customAttributes: objectOrEmpty(body.custom_attributes),
			changes: changes as unknown as IDataObject,
			createdAt: isoOrNull(body.created_at),
			lastActivityAt: isoOrNull(body.last_activity_at),
		};
	}
	if (event.startsWith('contact_')) return { ...common, ...contactOf(body, place), blocked: body.blocked ?? null, changes: changesOf(body) as unknown as IDataObject };
	if (event === 'webwidget_triggered') {
		return {
			...common,
			contact: contactOf(objectOrEmpty(body.contact), place),
			inboxId: inboxIdOf(body) ?? null,
			inboxName: textOrNull(objectOrEmpty(body.inbox).name),
			conversationId: textOrNull(conversation.id),
			sourceId: textOrNull(body.source_id),
			page: objectOrEmpty(body.event_info),
		};
	}
	return { ...withoutSecrets(body), ...common };
}
