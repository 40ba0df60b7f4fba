import type { IDataObject } from 'n8n-workflow';

import { e164OrNull } from '../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/values/read';
import type { CommonContact } from '../../shared/contact/contact';
import { withoutClaims } from '../helpers/claims';
import { withoutSecrets } from '../transport/answers';
import { addedLabels, changesOf, errorOf, newStatus } from './events';
import { isAutomaticMail, isDeleted, isEdited, isGroup, isReaction, isUnsupported, senderOf } from './marks';
import type { Place } from './places';
import { conversationOf, inboxIdOf } from './places';

/** Entries of a list that are objects; the server has been seen to send null among them. */
const objectsIn = (list: unknown): IDataObject[] => (Array.isArray(list) ? (list as unknown[]).map(objectOrEmpty) : []);

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
		customFields: withoutClaims(contact.custom_attributes),
		notes: textOrNull(objectOrEmpty(contact.additional_attributes).description),
		url: account === undefined ? null : `${baseUrl}/app/accounts/${account}/contacts/${String(contact.id)}`,
		createdAt: isoOrNull(contact.created_at),
		// Chatwoot tells when a contact was last active, not when it was changed.
		updatedAt: isoOrNull(contact.last_activity_at),
		platform: 'chatwoot',
	};
	const username = usernameOf(contact);
	return { ...common, ...(username === null ? {} : { username }) } as unknown as IDataObject;
}

/** How a network calls somebody who may have no phone: WhatsApp, Instagram, Telegram, TikTok, X. */
function usernameOf(contact: IDataObject): string | null {
	const more = objectOrEmpty(contact.additional_attributes);
	const names = ['username', 'whatsapp_username', 'social_instagram_user_name', 'social_telegram_user_name', 'social_tiktok_user_name', 'screen_name'].map((key) => textOrNull(more[key]));
	return names.find((name) => name !== null) ?? null;
}

/** Marks that have keys of their own, or are the package's. */
const ownKeys = new Set([
	'deleted', 'email', 'external_error', 'in_reply_to', 'in_reply_to_external_id', 'is_edited', 'is_reaction', 'is_unsupported', 'n8n_workflow', 'previous_content', 'referral', 'submitted_values',
]);

/** A message of an event (`MessageEvent`). Its conversation is as it was when Chatwoot sent the event, which may be later. */
function simplifyMessage(body: IDataObject, conversation: IDataObject, place: Place): IDataObject {
	const sender = objectOrEmpty(body.sender);
	const meta = objectOrEmpty(conversation.meta);
	const attributes = objectOrEmpty(body.content_attributes);
	const files = objectsIn(body.attachments);
	const isGone = isDeleted(body);
	const error = errorOf(body);
	const point = files.find(({ file_type: type }) => type === 'location');
	const kind = senderOf(body);
	// A contact as sender has no type.
	const person = kind === 'contact' && sender.id !== undefined && !/user|bot/i.test(String(sender.type ?? '')) ? sender : objectOrEmpty(meta.sender);
	const more = objectOrEmpty(conversation.additional_attributes);
	return {
		id: String(body.id ?? ''),
		// What stands there then is the server's remark, in the words of the account's language.
		content: isGone ? null : textOrNull(body.content),
		contentType: textOrNull(body.content_type),
		direction: textOrNull(body.message_type),
		private: body.private ?? null,
		status: error === null ? statusOf(body, conversation) : 'failed',
		error,
		deleted: isGone,
		edited: isEdited(body),
		previousContent: textOrNull(attributes.previous_content),
		reaction: isReaction(body),
		unsupported: isUnsupported(body),
		automatic: isAutomaticMail(body),
		isGroup: isGroup(body),
		replyTo: textOrNull(attributes.in_reply_to),
		subject: textOrNull(objectOrEmpty(attributes.email).subject ?? more.mail_subject),
		referral: attributes.referral ?? more.referral ?? null,
		conversationId: textOrNull(conversation.id),
		conversationStatus: textOrNull(conversation.status),
		canReply: typeof conversation.can_reply === 'boolean' ? conversation.can_reply : null,
		channel: textOrNull(conversation.channel),
		assignee: textOrNull(objectOrEmpty(meta.assignee).name),
		team: textOrNull(objectOrEmpty(meta.team).name),
		labels: Array.isArray(conversation.labels) ? conversation.labels.map(String) : [],
		customAttributes: objectOrEmpty(conversation.custom_attributes),
		inboxId: inboxIdOf(body) ?? null,
		inboxName: textOrNull(objectOrEmpty(body.inbox).name),
		sender: textOrNull(sender.name),
		senderType: kind,
		contact: contactOf(person, place),
		sourceId: textOrNull(objectOrEmpty(conversation.contact_inbox).source_id),
		username: usernameOf(person),
		attachments: files.map((file) => file.data_url ?? null),
		files: files.map(simplifyFile),
		location: point ? { latitude: point.coordinates_lat ?? null, longitude: point.coordinates_long ?? null, name: textOrNull(point.fallback_title) } : null,
		answers: (attributes.submitted_values ?? null) as IDataObject,
		extra: Object.fromEntries(Object.entries(attributes).filter(([key]) => !ownKeys.has(key))),
		createdAt: isoOrNull(body.created_at),
	};
}

function simplifyFile(file: IDataObject): IDataObject {
	const meta = objectOrEmpty(file.meta);
	return {
		type: textOrNull(file.file_type),
		url: textOrNull(file.data_url),
		size: typeof file.file_size === 'number' ? file.file_size : null,
		// A contact card has its number as title, and its name beside it.
		title: textOrNull(file.fallback_title),
		name: [meta.firstName, meta.lastName].map(textOrNull).filter(Boolean).join(' ') || null,
		transcript: textOrNull(file.transcribed_text),
	};
}

/** The message's status, where the event tells it: only in the conversation's newest message, which may be another one. */
function statusOf(body: IDataObject, conversation: IDataObject): string | null {
	const [newest] = objectsIn(conversation.messages);
	return newest !== undefined && newest.id === body.id ? textOrNull(newest.status) : textOrNull(body.status);
}

/** An event in the form people use: flat, in the names of this package. */
export function simplifyEvent(matched: string[], body: IDataObject, from: Place): IDataObject {
	const event = String(body.event);
	const account = textOrNull(objectOrEmpty(body.account).id) ?? from.account ?? null;
	const place: Place = { baseUrl: from.baseUrl, account: account ?? undefined };
	const conversation = conversationOf(body);
	const meta = objectOrEmpty(conversation.meta);
	const common = { event, matched, accountId: account };
	if (event.startsWith('message_')) return { ...common, ...simplifyMessage(body, conversation, place) };
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
			// The change is surer than the status of the moment of sending.
			status: newStatus(body) ?? textOrNull(body.status),
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
			canReply: typeof body.can_reply === 'boolean' ? body.can_reply : null,
			channel: textOrNull(body.channel),
			sourceId: textOrNull(objectOrEmpty(body.contact_inbox).source_id),
			automatic: isAutomaticMail(body),
			isGroup: isGroup(body),
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
