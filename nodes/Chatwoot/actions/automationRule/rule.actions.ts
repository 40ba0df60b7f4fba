import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Fields } from '../../../shared/fields';
import { readLabels, readIds } from '../../fields';
import { longText, requiredUpTo } from '../../texts';
import type { FormAction } from '../../upload';

/** Fields of an action's row that hold what the action needs. */
type ActionField = 'agentId' | 'emails' | 'file' | 'labels' | 'message' | 'priority' | 'status' | 'teamId' | 'teamIds' | 'url';

/** What a rule can do, by `action_name`. */
const actions: Record<string, { name: string; takes: readonly ActionField[] }> = {
	add_label: { name: 'Add Labels', takes: ['labels'] },
	add_private_note: { name: 'Add Private Note', takes: ['message'] },
	assign_agent: { name: 'Assign Agent', takes: ['agentId'] },
	assign_team: { name: 'Assign Team', takes: ['teamId'] },
	change_priority: { name: 'Change Priority', takes: ['priority'] },
	change_status: { name: 'Change Status', takes: ['status'] },
	mute_conversation: { name: 'Mute Conversation', takes: [] },
	open_conversation: { name: 'Open Conversation', takes: [] },
	pending_conversation: { name: 'Mark Conversation as Pending', takes: [] },
	remove_assigned_agent: { name: 'Remove Agent', takes: [] },
	remove_assigned_team: { name: 'Remove Team', takes: [] },
	remove_label: { name: 'Remove Labels', takes: ['labels'] },
	resolve_conversation: { name: 'Resolve Conversation', takes: [] },
	send_attachment: { name: 'Send File', takes: ['file'] },
	send_email_to_team: { name: 'Send Email to Teams', takes: ['teamIds', 'message'] },
	send_email_transcript: { name: 'Send Email Transcript', takes: ['emails'] },
	send_message: { name: 'Send Message', takes: ['message'] },
	send_webhook_event: { name: 'Send Webhook Event', takes: ['url'] },
	snooze_conversation: { name: 'Snooze Conversation', takes: [] },
};

const statuses = ['open', 'pending', 'resolved', 'snoozed'] as const;
const priorities = ['low', 'medium', 'high', 'urgent', 'none'] as const;

const shownFor = (field: ActionField) => ({ show: { name: Object.entries(actions).filter(([, { takes }]) => takes.includes(field)).map(([name]) => name) } });
const optionsOf = (values: readonly string[]): INodePropertyOptions[] => values.map((value) => ({ name: value.charAt(0).toUpperCase() + value.slice(1), value }));

export const actionsField: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Action',
	default: {},
	description: 'What the rule does, one after the other',
	options: [
		{
			displayName: 'Action',
			name: 'action',
			values: [
				{
					displayName: 'Action',
					name: 'name',
					type: 'options',
					options: Object.entries(actions).map(([value, { name }]) => ({ name, value })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
					default: 'add_label',
					description: 'What to do',
				},
				{
					displayName: 'Agent Name or ID',
					name: 'agentId',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'agentIds' },
					displayOptions: shownFor('agentId'),
					default: '',
					description: 'Who gets the conversation; it has to be a member of its inbox, or an administrator. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Email Addresses',
					name: 'emails',
					type: 'string',
					displayOptions: shownFor('emails'),
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: 'Where the transcript goes; several with commas',
				},
				{
					displayName: 'Input Data Field Name',
					name: 'file',
					type: 'string',
					displayOptions: shownFor('file'),
					default: 'data',
					placeholder: 'e.g. data',
					hint: 'The name of the input field with the file',
					description: 'The name of the input field with the file that the rule sends',
				},
				{
					displayName: 'Label Names or IDs',
					name: 'labels',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'labelTitles' },
					displayOptions: shownFor('labels'),
					default: [],
					description: 'The labels by title. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Message',
					name: 'message',
					type: 'string',
					typeOptions: { rows: 3 },
					displayOptions: shownFor('message'),
					default: '',
					placeholder: 'e.g. Thank you, we will answer soon!',
					description: 'The text',
				},
				{
					displayName: 'Priority',
					name: 'priority',
					type: 'options',
					options: optionsOf([...priorities].sort()),
					displayOptions: shownFor('priority'),
					default: 'high',
					description: 'The priority that the conversation gets',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: optionsOf(statuses),
					displayOptions: shownFor('status'),
					default: 'open',
					description: 'The status that the conversation gets',
				},
				{
					displayName: 'Team Name or ID',
					name: 'teamId',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'teamIds' },
					displayOptions: shownFor('teamId'),
					default: '',
					description: 'The team that gets the conversation. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Team Names or IDs',
					name: 'teamIds',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'teamIds' },
					displayOptions: shownFor('teamIds'),
					default: [],
					description: 'The teams whose members get the e-mail. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					displayOptions: shownFor('url'),
					default: '',
					placeholder: 'e.g. https://example.com/hook',
					description: 'The address that gets the conversation as JSON',
				},
			],
		},
	],
};

export function readActions(fields: Fields): FormAction[] {
	return fields.rows('actions', 'action').map((row) => {
		const name = row.required('name');
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (!action) throw row.refuse('name', 'is not one of the possible values', `Pick one of: ${Object.keys(actions).join(', ')}.`);
		return { action_name: name, ...readAction(row, name) };
	});
}

function readAction(row: Fields, name: string): Omit<FormAction, 'action_name'> {
	const action_params = readParams(row, name);
	return name === 'send_attachment' ? { action_params: [], file: row.required('file') } : { action_params };
}

function readParams(row: Fields, name: string): FormAction['action_params'] {
	switch (name) {
		case 'add_label':
		case 'remove_label': {
			const labels = readLabels(row);
			if (labels.length === 0) throw row.refuse('labels', 'is empty', 'Pick at least one label.');
			return labels;
		}
		case 'assign_agent': return [Number(row.requiredNumericId('agentId'))];
		case 'assign_team': return [Number(row.requiredNumericId('teamId'))];
		case 'change_priority': {
			const priority = row.choice('priority', priorities) ?? 'high';
			// The server's word for no priority.
			return [priority === 'none' ? 'nil' : priority];
		}
		case 'change_status': return [row.choice('status', statuses) ?? 'open'];
		case 'add_private_note':
		case 'send_message': return [requiredUpTo(row, 'message', longText)];
		case 'send_email_to_team': return [{ team_ids: readIds(row, 'teamIds'), message: requiredUpTo(row, 'message', longText) }];
		case 'send_email_transcript': return [row.required('emails')];
		case 'send_webhook_event':
			row.required('url');
			return [row.url('url')!];
		default: return [];
	}
}
