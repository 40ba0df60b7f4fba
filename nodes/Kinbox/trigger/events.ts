import type { IDataObject } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import { objectOrEmpty } from '../../shared/values/read';
import { hasEnded, campaignOutput } from '../actions/campaign/campaign';
import { toCommonContact } from '../actions/contact/contact';
import { simplifySession } from '../actions/conversation/conversation';
import { simplifyDeal } from '../actions/deal/deal';
import { simplifyMessage } from '../actions/message/message';
import type { KinboxClient } from '../transport/client';

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
	 * @param from milliseconds since 1970
	 */
	find(kinbox: KinboxClient, from: number, filters: EventFilters): Promise<Happening[]>;
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

/** v1 `GET /v1/sessions`, the only list that tells what changed. */
async function changedSessions(kinbox: KinboxClient, from: number, { channelId, limit }: EventFilters): Promise<IDataObject[]> {
	kinbox.needs('v1', 'Watching conversations');
	const { rows } = await kinbox.list('/sessions', { updated_at_from: iso(from) }, { limit });
	const wanted = channelId === undefined ? rows : rows.filter(({ call }) => String(objectOrEmpty(call).workspacePlatformId) === channelId);
	return wanted.reverse();
}

/** Deals by the day they were closed: people enter it without a time, and afterwards. */
const closedDeals = (status: 'won' | 'lost'): PollingEvent => ({
	lookBack: 48 * 60,
	async find(kinbox, from, { pipelineId, limit }) {
		const since = iso(from);
		const query = kinbox.generation === 'v3'
			? { status, pipelineId, wonLostAtFrom: since }
			: { status, pipeline_id: pipelineId, won_lost_date_from: since };
		const { rows } = await kinbox.list('/deals', query, { limit });
		// A deal that is closed again later is a new happening.
		return rows.map((record) => ({ key: `${idOf(record)} ${String(record.wonLostDate ?? '')}`, record })).reverse();
	},
	simplify: withContact(simplifyDeal),
});

const timeOf = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

export const pollingEvents = {
	campaignFinished: {
		// The list tells no time of the end, so all campaigns that have ended are compared with those known.
		async find(kinbox) {
			const { rows } = await kinbox.list('/campaigns', {}, { limit: 500 });
			return byId(rows.filter(({ status }) => hasEnded(status)));
		},
		simplify: campaignOutput.simplify,
	},
	conversationFinished: {
		async find(kinbox, from, filters) {
			const sessions = await changedSessions(kinbox, from, filters);
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
		async find(kinbox, from, filters) {
			const sessions = await changedSessions(kinbox, from, filters);
			return sessions.map((record) => ({ key: `${idOf(record)} ${String(record.updatedAt)} ${String(objectOrEmpty(record.lastMessage).idMessage ?? '')} ${String(objectOrEmpty(record.call).isFinished)}`, record }));
		},
		simplify: withContact(simplifySession),
	},
	dealLost: closedDeals('lost'),
	dealWon: closedDeals('won'),
	messageReceived: {
		async find(kinbox, from, filters) {
			const sessions = await changedSessions(kinbox, from, filters);
			// Messages do not tell whose they are; their conversations do.
			const conversations = new Map(sessions.map(({ call, contact }) => [String(objectOrEmpty(call).customerPlatformId), contact]));
			const lists = await Promise.all([...conversations].map(async ([id, contact]) => {
				const { rows } = await kinbox.list(path`/conversations/${id}/messages`, { order: 'asc', created_at_from: iso(from) }, {});
				return rows.map((row): IDataObject => ({ ...row, contact }));
			}));
			return lists.flat().filter(({ sender }) => sender === 'contact').map((record) => ({ key: idOf(record), record }));
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
		async find(kinbox, from, filters) {
			const sessions = await changedSessions(kinbox, from, filters);
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
