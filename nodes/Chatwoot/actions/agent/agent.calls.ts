import type { IDataObject } from 'n8n-workflow';

import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

/** One agent, out of the list: the server has no call for a single one. */
export async function findAgent(account: AccountClient, id: string): Promise<IDataObject> {
	const agent = rowsIn(await account.get('/agents')).find((one) => String(one.id) === id);
	if (!agent) throw account.http.error(`Chatwoot does not know agent ${id} in account ${account.id}`, 'Pick the agent from the list.');
	return agent;
}
