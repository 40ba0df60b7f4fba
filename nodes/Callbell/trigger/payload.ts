import type { IDataObject } from 'n8n-workflow';

import { fileNameOf } from '../../shared/message/receiveFiles';
import { e164OrNull } from '../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/values/read';
import { toCommonContact } from '../actions/contact/contact';
import { simplifySent } from '../actions/message/message';
import { simplifyMember, simplifyTeam } from '../actions/team/team';

const kindsByExtension: Record<string, string[]> = {
	audio: ['aac', 'amr', 'm4a', 'mp3', 'oga', 'ogg', 'opus', 'wav', 'weba'],
	image: ['bmp', 'gif', 'heic', 'jpeg', 'jpg', 'png', 'svg', 'tif', 'tiff'],
	sticker: ['webp'],
	video: ['3gp', 'avi', 'mkv', 'mov', 'mp4', 'mpeg', 'webm'],
};

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

/** What two deliveries of one event have in common; undefined when Callbell gives nothing to tell them by. */
export function eventId(event: string, payload: IDataObject): string | undefined {
	const id = textOrNull(payload.uuid);
	if (event === 'message_created' && id) return `${event} ${id}`;
	if (event === 'message_status_updated' && id) return `${event} ${id} ${String(payload.status)}`;
	return undefined;
}

/** An event in the form people use: flat, in the names of this package. */
export function simplifyEvent(event: string, payload: IDataObject): IDataObject {
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
			return { event, id, status, reason, channelMessageId, to, contactId: textOrNull(contact.uuid), contact: common, metadata: payload.metadata ?? null };
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
	/** Own numbers, digits; empty for all. */
	ownNumbers: string[];
	/** Only contacts with one of these tags; empty for all. */
	tags: string[];
}

/** Whether an event is one the person wants. What an event does not tell does not keep it out. */
export function isWanted(event: string, payload: IDataObject, { direction, channelTypes, ownNumbers, tags }: EventFilters): boolean {
	const contact = event.startsWith('contact_') ? payload : objectOrEmpty(payload.contact);
	const channel = [payload.channel, payload.source, contact.source].find((value) => typeof value === 'string');
	if (channelTypes.length && channel !== undefined && !channelTypes.includes(String(channel))) return false;
	if (tags.length && Array.isArray(contact.tags) && !contact.tags.some((tag) => tags.includes(String(tag)))) return false;
	if (event !== 'message_created') return true;
	if (direction !== 'all' && payload.status !== direction) return false;
	if (ownNumbers.length === 0) return true;
	// The vendor's sample has sender and receiver the other way round, so either may be the own number.
	return [payload.to, payload.from].some((number) => ownNumbers.includes(String(number ?? '').replace(/\D/g, '')));
}
