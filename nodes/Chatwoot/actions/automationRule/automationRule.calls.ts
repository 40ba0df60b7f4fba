import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty } from '../../../shared/values/read';
import type { AccountClient } from '../../transport/client';
import { exchangeAboutOne } from '../../helpers/oneRecord';

/**
 * Sends a call about one rule.
 *
 * @param below what stands behind the rule in the path, such as "/clone"
 * @returns the rule, which stands below `payload`; an empty object when there is none in the answer
 */
export async function ruleCall(account: AccountClient, id: string, call: Omit<Call, 'path'>, below = ''): Promise<IDataObject> {
	const answer = await exchangeAboutOne(account, { ...call, path: `${path`/automation_rules/${id}`}${below}` }, {
		list: '/automation_rules',
		field: 'Automation Rule',
		id,
	});
	return objectOrEmpty(objectOrEmpty(answer.body).payload);
}
