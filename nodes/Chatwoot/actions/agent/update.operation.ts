import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { agentOutput } from './agent';
import { agentLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { findAgent } from './agent.calls';
import { agentFields, agentName, readAgent, roleField } from './agent.fields';

/** `updateAgent`: `PATCH /agents/{id}`; the e-mail address cannot be changed. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update agent',
		description: 'Change a person of the account; fields left empty stay as they are',
	},
	record: agentLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [...agentFields, agentName, roleField],
		},
	],
	output: agentOutput,
	read(item) {
		const body = readAgent(item.collection('updateFields'));
		item.needsChange('updateFields', body);
		return { body };
	},
	async run({ id, body }, account) {
		// The Enterprise edition takes a custom role away when it is not named.
		const { custom_role_id: role } = await findAgent(account, id);
		return await account.patch(path`/agents/${id}`, { ...body, ...(role === undefined || role === null ? {} : { custom_role_id: role }) });
	},
});
