import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';
import { hasEnded, campaignOutput } from '../actions/campaign/campaign';
import { toCommonContact } from '../actions/contact/contact';
import { simplifySession } from '../actions/conversation/conversation';
import { isClosedBetween, simplifyDeal } from '../actions/deal/deal';
import { deliveryOf, simplifyMessage } from '../actions/message/message';
import type { KinboxClient } from '../transport/client';
import type { Changes } from './changes';

/** One thing that happened. Two answers of Kinbox with the same key are about the same thing. */
export interface Happening {
	key: string;
	record: IDataObject;
}

export interface EventFilters {
	channelId?: string;
	pipelineId?: string;
	/** Only about so many of the newest: for samples. */
	limit?: number;
}

/** What a polling event needs: how to find what happened since a moment, and how to show it. */
export interface PollingEvent {
	/** Least time, in minutes, by which a record may come late. */
	lookBack?: number;
	/**
	 * What happened at or after `from`, oldest first.
	 *
	 * @param from milliseconds since 1970, by Kinbox's clock
	 * @param notes what the event keeps from poll to poll; empty at the first
	 */
	find(kinbox: KinboxClient, from: number, filters: EventFilters, changes: Changes, notes: IDataObject): Promise<Happening[]>;
	simplify(record: IDataObject, kinbox: KinboxClient): IDataObject;
}

const iso = (time: number) => new Date(time).toISOString();
const idOf = ({ id, _id }: IDataObject) => String(id ?? _id);
const byId = (rows: IDataObject[]): Happening[] => rows.map((record) => ({ key: idOf(record), record })).reverse();

/** The short form of a record, with its contact as other nodes take it. */
const withContact = (simplify: (record: IDataObject) => IDataObject) => (record: IDataObject): IDataObject => {
	const contact = objectOrEmpty(record.contact ?? objectOrEmpty(record.conversation).Customer);
	return { ...simplify(record), contact: Object.keys(contact).length ? toCommonContact(contact) as unknown as IDataObject : null };
};

/** Deals by the day they were closed: people enter it without a time, and afterwards. */
const closedDeals = (status: 'won' | 'lost'): PollingEvent => ({
	lookBack: 48 * 60,
	async find(kinbox, from, { pipelineId, limit }) {
		const since = iso(from);
		const query = kinbox.generation === 'v3'
			? { status, pipelineId, wonLostAtFrom: since }
			: { status, pipeline_id: pipelineId, won_lost_date_from: since };
		const { rows } = await kinbox.list('/deals', query, { limit });
		// Kinbox may pass the filter over. A deal that is closed again later is a new happening.
		return rows.filter((record) => isClosedBetween(record, since, undefined) !== false).map((record) => ({ key: `${idOf(record)} ${String(record.wonLostDate ?? '')}`, record })).reverse();
	},
	simplify: withContact(simplifyDeal),
});

const timeOf = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

export const pollingEvents = {
	campaignFinished: {
		// The list tells no time of the end. So a campaign has ended when it was seen before it had, or is new altogether:
		// one that comes into the list again, because others were deleted, is neither.
		async find(kinbox, from, _filters, _changes, notes) {
			const { rows } = await kinbox.list('/campaigns', {}, { limit: 500 });
			const going = new Set(Array.isArray(notes.going) ? notes.going.map(String) : []);
			const ended = rows.filter(({ status }) => hasEnded(status));
			const isNew = ({ createdAt }: IDataObject) => timeOf(createdAt) >= from;
			const shown = new Set(rows.map(idOf));
			notes.going = [...rows.filter(({ status }) => !hasEnded(status)).map(idOf), ...[...going].filter((id) => !shown.has(id))].slice(0, 500);
			return byId(ended.filter((campaign) => going.has(idOf(campaign)) || isNew(campaign)));
		},
		simplify: campaignOutput.simplify,
	},
	conversationFinished: {
		async find(_kinbox, from, { channelId, limit }, changes) {
			const sessions = await changes.sessions(from, channelId, limit);
			return sessions.flatMap((record) => {
				const { isFinished, finishedAt } = objectOrEmpty(record.call);
				// A change to a conversation that ended long ago is not its end.
				if (isFinished !== true || timeOf(finishedAt) < from) return [];
				return [{ key: `${idOf(record)} ${String(finishedAt ?? '')}`, record }];
			});
		},
		simplify: withContact(simplifySession),
	},
	conversationUpdated: {
		async find(_kinbox, from, { channelId, limit }, changes) {
			const sessions = await changes.sessions(from, channelId, limit);
			return sessions.map((record) => ({ key: `${idOf(record)} ${String(record.updatedAt)} ${String(objectOrEmpty(record.lastMessage).idMessage ?? '')} ${String(objectOrEmpty(record.call).isFinished)}`, record }));
		},
		simplify: withContact(simplifySession),
	},
	dealLost: closedDeals('lost'),
	dealWon: closedDeals('won'),
	messageFailed: {
		lookBack: 60,
		async find(_kinbox, from, { channelId, limit }, changes) {
			const messages = await changes.messages(from, channelId, limit);
			return messages.filter((message) => message.sender !== 'contact' && deliveryOf(message)?.status === 'failed').map((record) => ({ key: idOf(record), record }));
		},
		simplify: withContact(simplifyMessage),
	},
	messageReceived: {
		async find(_kinbox, from, { channelId, limit }, changes) {
			const messages = await changes.messages(from, channelId, limit);
			return messages.filter(({ sender }) => sender === 'contact').map((record) => ({ key: idOf(record), record }));
		},
		simplify: withContact(simplifyMessage),
	},
	newContact: {
		async find(kinbox, from, { limit }) {
			const query = kinbox.generation === 'v3' ? { createdAtFrom: iso(from) } : { created_at_from: iso(from) };
			return byId((await kinbox.list('/contacts', query, { limit })).rows);
		},
		simplify: (contact) => toCommonContact(contact) as unknown as IDataObject,
	},
	newConversation: {
		async find(_kinbox, from, { channelId, limit }, changes) {
			const sessions = await changes.sessions(from, channelId, limit);
			return sessions.filter(({ createdAt }) => timeOf(createdAt) >= from).map((record) => ({ key: idOf(record), record }));
		},
		simplify: withContact(simplifySession),
	},
	newDeal: {
		async find(kinbox, from, { pipelineId, limit }) {
			const since = iso(from);
			const query = kinbox.generation === 'v3' ? { pipelineId, createdAtFrom: since } : { pipeline_id: pipelineId, created_at_from: since };
			return byId((await kinbox.list('/deals', query, { limit })).rows);
		},
		simplify: withContact(simplifyDeal),
	},
} satisfies Record<string, PollingEvent>;

export type PollingEventName = keyof typeof pollingEvents;
