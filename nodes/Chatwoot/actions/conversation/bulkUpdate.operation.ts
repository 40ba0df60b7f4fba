import type { IDataObject } from 'n8n-workflow';

import { pause } from '../../../shared/http/pause';
import { listed } from '../../../shared/values/nearNames';
import { filledIn, objectOrEmpty, withoutUndefined } from '../../../shared/values/read';
import { optionalAgent, optionalTeam } from '../../descriptions/agents';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { accountOperation } from '../../helpers/accountOperation';
import type { Asked, NotApplied } from '../../helpers/applied';
import { notApplied, tellNotApplied } from '../../helpers/applied';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';
import { optionalId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

const addLabels = { ...labelsField, displayName: 'Label Names or IDs to Add', name: 'labelsToAdd' };
const removeLabels = { ...labelsField, displayName: 'Label Names or IDs to Remove', name: 'labelsToRemove' };

/** Conversations that one look finds: a page of the filter. */
const looked = 25;

/** Milliseconds before each look at what has become of them; Chatwoot's own jobs need a second or so. */
const waits = [400, 800, 1600, 2400];
/** The look after which is written again: another run may have written the same conversation's labels at the same time. */
const againAfter = 2;

/** Those of the conversations that the token's owner sees; undefined when that cannot be looked up. */
async function knownConversations(account: AccountClient, ids: number[]): Promise<Map<number, IDataObject> | undefined> {
	const known = new Map<number, IDataObject>();
	for (let at = 0; at < ids.length; at += looked) {
		const payload = [{ attribute_key: 'display_id', filter_operator: 'equal_to', values: ids.slice(at, at + looked).map(String) }];
		const { status, body } = await account.exchange({ method: 'POST', path: '/conversations/filter', query: { page: 1 }, body: { payload }, idempotent: true, accept: [401, 422, 500] });
		if (status >= 300) return undefined;
		for (const row of rowsIn(body)) known.set(Number(row.id), row);
	}
	return known;
}

/** What a conversation does not have yet of what was asked for. */
function lacking(conversation: IDataObject, { fields, labels }: IDataObject): NotApplied[] {
	const { status, assignee_id: agent, team_id: team } = objectOrEmpty(fields);
	const { add, remove } = objectOrEmpty(labels);
	const meta = objectOrEmpty(conversation.meta);
	const has = Array.isArray(conversation.labels) ? conversation.labels.map(String) : [];
	const named = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
	return notApplied([
		['Status', status, conversation.status ?? null],
		['Assignee', agent, objectOrEmpty(meta.assignee).id ?? null],
		['Team', team, objectOrEmpty(meta.team).id ?? null],
		...named(add).filter((label) => !has.includes(label)).map((label): Asked => ['Labels', label, null]),
		...named(remove).filter((label) => has.includes(label)).map((label): Asked => ['Labels', null, label]),
	]);
}

/**
 * Looks what has become of the conversations, and asks once more for those that another run has written at the same time.
 *
 * @param again sends the change for some of them once more
 * @returns what each lacks in the end; undefined when it cannot be looked up
 */
async function lookAfter(account: AccountClient, ids: number[], change: IDataObject, again: (ids: number[]) => Promise<void>): Promise<Map<number, NotApplied[]> | undefined> {
	let open = new Map<number, NotApplied[]>(ids.map((id) => [id, []]));
	for (const [round, wait] of waits.entries()) {
		await pause(wait, account.http.signal);
		if (account.http.signal?.aborted) return undefined;
		const now = await knownConversations(account, [...open.keys()]);
		if (!now) return undefined;
		open = new Map([...open.keys()].flatMap((id): Array<[number, NotApplied[]]> => {
			const row = now.get(id);
			const differences = row ? lacking(row, change) : [];
			return differences.length ? [[id, differences]] : [];
		}));
		if (open.size === 0) break;
		if (round + 1 === againAfter) await again([...open.keys()]);
	}
	return open;
}

/** `runBulkAction`: `POST /bulk_actions`; the server works it off later. */
export const bulkUpdate = accountOperation<{ body: IDataObject; add: NamedLabels; remove: NamedLabels }>({
	option: {
		name: 'Update Many',
		value: 'bulkUpdate',
		action: 'Update many conversations',
		description: 'Change status, assignee, team or labels of many conversations at once; Chatwoot does it a little later, and the node looks for some seconds what became of each',
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
		if (!labels && !body.fields) return { queued: false, conversations: 0, done: 0, notApplied: leftOut };
		const ids = body.ids as number[];
		const known = await knownConversations(account, ids);
		const unknown = known === undefined ? [] : ids.filter((id) => !known.has(id));
		if (unknown.length === ids.length) {
			throw account.http.error(`None of the 'Conversation IDs' is in account ${account.id}: ${listed(unknown.map(String))}`, "They may have been deleted, belong to another account, or be in inboxes that the token's owner does not work in.");
		}
		const send = async (some: number[]) => await account.tell({ method: 'POST', path: '/bulk_actions', body: withoutUndefined({ ...body, ids: some, labels }), idempotent: true });
		const there = ids.filter((id) => !unknown.includes(id));
		await send(there);
		if (known === undefined) account.http.notices.add('Whether Chatwoot knows the conversations could not be looked up, and it does not say so itself.');
		const lost = unknown.map((id) => ({ field: 'Conversation IDs', asked: id, got: null }));
		const open = known && await lookAfter(account, there, { fields: body.fields, labels }, send);
		if (open?.size) account.http.notices.add(`Chatwoot has not done all of it after some seconds, for ${open.size} of ${there.length} conversations; it may still do it.`);
		const notDone = [...(open ?? [])].flatMap(([id, differences]) => differences.map((difference) => ({ ...difference, field: `${difference.field} of conversation ${id}` }))).slice(0, 100);
		return tellNotApplied(account, { queued: true, conversations: there.length, ...(open === undefined ? {} : { done: there.length - open.size }) }, [...leftOut, ...lost, ...notDone]);
	},
});

function nonEmpty(list: string[]): string[] | undefined {
	return list.length ? list : undefined;
}
