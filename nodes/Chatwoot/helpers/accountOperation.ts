import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';
import type { Operation } from '../../shared/operation/operation';
import { operation } from '../../shared/operation/operation';
import type { AccountClient, ChatwootClient } from '../transport/client';
import { accountLocator } from '../descriptions/locators';

/** An operation inside an account: its `run` gets the account that the item names. */
type AccountOperation<Input> = Omit<Operation<ChatwootClient, Input>, 'run'> & {
	/** First release whose server has the call; see {@link forServersSince}. */
	since?: string;
	run(input: Input, account: AccountClient, details: Parameters<Operation<ChatwootClient>['run']>[2]): ReturnType<Operation<ChatwootClient>['run']>;
};

/**
 * Gives an operation the Account field, and runs it in that account. Each item can name another
 * account; left empty, it is the one of the credential.
 */
export function accountOperation<Input>({ read, run, orderingKey, properties, since, ...definition }: AccountOperation<Input>): Operation<ChatwootClient> {
	return operation<ChatwootClient, { account?: string; input: Input }>({
		...definition,
		properties: [...properties, accountLocator],
		read: (item) => ({ account: readAccount(item), input: read(item) }),
		...(orderingKey
			? {
				orderingKey: ({ account, input }: { account?: string; input: Input }) => {
					const key = orderingKey(input);
					return key === undefined ? undefined : `${account ?? ''} ${key}`;
				},
			}
			: {}),
		async run({ account: id, input }, client, details) {
			const account = await client.account(id);
			const answer = since === undefined ? await run(input, account, details) : await forServersSince(client, since, definition.option.action, async () => await run(input, account, details));
			client.remember(answer, account);
			return answer;
		},
	});
}

/**
 * Sends what only newer servers know. An older one answers with a bare 404, as if the record were missing, so
 * its version is asked then, once for a run of the node.
 *
 * @param since first release that has it
 * @param what as people call it
 * @param refusedWith statuses that may mean that the server is too old
 */
export async function forServersSince<Result>(client: ChatwootClient, since: string, what: string, send: () => Promise<Result>, refusedWith: string[] = ['404']): Promise<Result> {
	return await send().catch(async (error: unknown) => {
		if (error instanceof NodeApiError && refusedWith.includes(String(error.httpCode))) await client.requireVersion(since, what);
		throw error;
	});
}

function readAccount(item: Item): string | undefined {
	const id = item.locator('account');
	if (id !== undefined && !/^\d+$/.test(id)) throw item.refuse('account', 'is not an account', "Pick it from the list, or give the number after /accounts/ in the browser's address.");
	return id;
}

/** The number of a record, as Chatwoot's ids are. */
export function readId(item: Item, name: string): string {
	const id = item.requiredLocator(name);
	if (!/^\d+$/.test(id)) throw item.refuse(name, 'is not the ID of a record', 'Pick it from the list, or give its number.');
	return id;
}

/** Leaves out what is not filled in. */
export function withoutUndefined(body: Record<string, unknown>): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as IDataObject;
}

/** As {@link withoutUndefined}; undefined when nothing is left. */
export function filledIn(body: Record<string, unknown>): IDataObject | undefined {
	const rest = withoutUndefined(body);
	return Object.keys(rest).length ? rest : undefined;
}
