import type { IDataObject } from 'n8n-workflow';

import type { Delivery, DeliveryStatus } from '../../../shared/message/delivery';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, recordsOf, textOrNull } from '../../../shared/values/read';
import type { KinboxClient } from '../../transport/client';
import { idOrNull } from '../../helpers/read';

/** What `Message.status` says: handed to the channel's module, to the provider, waiting for another try, delivered, failed. */
const words: Record<number, DeliveryStatus> = { 0: 'queued', 2: 'sent', 4: 'queued', 6: 'delivered', 8: 'failed' };

/** How far a message is; undefined when Kinbox does not tell. A failure is told by the mark, the number, or both. */
export function deliveryOf(message: IDataObject): Delivery | undefined {
	if (message.isError === true || message.status === 8) return { status: 'failed', reason: textOrNull(message.errorDescription) };
	if (message.viewedAt) return { status: 'read' };
	const status = words[Number(message.status ?? Number.NaN)];
	return status && { status };
}

/** A message (v1 `Message`, v3 `V3Message`) in short. v3 does not tell contact and bot apart, and gives no files. */
export function simplifyMessage(message: IDataObject): IDataObject {
	const [media] = recordsOf(message.media);
	return {
		id: String(message.id ?? ''),
		conversationId: idOrNull(message.conversationId ?? message.customerPlatformId),
		sessionNumber: idOrNull(message.callId),
		sender: message.sender ?? (idOrNull(message.operatorId) === null ? null : 'operator'),
		senderName: textOrNull(message.sender === 'contact' ? message.contactName : message.operatorName),
		text: textOrNull(message.text ?? plainText(message.content)),
		mediaUrl: textOrNull(media?.url),
		fileName: textOrNull(message.fileName),
		isError: message.isError === true,
		...stateOf(message),
		createdAt: isoOrNull(message.createdAt),
	};
}

function stateOf(message: IDataObject): { status: string | null; error: string | null; deleted: boolean } {
	const delivery = deliveryOf(message);
	return {
		status: delivery?.status ?? null,
		error: delivery?.status === 'failed' ? delivery.reason ?? 'Kinbox gives no reason' : null,
		deleted: message.isDeleted === true,
	};
}

/** The text of a stored body: `[{"insert":"Olá"}]`, alone or under `ops` (Quill Delta); anything else is the text itself. */
function plainText(content: unknown): unknown {
	if (typeof content !== 'string') return null;
	try {
		const parsed: unknown = JSON.parse(content);
		const steps: unknown = Array.isArray(parsed) ? parsed : objectOrEmpty(parsed).ops;
		if (!Array.isArray(steps)) return content;
		return steps.map((step: unknown) => objectOrEmpty(step).insert).filter((part) => typeof part === 'string').join('').trim();
	} catch {
		return content;
	}
}

export const messageOutput: OutputShape<KinboxClient> = {
	simplify: simplifyMessage,
	properties: outputProperties([
		'callId', 'channelId', 'contactName', 'content', 'conversationId', 'createdAt', 'customerPlatformId', 'errorDescription', 'externalId', 'fileName', 'id', 'isDeleted', 'isError',
		'isMedia', 'isScheduled', 'isSent', 'media', 'operatorId', 'operatorName', 'replyTo', 'sender', 'status', 'text', 'type', 'viewedAt',
	]),
};
