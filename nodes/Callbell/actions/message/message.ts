import type { IDataObject } from 'n8n-workflow';

import type { Delivery, DeliveryStatus } from '../../../shared/message/delivery';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { isKnownCode } from '../../../shared/whatsapp/failures';
import type { CallbellClient } from '../../transport/client';
import { table } from '../../../shared/values/table';

/** Statuses in the order in which a message goes through them. */
const progress = ['enqueued', 'sent', 'delivered', 'read'] as const;
export type Progress = (typeof progress)[number];

/** Whether a message has come as far as wanted, or further. */
export function hasReached(status: DeliveryStatus, wanted: Progress): boolean {
	return progress.indexOf(status as Progress) >= progress.indexOf(wanted);
}

/** How far a message (`MessageSendRequest`) is. `mismatch` is told of a number that WhatsApp writes otherwise; the message goes on. */
export function deliveryOf({ status, messageStatusPayload }: IDataObject): Delivery {
	if (hasFailed(status)) return { status: 'failed', reason: withCode(messageStatusPayload) };
	return { status: status === 'sent' || status === 'delivered' || status === 'read' ? status : 'queued' };
}

/** Whether a message will not get there any more. */
export function hasFailed(status: unknown): boolean {
	return status === 'failed' || status === 'deleted';
}

/** The reason with WhatsApp's code before it, by which it can be explained. */
function withCode(payload: unknown): string | null {
	const reason = failureReason(payload);
	const record = objectOrEmpty(payload);
	const { errors } = cloudStatus(record);
	const code = Number(objectOrEmpty(Array.isArray(errors) ? errors[0] : undefined).code ?? objectOrEmpty(record.payload).code);
	return isKnownCode(code) && !reason?.includes(String(code)) ? `${code}: ${reason ?? ''}` : reason;
}

const reasonKeys = ['reason', 'error', 'message', 'description', 'title', 'details'];

/**
 * Why a message failed. The payload comes from the provider behind Callbell, and no page names the key of the reason.
 *
 * @param payload `messageStatusPayload`
 */
export function failureReason(payload: unknown): string | null {
	if (payload === null || typeof payload !== 'object') return null;
	if (Array.isArray(payload)) return payload.map(failureReason).find((reason) => reason !== null) ?? null;
	const record = payload as IDataObject;
	// Numbers on WhatsApp's own Cloud API: messaging.value.statuses[0].errors[0].error_data.details.
	const own = failureReason(record.messaging) ?? failureReason(record.value) ?? failureReason(record.statuses) ?? failureReason(record.errors) ?? failureReason(record.error_data);
	if (own !== null) return own;
	for (const key of reasonKeys) {
		const value = record[key];
		if (typeof value === 'string' && value.trim() !== '') return value;
		const inner = failureReason(value);
		if (inner !== null) return inner;
	}
	return failureReason(record.payload);
}

/** What WhatsApp's own Cloud API says of a message, for numbers on it; empty for Gupshup's form. */
function cloudStatus(payload: IDataObject): IDataObject {
	const { statuses } = objectOrEmpty(objectOrEmpty(payload.messaging).value);
	return objectOrEmpty(Array.isArray(statuses) ? (statuses as unknown[])[0] : undefined);
}

/** A sent message (`MessageSendRequest`): how far it is, and why it failed. */
export function simplifySent(message: IDataObject): IDataObject {
	const payload = objectOrEmpty(message.messageStatusPayload);
	const contact = objectOrEmpty(message.contact);
	return {
		id: message.alreadySent === true ? textOrNull(message.uuid) : String(message.uuid ?? ''),
		// Accepted is not sent: WhatsApp has it only with the next status.
		status: message.status === 'enqueued' ? 'queued' : textOrNull(message.status),
		reason: hasFailed(message.status) || message.status === 'mismatch' ? failureReason(payload) : null,
		error: hasFailed(message.status) ? failureReason(payload) ?? 'Callbell gives no reason' : null,
		deleted: message.status === 'deleted',
		channelMessageId: textOrNull(payload.id) ?? textOrNull(cloudStatus(payload).id),
		to: e164OrNull(payload.destination) ?? e164OrNull(cloudStatus(payload).recipient_id) ?? e164OrNull(contact.phone ?? contact.phoneNumber),
		contactId: textOrNull(contact.uuid),
		contactName: textOrNull(contact.name),
		conversationUrl: textOrNull(objectOrEmpty(message.conversation).href),
		...(message.alreadySent === undefined ? {} : { alreadySent: message.alreadySent }),
	};
}

export const sentOutput: OutputShape<CallbellClient> = {
	simplify: simplifySent,
	properties: outputProperties(['contact', 'conversation', 'messageStatusPayload', 'status', 'uuid']),
};

const directions: Record<string, string> = table({ received: 'incoming', sent: 'outgoing', note: 'note' });

/** A message of a contact's history (`Message`). */
export function simplifyMessage(message: IDataObject): IDataObject {
	return {
		id: textOrNull(message.uuid),
		text: textOrNull(message.text),
		direction: directions[String(message.status)] ?? textOrNull(message.status),
		// The system writes its notes with equal sender and receiver and no ID.
		bySystem: message.status === 'note' && !message.uuid && message.from === message.to,
		// The history tells neither how far a message came nor whether it was deleted; 'Get Status' tells the first.
		status: null,
		error: null,
		deleted: null,
		channel: textOrNull(message.channel),
		from: textOrNull(message.from),
		to: textOrNull(message.to),
		createdAt: isoOrNull(message.createdAt),
	};
}

export const messageOutput: OutputShape<CallbellClient> = {
	simplify: simplifyMessage,
	properties: outputProperties(['channel', 'createdAt', 'from', 'status', 'text', 'to', 'uuid']),
};
