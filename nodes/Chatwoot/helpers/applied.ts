import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { NotApplied } from '../transport/asked';
import { agrees, tellNotApplied as tell } from '../transport/asked';
import type { AccountClient } from '../transport/client';
import { conversationFor } from './conversation';

export type { NotApplied } from '../transport/asked';

/** The field as the editor shows it, what was asked for (undefined: nothing), and what the answer says. */
export type Asked = [field: string, asked: unknown, got: unknown];

/**
 * Compares what was asked for with what came back, where the answer is not the record that was written (such an answer
 * the client compares by itself, see `compareWithAnswer`).
 *
 * @param asked one entry a field; what was not asked for, and what the answer does not show (undefined), is not compared
 */
export function notApplied(asked: Asked[]): NotApplied[] {
	return asked.filter(([, wanted, got]) => wanted !== undefined && got !== undefined && !agrees(wanted, got)).map(([field, wanted, got]) => ({ field, asked: wanted, got }));
}

/**
 * Says in the item (`notApplied`) and in a hint what was not done.
 *
 * @param record as the operation gives it; given back
 */
export function tellNotApplied<Row extends IDataObject>(account: AccountClient, record: Row, differences: NotApplied[]): Row {
	return tell(account.http, record, differences);
}

/** The members of a list as they are now; who was to be among them and is not, is told in the first. */
export function tellMissing(account: AccountClient, rows: IDataObject[], members: number[]): IDataObject[] {
	const lost = members.filter((id) => !rows.some((row) => Number(row.id) === id));
	for (const row of rows.slice(0, 1)) tell(account.http, row, lost.map((id) => ({ field: 'Agents', asked: id, got: null })));
	return rows;
}

/**
 * Looks again after a write that Chatwoot answers with nothing. What was written stays written when it cannot be looked
 * at; then a hint says so.
 *
 * @returns what `look` gives; undefined when that is not known
 */
export async function lookAgain<Shown>(account: AccountClient, look: () => Promise<Shown | undefined>): Promise<Shown | undefined> {
	const shown = await look().catch((error: unknown) => {
		if (error instanceof NodeApiError) return undefined;
		throw error;
	});
	if (shown === undefined) account.http.notices.add('Chatwoot took the request, but whether it was done could not be looked up.');
	return shown;
}

/**
 * As {@link lookAgain}, at a conversation; what is not as it was asked for stands in the item.
 *
 * @param row made of the conversation as it is now, or as it was asked for when that is not known
 */
export async function compareConversation<Row extends IDataObject>(account: AccountClient, id: string, row: (shown: IDataObject | undefined) => Row, asked: (shown: IDataObject) => Asked[]): Promise<Row> {
	const shown = await lookAgain(account, async () => await conversationFor(account, id));
	return tellNotApplied(account, row(shown), shown ? notApplied(asked(shown)) : []);
}

/** Who was to be taken out of a list and is in it still. */
export function tellStill<Row extends IDataObject>(account: AccountClient, row: Row, agents: number[], now: IDataObject[] | undefined): Row {
	const still = agents.filter((agent) => now?.some(({ id }) => Number(id) === agent));
	return tellNotApplied(account, row, still.map((id) => ({ field: 'Agents', asked: null, got: id })));
}
