import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { madeOnce } from '../../../shared/http/lostAnswer';
import { collectBefore } from '../../../shared/http/pagination';
import type { History, OncePlace } from '../../../shared/message/once';
import { sendOnce } from '../../../shared/message/sendOnce';
import { comparing } from '../../../shared/values/compare';
import { objectOrEmpty } from '../../../shared/values/read';
import { claimPrefix, markedMessages, messageMark, stampOf } from '../../helpers/claims';
import type { Channel } from '../../helpers/outgoing';
import { workflowMarkOf } from '../../helpers/workflowMark';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { contactIn } from '../contact/contact.calls';

/** Messages that the server gives at most: before another one, and between two. */
export const messagePageSize = 20;
const mostBetween = 1000;

/** Up to so many the pages before the newest are read; more cost fewer requests between two IDs. */
const mostByPage = 200;

/** Larger than any ID of a message. */
const endOfIds = 2_147_483_647;

/** Newest first. The server tells seconds; within one the ID decides. */
export const newestFirst = comparing<IDataObject>((message) => message.created_at, true);

/** What tells messages apart, and when they were made. */
export const messageKeys = { idOf: (message: IDataObject) => Number(message.id), timeOf: (message: IDataObject) => Number(message.created_at) };

/**
 * Messages of a conversation, newest first. The server cuts its pages by time and goes on by ID, so messages of one
 * moment, or of an import whose IDs do not follow the time, fall between its pages. Between two IDs it leaves nothing
 * out as long as there are fewer than it gives at once; so the span is halved until that is so.
 */
export async function messagesOf(account: AccountClient, conversationId: string, { limit, publicOnly = false }: { limit?: number; publicOnly?: boolean }): Promise<IDataObject[]> {
	const ask = async (span: Record<string, QueryValue>) =>
		rowsIn(await account.get(path`/conversations/${conversationId}/messages`, { ...span, filter_internal_messages: publicOnly || undefined }));
	const byPage = async (wanted?: number) => await collectBefore(async (before) => await ask({ before }), messagePageSize, messageKeys, account.http.listing(wanted));

	if (limit !== undefined && limit <= mostByPage) {
		const { rows, pages, unsure } = await byPage(limit);
		if (!unsure && (rows.length >= limit || pages === 1)) return rows.sort(newestFirst);
	}
	const found = new Map<unknown, IDataObject>();
	const readSpan = async (after: number, before: number): Promise<void> => {
		if (account.http.signal?.aborted) return;
		const rows = await ask({ after, before });
		for (const row of rows) found.set(row.id, row);
		if (rows.length < mostBetween) return;
		// Most of what came is below, so that the lower part is whole at the next look.
		const ids = rows.map(messageKeys.idOf).sort((one, other) => one - other);
		const middle = ids[Math.floor(ids.length * 0.9)]!;
		await Promise.all([readSpan(after, middle), readSpan(middle, before)]);
	};
	await readSpan(0, endOfIds);
	// As many as older servers give, which look at one end of the span only.
	if (found.size === messagePageSize || found.size === 100) for (const row of (await byPage()).rows) found.set(row.id, row);
	return [...found.values()].sort(newestFirst).slice(0, limit);
}

/** The kinds of messages by the number that the server shows. */
const outgoing = 1;

/**
 * Makes a message in a conversation (`createMessage`). When the answer is lost, the message is looked for by its text,
 * its files, and the mark of the workflow.
 *
 * @param body as it is sent, with its mark
 * @param post the request
 * @param files how many go along
 */
export async function createMessage(account: AccountClient, conversationId: string, body: IDataObject, post: () => Promise<IDataObject>, files = 0): Promise<IDataObject> {
	const mark = JSON.stringify(workflowMarkOf(body));
	return await madeOnce(account.http, post, {
		what: 'message',
		key: `message ${account.id} ${conversationId} ${JSON.stringify(body)}`,
		find: async () => rowsIn(await account.get(path`/conversations/${conversationId}/messages`)),
		isIt: (message) => message.message_type === (body.message_type === 'incoming' ? 0 : outgoing)
			&& (message.private === true) === (body.private === true)
			&& String(message.content ?? '') === String(body.content ?? '')
			&& (Array.isArray(message.attachments) ? message.attachments.length : 0) === files
			&& JSON.stringify(workflowMarkOf(message)) === mark
			&& objectOrEmpty(message.content_attributes)[messageMark] === objectOrEmpty(body.content_attributes)[messageMark],
		madeAt: (message) => Number(message.created_at) * 1000,
	});
}

