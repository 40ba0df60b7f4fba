import type { IDataObject } from 'n8n-workflow';

import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { optionalAgent, optionalTeam } from '../../descriptions/agents';
import { labelsField, readLabels } from '../../descriptions/labels';
import { accountOperation } from '../../helpers/accountOperation';
import { optionalId } from '../../helpers/read';

const addLabels = { ...labelsField, displayName: 'Label Names or IDs to Add', name: 'labelsToAdd' };
const removeLabels = { ...labelsField, displayName: 'Label Names or IDs to Remove', name: 'labelsToRemove' };

/** `runBulkAction`: `POST /bulk_actions`; the server works it off later. */
export const bulkUpdate = accountOperation<IDataObject>({
	option: {
		name: 'Update Many',
		value: 'bulkUpdate',
		action: 'Update many conversations',
		description: 'Change status, assignee, team or labels of many conversations at once; Chatwoot does it a little later',
	},
	properties: [
		{
			displayName: 'Conversation IDs',
			name: 'conversationIds',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 137, 138, 142',
			description: 'The numbers of the conversations: a list, or text with commas',
		},
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change in all of them',
			options: [
				optionalAgent,
				addLabels,
				removeLabels,
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Open', value: 'open' },
						{ name: 'Pending', value: 'pending' },
						{ name: 'Resolved', value: 'resolved' },
						{ name: 'Snoozed', value: 'snoozed' },
					],
					default: 'resolved',
					description: 'The new state',
				},
				optionalTeam,
			],
		},
	],
	read(item) {
		const ids = (item.list('conversationIds') ?? []).map(Number);
		if (ids.length === 0) throw item.refuse('conversationIds', 'is empty', 'Give at least one number.');
		if (ids.some((id) => !Number.isInteger(id) || id < 1)) throw item.refuse('conversationIds', 'has an entry that is not a number', 'Conversation IDs are whole numbers such as 137.');
		const fields = item.collection('updateFields');
		const changes = withoutUndefined({
			fields: filledIn({
				status: fields.choice('status', ['open', 'pending', 'resolved', 'snoozed'] as const),
				assignee_id: optionalId(fields, 'assigneeId'),
				team_id: optionalId(fields, 'teamId'),
			}),
			labels: filledIn({
				add: nonEmpty(readLabels(fields, 'labelsToAdd')),
				remove: nonEmpty(readLabels(fields, 'labelsToRemove')),
			}),
		});
		item.needsChange('updateFields', changes);
		return { type: 'Conversation', ids, ...changes };
	},
	orderingKey: () => 'bulk update',
	async run(body, account) {
		await account.tell({ method: 'POST', path: '/bulk_actions', body, idempotent: true });
		return { queued: true, conversations: (body.ids as number[]).length };
	},
});

function nonEmpty(list: string[]): string[] | undefined {
	return list.length ? list : undefined;
}
