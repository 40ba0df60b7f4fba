import type { IDataObject } from 'n8n-workflow';

import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { notInAccount } from '../../transport/unknownRecord';

/** One agent, out of the list: the server has no call for a single one. */
export async function findAgent(account: AccountClient, id: string): Promise<IDataObject> {
	const agents = rowsIn(await account.get('/agents'));
	const agent = agents.find((one) => String(one.id) === id);
	if (!agent) throw notInAccount(account, 'Agent', id, agents);
	return agent;
}
