import type { IDataObject } from 'n8n-workflow';

import type { QueryValue } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { madeOnce } from '../../../shared/http/lostAnswer';
import { collectBefore } from '../../../shared/http/pagination';
import { comparing } from '../../../shared/values/compare';
import { workflowMarkOf } from '../../helpers/workflowMark';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

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
			&& JSON.stringify(workflowMarkOf(message)) === mark,
		madeAt: (message) => Number(message.created_at) * 1000,
	});
}

/** {@link createMessage} of a plain body. */
export async function postOutgoing(account: AccountClient, conversationId: string, body: IDataObject): Promise<IDataObject> {
	return await createMessage(account, conversationId, body, async () => await account.post(path`/conversations/${conversationId}/messages`, body));
}
