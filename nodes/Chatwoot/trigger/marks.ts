import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import { conversationOf } from './places';

/** Who is behind a message. */
export type SenderKind = 'agent_bot' | 'contact' | 'user';

/**
 * Who has written a message (`MessageEvent`). Incoming ones are the contact's. Of the others, what has no sender comes from
 * a rule, a campaign or a survey when it says so, else from somebody of the team: the shop's own phone is mirrored so.
 */
export function senderOf(body: IDataObject): SenderKind {
	const { type } = objectOrEmpty(body.sender);
	if (body.message_type === 'incoming') return 'contact';
	if (typeof type === 'string') {
		if (/bot$|assistant$/i.test(type)) return 'agent_bot';
		return /^contact$/i.test(type) ? 'contact' : 'user';
	}
	return isByMachine(body) ? 'agent_bot' : 'user';
}

function isByMachine(body: IDataObject): boolean {
	const attributes = objectOrEmpty(body.content_attributes);
	const more = objectOrEmpty(body.additional_attributes);
	return body.message_type === 'template' || 'automation_rule_id' in attributes || 'campaign_id' in more || 'automation_rule_id' in more || body.content_type === 'input_csat';
}

/** Addresses behind which nobody reads. */
const unread = /^(mailer-daemon|postmaster|(no|do-?not)[-_.]?reply|bounces?)([+._-].*)?$/i;

/** Whether a message or conversation began with a robot's mail: an absence note, a bounce, a mail that nobody may answer. */
export function isAutomaticMail(body: IDataObject): boolean {
	const conversation = conversationOf(body);
	const { email } = objectOrEmpty(body.content_attributes);
	const { auto_reply: ofMail } = objectOrEmpty(email);
	// The mail's own mark counts before the one that its conversation has from its first mail.
	if (ofMail === true || (typeof ofMail !== 'boolean' && objectOrEmpty(conversation.additional_attributes).auto_reply === true)) return true;
	if (body.message_type !== undefined && body.message_type !== 'incoming') return false;
	const isMail = email !== undefined || String(conversation.channel ?? '') === 'Channel::Email' || body.content_type === 'incoming_email';
	const address = textOrNull(objectOrEmpty(body.sender).email ?? objectOrEmpty(objectOrEmpty(conversation.meta).sender).email) ?? '';
	return isMail && unread.test(address.slice(0, 320).split('@')[0] ?? '');
}

const groupAddress = /@(g\.us|newsletter|broadcast)$/i;

/** Whether an event is about a group, a channel or a status list of WhatsApp, as bridges bring them in. */
export function isGroup(body: IDataObject): boolean {
	const conversation = conversationOf(body);
	const contact = objectOrEmpty(objectOrEmpty(conversation.meta).sender);
	return [contact.identifier, objectOrEmpty(body.sender).identifier, objectOrEmpty(conversation.contact_inbox).source_id, objectOrEmpty(body.user).identifier]
		.some((address) => typeof address === 'string' && groupAddress.test(address.trim()));
}

const flag = (body: IDataObject, ...names: string[]) => names.some((name) => objectOrEmpty(body.content_attributes)[name] === true);

export const isDeleted = (body: IDataObject) => flag(body, 'deleted');
export const isReaction = (body: IDataObject) => flag(body, 'is_reaction', 'reaction');
export const isEdited = (body: IDataObject) => flag(body, 'is_edited', 'edited');
export const isUnsupported = (body: IDataObject) => flag(body, 'is_unsupported', 'unsupported');

/** What a customer has answered to a form or a survey of the message. */
export function answersOf(body: IDataObject): unknown {
	return objectOrEmpty(body.content_attributes).submitted_values ?? null;
}
