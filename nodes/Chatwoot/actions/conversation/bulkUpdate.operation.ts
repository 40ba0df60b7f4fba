import type { IDataObject } from 'n8n-workflow';

import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { optionalAgent, optionalTeam } from '../../descriptions/agents';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';
import { optionalId } from '../../helpers/read';

const addLabels = { ...labelsField, displayName: 'Label Names or IDs to Add', name: 'labelsToAdd' };
const removeLabels = { ...labelsField, displayName: 'Label Names or IDs to Remove', name: 'labelsToRemove' };

/** `runBulkAction`: `POST /bulk_actions`; the server works it off later. */
export const bulkUpdate = accountOperation<{ body: IDataObject; add: NamedLabels; remove: NamedLabels }>({
	option: {
		name: 'Update Many',
		value: 'bulkUpdate',
		action: 'Update many conversations',
		description: 'Change status, assignee, team or labels of many conversations at once; Chatwoot does it a little later, and does not say which of them it knows',
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
				whenLabelMissing,
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
		});
		const add = readLabels(fields, 'labelsToAdd');
		const remove = readLabels(fields, 'labelsToRemove');
		item.needsChange('updateFields', changes, add.names, remove.names);
		return { body: { type: 'Conversation', ids, ...changes }, add, remove };
	},
	orderingKey: () => 'bulk update',
	async run({ body, add, remove }, account) {
		const added = await findLabels(account, add);
		const removed = await findLabels(account, remove);
		const labels = filledIn({ add: nonEmpty(added.titles), remove: nonEmpty(removed.titles) });
		const leftOut = [...added.leftOut, ...removed.leftOut].map((name) => ({ field: 'Labels', asked: name, got: null }));
		if (!labels && !body.fields) return { queued: false, conversations: 0, notApplied: leftOut };
		await account.tell({ method: 'POST', path: '/bulk_actions', body: withoutUndefined({ ...body, labels }), idempotent: true });
		return { queued: true, conversations: (body.ids as number[]).length, ...(leftOut.length ? { notApplied: leftOut } : {}) };
	},
});

function nonEmpty(list: string[]): string[] | undefined {
	return list.length ? list : undefined;
}
