import type { IDataObject } from 'n8n-workflow';

import { listed } from '../../../shared/values/nearNames';
import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { optionalAgent, optionalTeam } from '../../descriptions/agents';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { accountOperation } from '../../helpers/accountOperation';
import { tellNotApplied } from '../../helpers/applied';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';
import { optionalId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

const addLabels = { ...labelsField, displayName: 'Label Names or IDs to Add', name: 'labelsToAdd' };
const removeLabels = { ...labelsField, displayName: 'Label Names or IDs to Remove', name: 'labelsToRemove' };

/** Conversations that one look finds: a page of the filter. */
const looked = 25;

/** Those of the conversations that the token's owner sees; undefined when that cannot be looked up. */
async function knownConversations(account: AccountClient, ids: number[]): Promise<Set<number> | undefined> {
	const known = new Set<number>();
	for (let at = 0; at < ids.length; at += looked) {
		const payload = [{ attribute_key: 'display_id', filter_operator: 'equal_to', values: ids.slice(at, at + looked).map(String) }];
		const { status, body } = await account.exchange({ method: 'POST', path: '/conversations/filter', query: { page: 1 }, body: { payload }, idempotent: true, accept: [401, 422, 500] });
		if (status >= 300) return undefined;
		for (const { id } of rowsIn(body)) known.add(Number(id));
	}
	return known;
}

/** `runBulkAction`: `POST /bulk_actions`; the server works it off later. */
export const bulkUpdate = accountOperation<{ body: IDataObject; add: NamedLabels; remove: NamedLabels }>({
	option: {
		name: 'Update Many',
		value: 'bulkUpdate',
		action: 'Update many conversations',
		description: 'Change status, assignee, team or labels of many conversations at once; Chatwoot does it a little later, so what became of each is not known',
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
		const ids = body.ids as number[];
		const known = await knownConversations(account, ids);
		const unknown = known === undefined ? [] : ids.filter((id) => !known.has(id));
		if (unknown.length === ids.length) {
			throw account.http.error(`None of the 'Conversation IDs' is in account ${account.id}: ${listed(unknown.map(String))}`, "They may have been deleted, belong to another account, or be in inboxes that the token's owner does not work in.");
		}
		await account.tell({ method: 'POST', path: '/bulk_actions', body: withoutUndefined({ ...body, ids: ids.filter((id) => !unknown.includes(id)), labels }), idempotent: true });
		if (known === undefined) account.http.notices.add('Whether Chatwoot knows the conversations could not be looked up, and it does not say so itself.');
		const lost = unknown.map((id) => ({ field: 'Conversation IDs', asked: id, got: null }));
		return tellNotApplied(account, { queued: true, conversations: ids.length - unknown.length }, [...leftOut, ...lost]);
	},
});

function nonEmpty(list: string[]): string[] | undefined {
	return list.length ? list : undefined;
}
