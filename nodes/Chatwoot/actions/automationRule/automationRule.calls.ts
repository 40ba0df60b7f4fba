import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty } from '../../../shared/values/read';
import type { AccountClient } from '../../transport/client';

/**
 * Sends a call about one rule. An unknown ID makes the server stumble (500, not 404).
 *
 * @param below what stands behind the rule in the path, such as "/clone"
 * @returns the rule, which stands below `payload`; an empty object when there is none in the answer
 */
export async function ruleCall(account: AccountClient, id: string, call: Omit<Call, 'path'>, below = ''): Promise<IDataObject> {
	const answer = await account.exchange({ ...call, path: `${path`/automation_rules/${id}`}${below}`, accept: [500] });
	if (answer.status === 500) {
		throw account.http.error(`Chatwoot does not know automation rule ${id}`, `It may have been deleted, or the ID belongs to another account than ${account.id}. (The server answers HTTP 500 to that.)`, answer.status);
	}
	return objectOrEmpty(objectOrEmpty(answer.body).payload);
}
