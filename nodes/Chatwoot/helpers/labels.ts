import type { IDataObject } from 'n8n-workflow';

import { rowsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';

export type LabelChange = 'add' | 'remove' | 'set';

/**
 * Changes the labels of a contact or conversation. The server can only replace them all, so adding
 * and removing read them first, and write only when there is something to change.
 *
 * @param path of the record's labels
 * @returns the labels that the record has now
 */
export async function changeLabels(account: AccountClient, path: string, change: LabelChange, labels: string[]): Promise<IDataObject> {
	if (change === 'set') return { labels: await write(account, path, labels) };
	const before = await readCurrent(account, path);
	const after = change === 'add' ? [...new Set([...before, ...labels])] : before.filter((label) => !labels.includes(label));
	return { labels: after.length === before.length ? before : await write(account, path, after) };
}

/** The labels that a record has now. */
export async function readCurrent(account: AccountClient, path: string): Promise<string[]> {
	return (rowsIn(await account.get(path)) as unknown[]).map(String);
}

async function write(account: AccountClient, path: string, labels: string[]): Promise<string[]> {
	return (rowsIn(await account.postAgain(path, { labels })) as unknown[]).map(String);
}
