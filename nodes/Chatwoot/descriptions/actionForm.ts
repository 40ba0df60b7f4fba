import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Fields } from '../../shared/operation/item';
import { longText, requiredUpTo, readIds } from '../helpers/read';
import type { FormAction } from '../helpers/uploads';
import { requiredLabels } from './labels';

/** Fields of an action's row that hold what the action needs. */
type ActionField = 'agentId' | 'emails' | 'file' | 'labels' | 'message' | 'priority' | 'status' | 'teamId' | 'teamIds' | 'url';

/** What macros and automation rules can do, by `action_name`. */
const actions = {
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
} as const satisfies Record<string, { name: string; takes: readonly ActionField[] }>;

type ActionName = keyof typeof actions;

const statuses = ['open', 'pending', 'resolved', 'snoozed'] as const;
const priorities = ['low', 'medium', 'high', 'urgent', 'none'] as const;

const optionsOf = (values: readonly string[]): INodePropertyOptions[] => values.map((value) => ({ name: value.charAt(0).toUpperCase() + value.slice(1), value }));

/** The form of a record's actions, and its reader. */
export interface ActionForm {
	/** One row for each action, under the name "actions". */
	field: INodeProperties;
	/** Reads the rows; none when there are none. Errors: a sentence that names the row's field. */
	read(fields: Fields): FormAction[];
}

/**
 * Makes the form for what a macro or an automation rule does (`MacroAction`, `AutomationAction`).
 *
 * @param subject as help texts call the record, e.g. "macro"
 * @param initial the action of a new row
 * @param without actions that this kind of record does not know
 */
export function actionForm({ subject, initial, without = [] }: { subject: string; initial: ActionName; without?: readonly ActionName[] }): ActionForm {
	const names = (Object.keys(actions) as ActionName[]).filter((name) => !without.includes(name));
	const takes = (name: ActionName): readonly ActionField[] => actions[name].takes;
	const rowField = (name: ActionField, field: Omit<INodeProperties, 'name' | 'displayOptions'>): INodeProperties[] => {
		const users = names.filter((action) => takes(action).includes(name));
		return users.length ? [{ ...field, name, displayOptions: { show: { name: users } } }] : [];
	};

	const field: INodeProperties = {
		displayName: 'Actions',
		name: 'actions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Action',
		default: {},
		description: `What the ${subject} does, one after the other`,
		options: [
			{
				displayName: 'Action',
				name: 'action',
				values: [
					{
						displayName: 'Action',
						name: 'name',
						type: 'options',
						options: names.map((value) => ({ name: actions[value].name, value })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
						default: initial,
						description: 'What to do',
					},
					...rowField('agentId', {
						displayName: 'Agent Name or ID',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'agentIds' },
						default: '',
						description: 'Who gets the conversation; it has to be a member of its inbox, or an administrator. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					}),
					...rowField('emails', {
						displayName: 'Email Addresses',
						type: 'string',
						default: '',
						placeholder: 'e.g. ana@example.com',
						description: 'Where the transcript goes; several with commas',
					}),
					...rowField('file', {
						displayName: 'Input Data Field Name',
						type: 'string',
						default: 'data',
						placeholder: 'e.g. data',
						hint: 'The name of the input field with the file',
						description: `The name of the input field with the file that the ${subject} sends`,
					}),
					...rowField('labels', {
						displayName: 'Label Names or IDs',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'labelTitles' },
						default: [],
						description: 'The labels by title in any spelling, or by ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					}),
					...rowField('message', {
						displayName: 'Message',
						type: 'string',
						typeOptions: { rows: 3 },
						default: '',
						placeholder: 'e.g. Thank you, we will answer soon!',
						description: 'The text',
					}),
					...rowField('priority', {
						displayName: 'Priority',
						type: 'options',
						options: optionsOf([...priorities].sort()),
						default: 'high',
						description: 'The priority that the conversation gets',
					}),
					...rowField('status', {
						displayName: 'Status',
						type: 'options',
						options: optionsOf(statuses),
						default: 'open',
						description: 'The status that the conversation gets',
					}),
					...rowField('teamId', {
						displayName: 'Team Name or ID',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'teamIds' },
						default: '',
						description: 'The team that gets the conversation. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					}),
					...rowField('teamIds', {
						displayName: 'Team Names or IDs',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'teamIds' },
						default: [],
						description: 'The teams whose members get the e-mail. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					}),
					...rowField('url', {
						displayName: 'URL',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/hook',
						description: 'The address that gets the conversation as JSON',
					}),
				],
			},
		],
	};

	return {
		field,
		read: (fields) => fields.rows('actions', 'action').map((row) => {
			const name = row.required('name');
			const known = names.find((one) => one === name);
			if (!known) throw row.refuse('name', 'is not one of the possible values', `Pick one of: ${names.join(', ')}.`);
			return { action_name: known, ...readAction(row, known) };
		}),
	};
}

function readAction(row: Fields, name: ActionName): Omit<FormAction, 'action_name'> {
	switch (name) {
		case 'add_label':
		case 'remove_label': return { action_params: [], labels: requiredLabels(row) };
		case 'send_attachment': return { action_params: [], file: row.required('file') };
		default: return { action_params: readParams(row, name) };
	}
}

function readParams(row: Fields, name: ActionName): FormAction['action_params'] {
	switch (name) {
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
