import type { IDataObject } from 'n8n-workflow';

import { fileNameOf } from '../../shared/http/download';
import { e164OrNull } from '../../shared/phone/compare';
import { fingerprint } from '../../shared/trigger/webhook';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/values/read';
import { toCommonContact } from '../actions/contact/contact';
import { simplifySent } from '../actions/message/message';
import { simplifyMember, simplifyTeam } from '../actions/team/team';
import { isUndelivered } from '../helpers/events';
import { table } from '../../shared/values/table';

const kindsByExtension: Record<string, string[]> = table({
	audio: ['aac', 'amr', 'm4a', 'mp3', 'oga', 'ogg', 'opus', 'wav', 'weba'],
	image: ['bmp', 'gif', 'heic', 'jpeg', 'jpg', 'png', 'svg', 'tif', 'tiff'],
	sticker: ['webp'],
	video: ['3gp', 'avi', 'mkv', 'mov', 'mp4', 'mpeg', 'webm'],
});

/** Addresses of a message's files. */
export function attachmentsOf(payload: IDataObject): string[] {
	const list: unknown[] = Array.isArray(payload.attachments) ? payload.attachments : [];
	return list
		.map((entry) => (typeof entry === 'string' ? entry : objectOrEmpty(entry).url))
		.filter((url): url is string => typeof url === 'string' && /^https?:\/\//i.test(url));
}

/** What a message is. Callbell does not say; the file's extension and the extra blocks tell. */
export function typeOfMessage(payload: IDataObject): string {
	if (payload.messageLocation) return 'location';
	if (payload.messageContactCard) return 'contacts';
	const [first] = attachmentsOf(payload);
	if (first !== undefined) {
		const extension = /\.([a-z0-9]+)$/i.exec(fileNameOf(first))?.[1]?.toLowerCase() ?? '';
		return Object.entries(kindsByExtension).find(([, extensions]) => extensions.includes(extension))?.[0] ?? 'document';
	}
	if (payload.messageReplyButton) return 'button';
	if (payload.messageInteractiveList) return 'list';
	return 'text';
}

/**
 * What two deliveries of one event have in common. Callbell sends an event up to three times; those without an ID are the
 * same when they are alike and come within a short while.
 *
 * @param isSigned whether the event is surely Callbell's: anybody could send the ID of a message that is to come, so without
 * that the whole content counts
 */
export function eventKey(event: string, payload: IDataObject, isSigned: boolean): { id: string; within?: number } {
	const id = textOrNull(payload.uuid);
	const content = isSigned ? '' : ` ${fingerprint(JSON.stringify(payload))}`;
	if (event === 'message_created' && id) return { id: `${event} ${id}${content}` };
	if (event === 'message_status_updated' && id) return { id: `${event} ${id} ${String(payload.status)}${content}` };
	return { id: `${event} ${fingerprint(JSON.stringify(payload))}`, within: 600_000 };
}

/**
 * An event in the form people use: flat, in the names of this package.
 *
 * @param outer what stands beside event and payload: the time, which payloads may lack, and what newer versions add
 */
export function simplifyEvent(event: string, payload: IDataObject, outer: IDataObject = {}): IDataObject {
	const { createdAt, ...extra } = outer;
	const simple = simplifyPayload(event, payload);
	return {
		...simple,
		...(simple.createdAt === null || simple.createdAt === undefined ? { createdAt: isoOrNull(createdAt) } : {}),
		...(Object.keys(extra).length ? { extra } : {}),
	};
}

function simplifyPayload(event: string, payload: IDataObject): IDataObject {
	const contact = objectOrEmpty(payload.contact);
	const common = toCommonContact(contact) as unknown as IDataObject;
	switch (event) {
		case 'message_created':
			return {
				event,
				id: textOrNull(payload.uuid),
				type: typeOfMessage(payload),
				text: textOrNull(payload.text),
				direction: payload.status === 'received' ? 'incoming' : 'outgoing',
				status: textOrNull(payload.status),
				error: isUndelivered(payload.status) ? simplifySent(payload).reason ?? null : null,
				deleted: payload.status === 'deleted',
				from: e164OrNull(payload.from) ?? textOrNull(payload.from),
				to: e164OrNull(payload.to) ?? textOrNull(payload.to),
				channel: textOrNull(payload.channel),
				attachments: attachmentsOf(payload),
				...repliedTo(payload),
				...blocksOf(payload),
				metadata: payload.metadata ?? null,
				contact: common,
				createdAt: isoOrNull(payload.createdAt),
			};
		case 'message_status_updated': {
			const { id, status, reason, channelMessageId, to } = simplifySent(payload);
			return { event, id, status, reason, error: isUndelivered(status) ? reason ?? 'Callbell gives no reason' : null, deleted: status === 'deleted', channelMessageId, to, contactId: textOrNull(contact.uuid), contact: common, metadata: payload.metadata ?? null };
		}
		case 'contact_created':
		case 'contact_updated':
			return { event, ...toCommonContact(payload) } as unknown as IDataObject;
		case 'contact_deleted':
			return { event, id: textOrNull(payload.uuid), deletedAt: isoOrNull(payload.deleted) };
		case 'conversation_opened':
		case 'conversation_closed':
			return {
				event,
				channel: textOrNull(payload.source),
				url: textOrNull(payload.href),
				closingReason: textOrNull(payload.closingReason),
				contact: common,
				createdAt: isoOrNull(payload.createdAt),
				closedAt: isoOrNull(payload.closedAt),
			};
		case 'agent_status_updated':
			return { event, ...simplifyMember(payload) };
		case 'agent_session_updated':
			return { event, action: textOrNull(payload.action), ...simplifyMember(objectOrEmpty(payload.user)) };
		case 'team_membership_updated': {
			const team = simplifyTeam(objectOrEmpty(payload.team));
			return { event, reason: textOrNull(payload.reason), teamId: team.id, team: team.name, ...simplifyMember(objectOrEmpty(payload.user)), updatedAt: isoOrNull(payload.lastUpdateAt) };
		}
		default:
			return { event, ...payload };
	}
}

// The vendor's table spells it with one s, the release notes with two.
function repliedTo(payload: IDataObject): IDataObject {
	const target = objectOrEmpty(objectOrEmpty(payload.messageContext ?? payload.mesageContext).target);
	return { repliesTo: textOrNull(target.text) };
}

/** Location, contact cards and what was pressed; left out when the message has none. */
function blocksOf(payload: IDataObject): IDataObject {
	const { coordinates, googleMapsLocation } = objectOrEmpty(payload.messageLocation);
	const point = objectOrEmpty(coordinates);
	const cards = objectOrEmpty(payload.messageContactCard).contactsInfo;
	const pressed = objectOrEmpty(payload.messageReplyButton).metadata ?? parsed(objectOrEmpty(payload.messageInteractiveList).metadata);
	return {
		// x is the latitude in the vendor's sample.
		...(payload.messageLocation ? { location: { latitude: point.x ?? null, longitude: point.y ?? null, mapUrl: googleMapsLocation ?? null } } : {}),
		...(Array.isArray(cards) ? { contacts: cards } : {}),
		...(pressed === undefined ? {} : { interaction: pressed }),
	};
}

function parsed(value: unknown): IDataObject | undefined {
	if (typeof value !== 'string') return undefined;
	try {
		return objectOrEmpty(JSON.parse(value));
	} catch {
		return { text: value };
	}
}

export interface EventFilters {
	/** Which messages of `message_created`. */
	direction: 'all' | 'received' | 'sent';
	/** Empty for all. */
	channelTypes: string[];
	/** UUIDs of channels; empty for all. */
	channels: string[];
	/** Own numbers, digits; empty for all. */
	ownNumbers: string[];
	/** Only contacts with one of these tags; empty for all. */
	tags: string[];
}

/** Whether an event is one the person wants. What an event does not tell does not keep it out. */
export function isWanted(event: string, payload: IDataObject, { direction, channelTypes, channels, ownNumbers, tags }: EventFilters): boolean {
	const contact = event.startsWith('contact_') ? payload : objectOrEmpty(payload.contact);
	const channel = [payload.channel, payload.source, contact.source].find((value) => typeof value === 'string');
	if (channelTypes.length && channel !== undefined && !channelTypes.includes(String(channel))) return false;
	const uuid = [contact.channel, payload.channel].map((one) => textOrNull(objectOrEmpty(one).uuid)).find((one) => one !== null);
	if (channels.length && uuid !== undefined && !channels.includes(String(uuid))) return false;
	if (tags.length && Array.isArray(contact.tags) && !contact.tags.some((tag) => tags.includes(String(tag)))) return false;
	if (event !== 'message_created') return true;
	if (direction !== 'all' && payload.status !== direction) return false;
	if (ownNumbers.length === 0) return true;
	// The vendor's sample has sender and receiver the other way round, so either may be the own number.
	return [payload.to, payload.from].some((number) => ownNumbers.includes(String(number ?? '').replace(/\D/g, '')));
}
