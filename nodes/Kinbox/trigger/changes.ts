import type { IDataObject } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import { objectOrEmpty } from '../../shared/values/read';
import { ReadOnce } from '../../shared/values/readOnce';
import type { KinboxClient } from '../transport/client';

/** How many conversations are asked for their messages at once. */
const atOnce = 4;

/** For how long a conversation that could not be read is asked again; milliseconds. */
const askedAgainFor = 3 * 24 * 3_600_000;

/** A conversation that could not be read, with the moment from which its messages are missing. */
interface Missed {
	from: number;
	since: number;
	contact: unknown;
}

/** Reads what has changed for all events of one poll, each list once. */
export class Changes {
	private readonly lists = new ReadOnce<string>();

	/**
	 * @param missed conversations that earlier polls could not read, by ID; kept up to date
	 * @param warn into n8n's log
	 */
	constructor(private readonly kinbox: KinboxClient, private readonly missed: IDataObject, private readonly warn: (message: string) => void) {}

	/** v1 `GET /v1/sessions`, the only list that tells what changed; oldest first. */
	async sessions(from: number, channelId?: string, limit?: number): Promise<IDataObject[]> {
		this.kinbox.needs('v1', 'Watching conversations');
		const rows = await this.lists.get(`sessions ${from} ${limit}`, async () => (await this.kinbox.list('/sessions', { updated_at_from: new Date(from).toISOString() }, { limit })).rows);
		const wanted = channelId === undefined ? rows : rows.filter(({ call }) => String(objectOrEmpty(call).workspacePlatformId) === channelId);
		return [...wanted].reverse();
	}

	/**
	 * Messages since a moment of the conversations that have changed, each with its contact. A conversation that cannot be
	 * read does not hold the others up; the next polls ask for it again.
	 */
	async messages(from: number, channelId?: string, limit?: number): Promise<IDataObject[]> {
		return await this.lists.get(`messages ${from} ${String(channelId)} ${limit}`, async () => {
			const sessions = await this.sessions(from, channelId, limit);
			// Messages do not tell whose they are; their conversations do.
			const wanted = new Map<string, Missed>(sessions.map(({ call, contact }) => [String(objectOrEmpty(call).customerPlatformId), { from, since: Date.now(), contact }]));
			for (const [id, value] of Object.entries(this.missed)) {
				const missed = objectOrEmpty(value) as unknown as Missed;
				wanted.set(id, { ...missed, contact: wanted.get(id)?.contact ?? missed.contact, from: Math.min(missed.from, from) });
			}
			const found: IDataObject[][] = [];
			const faults: unknown[] = [];
			const queue = [...wanted];
			await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
				for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
					const [id, conversation] = next;
					try {
						found.push(await this.messagesOf(id, conversation));
						delete this.missed[id];
					} catch (error) {
						faults.push(error);
						this.keep(id, conversation, error);
					}
				}
			}));
			// When nothing at all can be read, it is not a single conversation's fault.
			if (faults.length > 1 && faults.length === wanted.size) throw faults[0];
			return found.flat();
		});
	}

	private async messagesOf(id: string, { from, contact }: Missed): Promise<IDataObject[]> {
		const { rows } = await this.kinbox.list(path`/conversations/${id}/messages`, { order: 'asc', created_at_from: new Date(from).toISOString() }, {});
		return rows.map((row): IDataObject => ({ ...row, contact: contact as IDataObject }));
	}

	private keep(id: string, conversation: Missed, error: unknown): void {
		const isOver = Date.now() - conversation.since > askedAgainFor;
		const said = error instanceof Error ? error.message : 'unknown';
		this.warn(`the messages of conversation ${id} could not be read (${said}); ${isOver ? 'it is given up after three days' : 'the next poll asks again'}`);
		if (isOver) delete this.missed[id];
		else this.missed[id] = { ...conversation, contact: objectOrEmpty(conversation.contact) } as unknown as IDataObject;
	}
}