/** {@link createMessage} of a plain body, which may not leave after the deadline. */
export async function postOutgoing(account: AccountClient, conversationId: string, body: IDataObject, deadline?: number): Promise<IDataObject> {
	return await createMessage(account, conversationId, body, async () => await account.send({ method: 'POST', path: path`/conversations/${conversationId}/messages`, body, leaveBy: deadline }));
}

/** A message with the mark of its key, and of its number where one item makes several. */
export function withOnceMark(message: IDataObject, key: string | undefined, part = 0): IDataObject {
	return key === undefined ? message : { ...message, content_attributes: { ...objectOrEmpty(message.content_attributes), [messageMark]: part === 0 ? key : `${key}.${part}` } };
}

/** Where a message of *Send Only Once* is claimed: a custom attribute of the contact. Messages carry the key. */
class MessageClaim implements OncePlace {
	private readonly attribute: string;
	/** Messages of the key that are there, by their marks. */
	readonly found = new Map<unknown, IDataObject>();

	/** @param parts how many messages the item makes */
	constructor(private readonly account: AccountClient, private readonly contactId: string, private readonly conversationId: string, private readonly key: string, private readonly parts: number) {
		this.attribute = `${claimPrefix}${key}`;
	}

	claim = {
		read: async () => {
			const contact = contactIn(await this.account.get(path`/contacts/${this.contactId}`));
			const entry = objectOrEmpty(contact.custom_attributes)[this.attribute];
			return typeof entry === 'string' && entry !== '' ? entry : undefined;
		},
		write: async (entry: string, deadline?: number) => {
			await this.account.exchange({ method: 'PATCH', path: path`/contacts/${this.contactId}`, body: { custom_attributes: { [this.attribute]: entry } }, idempotent: false, leaveBy: deadline });
		},
	};

	stamp = () => stampOf(this.account);

	async history(entry: string | undefined): Promise<History> {
		const messages = await markedMessages(this.account, this.conversationId, (mark) => mark === this.key || String(mark).startsWith(`${this.key}.`), entry);
		for (const message of messages ?? []) this.found.set(objectOrEmpty(message.content_attributes)[messageMark], message);
		if (this.found.size >= this.parts) return { id: String(this.found.get(this.key)?.id ?? '') || null };
		return messages ? 'none' : 'unclear';
	}
}

/**
 * Sends the messages of an item, under a key to a person once.
 *
 * @param key undefined when they are to be sent in any case
 * @param parts how many there are
 * @param send sends those that are not `there` yet, and may throw only before the first or with `isPartlySent`
 * @returns what `send` gives; undefined when all went out before, whose output is `before`
 */
export async function sendUnderKey<Sent>(account: AccountClient, conversationId: string, { key, parts = 1, channel }: { key?: string; parts?: number; channel: Channel }, send: (deadline?: number, there?: (part: number) => IDataObject | undefined) => Promise<Sent>): Promise<{ sent: Sent } | { before: IDataObject }> {
	if (key === undefined) return { sent: await send() };
	const { contactId } = channel;
	if (contactId === undefined) throw account.http.error("'Send Only Once' needs to know the contact, and Chatwoot does not show contacts to agent bots", 'Nothing was sent. Use the token of a person, or leave it empty.');
	const place = new MessageClaim(account, contactId, conversationId, key, parts);
	const answer = await sendOnce(account.http, `${account.id} ${contactId} ${key}`, place, async (deadline) => await send(deadline, (part) => place.found.get(part === 0 ? key : `${key}.${part}`)));
	if ('sent' in answer) return answer;
	const known = [...place.found.values()][0];
	return { before: { ...known, id: answer.before ?? known?.id ?? null, conversation_id: Number(conversationId), alreadySent: true } };
}
