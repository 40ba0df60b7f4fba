import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { operation } from '../shared/operation';
import type { AccountClient, ChatwootClient } from './client';
import { accountLocator } from './locators';

/** An operation inside an account: its `run` gets the account that the item names. */
type AccountOperation<Input> = Omit<Operation<ChatwootClient, Input>, 'run'> & {
	run(input: Input, account: AccountClient, details: Parameters<Operation<ChatwootClient>['run']>[2]): ReturnType<Operation<ChatwootClient>['run']>;
};

/**
 * Gives an operation the Account field, and runs it in that account. Each item can name another
 * account; left empty, it is the one of the credential.
 */
export function accountOperation<Input>({ read, run, orderingKey, properties, ...definition }: AccountOperation<Input>): Operation<ChatwootClient> {
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
			const answer = await run(input, account, details);
			client.remember(answer, account);
			return answer;
		},
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
