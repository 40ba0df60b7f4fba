import { accountInAddresses, isAddress } from '../../shared/operation/recordAddress';
import type { AccountClient, ChatwootClient } from '../transport/client';

/**
 * The account that a node names where it has no items: in the editor's lists, and in the trigger.
 *
 * @param account value of the Account field, as n8n keeps it
 * @param others values of other fields; addresses among them name the account as well
 * @throws NodeApiError for an address that does not belong to the credential's Chatwoot, or to no account
 */
export async function accountNamed(client: ChatwootClient, account: unknown, others: unknown[] = []): Promise<AccountClient> {
	const named = accountInAddresses([account, ...others], client.http);
	if (typeof named === 'object') throw client.http.error(`A field of the node ${named.what}`, named.advice);
	const value: unknown = account !== null && typeof account === 'object' && 'value' in account ? account.value : account;
	if (isAddress(value)) {
		const own = accountInAddresses([account], client.http);
		if (typeof own === 'string') return await client.account(own);
		throw client.http.error("'Account' is an address without an account", "Copy the address from the browser while Chatwoot is open, or give the number after /accounts/ in it.");
	}
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return await client.account(/^\d+$/.test(id) ? id : named);
}
