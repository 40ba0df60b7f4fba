import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';

export const taskTypes = ['task', 'call', 'meeting', 'deadline', 'mail', 'lunch', 'init-bot'] as const;

export const taskTypeField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'Call', value: 'call' },
		{ name: 'Deadline', value: 'deadline' },
		{ name: 'E-Mail', value: 'mail' },
		{ name: 'Lunch', value: 'lunch' },
		{ name: 'Meeting', value: 'meeting' },
		{ name: 'Start Bot', value: 'init-bot' },
		{ name: 'Task', value: 'task' },
	],
	default: 'task',
	description: 'What kind of task it is',
};

/** What create and update have in common. */
export const taskFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'More about the task',
	options: [
		{
			displayName: 'Canceled',
			name: 'canceled',
			type: 'boolean',
			default: false,
			description: 'Whether the task is canceled',
		},
		{
			displayName: 'Conversation Number on Channel',
			name: 'conversationId',
			type: 'number',
			default: 0,
			description: 'Conversation that the task belongs to: the conversationId that Conversation > Get outputs',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Ask for the size of the party',
			description: 'What has to be done',
		},
		{
			displayName: 'Done',
			name: 'done',
			type: 'boolean',
			default: true,
			description: 'Whether the task is done',
		},
		{
			displayName: 'Duration (Minutes)',
			name: 'minutesDuration',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description: 'How long it takes',
		},
		{
			displayName: 'End',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: 'When it ends',
		},
		{
			displayName: 'Execute Automatically',
			name: 'autoExec',
			type: 'boolean',
			default: false,
			description: 'Whether Kinbox carries it out by itself, such as starting a bot',
		},
		{
			displayName: 'Notify Before (Minutes)',
			name: 'notifyMinutesBefore',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'How long before the operator is reminded',
		},
		{
			displayName: 'Required',
			name: 'required',
			type: 'boolean',
			default: false,
			description: 'Whether it has to be done before the deal can go on',
		},
		{
			displayName: 'Start',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: "When it begins, in the workflow's time zone",
		},
	],
};

/** Reads {@link taskFields}, and the name. */
export function readTask(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	return withoutUndefined({
		name: item.text('name'),
		autoExec: extra.boolean('autoExec'),
		canceled: extra.boolean('canceled'),
		conversationId: extra.number('conversationId', { min: 1, integer: true }),
		description: extra.text('description'),
		done: extra.boolean('done'),
		from: extra.date('from'),
		minutesDuration: extra.number('minutesDuration', { min: 0 }),
		notifyMinutesBefore: extra.number('notifyMinutesBefore', { min: 0 }),
		required: extra.boolean('required'),
		to: extra.date('to'),
	});
}
