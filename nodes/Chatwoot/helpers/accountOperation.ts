import { NodeApiError } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';
import type { LaterAnswers, Operation, OperationAnswer, OrderingKey, ReadItem, RecordInput, RecordOperation, RunDetails } from '../../shared/operation/operation';
import { operation, withRecord } from '../../shared/operation/operation';
import { accountLocator } from '../descriptions/locators';
import type { AccountClient, ChatwootClient } from '../transport/client';

/** An operation inside an account: `begin` is called once for each account of the items, and `run` gets the account that the item names. */
type AccountOperation<Input, State> = Omit<Operation<ChatwootClient, Input, State>, 'begin' | 'end' | 'run' | 'orderingKey'> & {
	/** First release whose server has the call; see {@link forServersSince}. */
	since?: string;
	orderingKey?(input: Input, account: AccountClient): OrderingKey | Promise<OrderingKey>;
	begin?(account: AccountClient, items: Array<ReadItem<Input>>): Promise<State>;
	run(input: Input, account: AccountClient, details: RunDetails<State>): ReturnType<Operation<ChatwootClient>['run']>;
	end?(state: State, account: AccountClient): LaterAnswers | Promise<LaterAnswers>;
};

/** An operation inside an account on one record, see {@link RecordOperation}. */
type AccountRecordOperation<Input, State> = Omit<AccountOperation<Input & RecordInput, State>, 'properties' | 'read'> & Pick<RecordOperation<ChatwootClient, Input, State>, 'record' | 'properties' | 'read'>;

interface InAccount<Input> {
	account?: string;
	input: Input;
}

/** What `begin` gave for each account, or why it could not begin there. */
type States<State> = Map<AccountClient, { state: State } | { failed: unknown }>;

/**
 * Gives an operation the Account field, and runs it in that account. Each item can name another
 * account; left empty, it is the one of the credential.
 */
export function accountOperation<Input = unknown, State = undefined>(definition: AccountRecordOperation<Input, State>): Operation<ChatwootClient>;
export function accountOperation<Input, State = undefined>(definition: AccountOperation<Input, State>): Operation<ChatwootClient>;
export function accountOperation<Input, State>(given: AccountOperation<Input, State> | AccountRecordOperation<Input, State>): Operation<ChatwootClient> {
	// What an account operation has more than a plain one passes through.
	const { read, begin, run, end, orderingKey, properties, since, ...definition } = withRecord(given as unknown as Operation<ChatwootClient, Input, State>) as unknown as AccountOperation<Input, State>;
	return operation<ChatwootClient, InAccount<Input>, States<State> | undefined>({
		...definition,
		properties: [...properties, accountLocator],
		read(item) {
			const input = read(item);
			return { account: readAccount(item), input };
		},
		...(orderingKey
			? {
				// The account that the item means: left empty it may be the one that another item names.
				orderingKey: async ({ account: id, input }: InAccount<Input>, client: ChatwootClient) => {
					const account = await client.account(id);
					return [await orderingKey(input, account) ?? []].flat().map((key) => `${account.id} ${key}`);
				},
			}
			: {}),
		...(begin ? { begin: async (client: ChatwootClient, items: Array<ReadItem<InAccount<Input>>>) => await beginEach(client, items, { begin, end }) } : {}),
		async run({ account: id, input }, client, { state: states, ...details }) {
			const account = await client.account(id);
			const begun = states?.get(account);
			if (begun && 'failed' in begun) throw begun.failed;
			const send = async () => await run(input, account, { ...details, state: begun?.state as State });
			const answer = since === undefined ? await send() : await forServersSince(client, since, definition.option.action, send);
			client.remember(answer, account);
			return answer;
		},
		end: async (states) => await endEach(states, end),
	});
}

/**
 * Calls `begin` once for each account, with its items. With "continue" an account where it fails keeps only its own
 * items from running; else the accounts that have begun are ended before the error is thrown.
 */
async function beginEach<Input, State>(
	client: ChatwootClient,
	items: Array<ReadItem<InAccount<Input>>>,
	{ begin, end }: Pick<AccountOperation<Input, State>, 'end'> & Required<Pick<AccountOperation<Input, State>, 'begin'>>,
): Promise<States<State>> {
	const byAccount = new Map<AccountClient, Array<ReadItem<Input>>>();
	for (const { input: { account: id, input }, ...item } of items) {
		const account = await client.account(id);
		const own = byAccount.get(account);
		if (own) own.push({ ...item, input });
		else byAccount.set(account, [{ ...item, input }]);
	}
	const states: States<State> = new Map();
	for (const [account, own] of byAccount) {
		const begun = await begin(account, own).then((state) => ({ state }), (failed: unknown) => ({ failed }));
		if ('failed' in begun && (byAccount.size === 1 || !mayContinue(client))) {
			await endEach(states, end);
			throw begun.failed;
		}
		states.set(account, begun);
	}
	return states;
}

async function endEach<State>(states: States<State> | undefined, end: AccountOperation<unknown, State>['end']): Promise<LaterAnswers> {
	const all = new Map<number, OperationAnswer>();
	for (const [account, begun] of states ?? []) {
		const later = 'state' in begun ? await end?.(begun.state, account) : undefined;
		for (const [index, answer] of later ?? []) {
			account.client.remember(answer, account);
			all.set(index, answer);
		}
	}
	return all;
}

function mayContinue({ http: { context } }: ChatwootClient): boolean {
	return 'continueOnFail' in context && context.continueOnFail();
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

/** The account that the item names: in its Account field, or in the addresses of the records it names. They must agree. */
function readAccount(item: Item): string | undefined {
	const chosen = item.locator('account');
	if (chosen !== undefined && !/^\d+$/.test(chosen)) throw item.refuse('account', 'is not an account', "Pick it from the list, or give the number after /accounts/ in the browser's address.");
	const named = [...item.accountsNamed];
	const account = chosen ?? named[0]?.[1];
	const other = named.find(([, id]) => id !== account);
	if (other) {
		const [field, id] = other;
		const reason = chosen === undefined ? `'${named[0]![0]}' is an address in account ${account}` : `'Account' is ${account}`;
		throw item.refuseLabel(field, `is an address in account ${id}, and ${reason}`, 'The same number is another record there. Leave \'Account\' empty to work in the account of the address, or give addresses of one account.');
	}
	return account;
}
