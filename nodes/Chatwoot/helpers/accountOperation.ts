import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';
import type { Operation, ReadItem, RunDetails } from '../../shared/operation/operation';
import { operation } from '../../shared/operation/operation';
import type { AccountClient, ChatwootClient } from '../transport/client';
import { accountLocator } from '../descriptions/locators';

/** An operation inside an account: `begin` is called once for each account of the items, and `run` gets the account that the item names. */
type AccountOperation<Input, State> = Omit<Operation<ChatwootClient, Input, State>, 'begin' | 'end' | 'run'> & {
	/** First release whose server has the call; see {@link forServersSince}. */
	since?: string;
	begin?(account: AccountClient, items: Array<ReadItem<Input>>): Promise<State>;
	run(input: Input, account: AccountClient, details: RunDetails<State>): ReturnType<Operation<ChatwootClient>['run']>;
	end?(state: State, account: AccountClient): Promise<void> | void;
};

interface InAccount<Input> {
	account?: string;
	input: Input;
}

/** What `begin` gave, for each account. */
type States<State> = Map<AccountClient, State>;

/**
 * Gives an operation the Account field, and runs it in that account. Each item can name another
 * account; left empty, it is the one of the credential.
 */
export function accountOperation<Input, State = undefined>({ read, begin, run, end, orderingKey, properties, since, ...definition }: AccountOperation<Input, State>): Operation<ChatwootClient> {
	return operation<ChatwootClient, InAccount<Input>, States<State> | undefined>({
		...definition,
		properties: [...properties, accountLocator],
		read: (item) => ({ account: readAccount(item), input: read(item) }),
		...(orderingKey
			? {
				orderingKey: ({ account, input }: InAccount<Input>) => {
					const key = orderingKey(input);
					return key === undefined ? undefined : `${account ?? ''} ${key}`;
				},
			}
			: {}),
		...(begin ? { begin: async (client: ChatwootClient, items: Array<ReadItem<InAccount<Input>>>) => await beginEach(client, items, begin) } : {}),
		async run({ account: id, input }, client, { state, ...details }) {
			const account = await client.account(id);
			const send = async () => await run(input, account, { ...details, state: state?.get(account) as State });
			const answer = since === undefined ? await send() : await forServersSince(client, since, definition.option.action, send);
			client.remember(answer, account);
			return answer;
		},
		async end(states) {
			for (const [account, state] of states ?? []) await end?.(state, account);
		},
	});
}

/** Calls `begin` once for each account, with its items. */
async function beginEach<Input, State>(
	client: ChatwootClient,
	items: Array<ReadItem<InAccount<Input>>>,
	begin: (account: AccountClient, items: Array<ReadItem<Input>>) => Promise<State>,
): Promise<States<State>> {
	const byAccount = new Map<AccountClient, Array<ReadItem<Input>>>();
	for (const { input: { account: id, input }, ...item } of items) {
		const account = await client.account(id);
		const own = byAccount.get(account);
		if (own) own.push({ ...item, input });
		else byAccount.set(account, [{ ...item, input }]);
	}
	const states: States<State> = new Map();
	for (const [account, own] of byAccount) states.set(account, await begin(account, own));
	return states;
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
