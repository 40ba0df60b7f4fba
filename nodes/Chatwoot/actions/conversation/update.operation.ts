import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { conversationOutput } from './conversation';

/** `updateConversation`: `PATCH /conversations/{id}`, which reads these two keys only. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update conversation',
		description: 'Change priority or SLA policy, and get the conversation; everything else has an operation of its own',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				{
					displayName: 'Priority',
					name: 'priority',
					type: 'options',
					options: [
						{ name: 'High', value: 'high' },
						{ name: 'Low', value: 'low' },
						{ name: 'Medium', value: 'medium' },
						{ name: 'None', value: 'none' },
						{ name: 'Urgent', value: 'urgent' },
					],
					default: 'high',
					description: 'The new priority',
				},
				{
					displayName: 'SLA Policy ID',
					name: 'slaPolicyId',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
					description: 'The SLA policy to apply (Enterprise edition)',
				},
			],
		},
	],
	output: conversationOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const priority = fields.choice('priority', ['high', 'low', 'medium', 'none', 'urgent'] as const);
		const body = withoutUndefined({ priority: priority === 'none' ? null : priority, sla_policy_id: fields.number('slaPolicyId', { min: 1, integer: true }) });
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, account) => await account.patch(path`/conversations/${id}`, body),
});
