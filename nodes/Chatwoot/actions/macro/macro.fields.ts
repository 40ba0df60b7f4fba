import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/fields';
import type { FormAction } from '../../upload';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Close politely',
	description: 'How the macro is called',
};

export const visibilityField: INodeProperties = {
	displayName: 'Visibility',
	name: 'visibility',
	type: 'options',
	options: [
		{ name: 'Global', value: 'global', description: 'For everybody in the account; an administrator has to make it' },
		{ name: 'Personal', value: 'personal', description: "For the token's owner only" },
	],
	default: 'personal',
	description: 'Who may use the macro',
};

export const visibilities = ['global', 'personal'] as const;

/** What each action takes: nothing, a text, a list of label titles, the ID of a record, a file, or one of some words. */
const actions: Record<string, { name: string; takes: 'nothing' | 'text' | 'titles' | 'id' | 'file' | readonly string[] }> = {
	add_label: { name: 'Add Labels', takes: 'titles' },
	add_private_note: { name: 'Add Private Note', takes: 'text' },
	assign_agent: { name: 'Assign Agent', takes: 'id' },
	assign_team: { name: 'Assign Team', takes: 'id' },
	change_priority: { name: 'Change Priority', takes: ['low', 'medium', 'high', 'urgent'] },
	change_status: { name: 'Change Status', takes: ['open', 'pending', 'resolved', 'snoozed'] },
	mute_conversation: { name: 'Mute Conversation', takes: 'nothing' },
	remove_assigned_agent: { name: 'Remove Agent', takes: 'nothing' },
	remove_label: { name: 'Remove Labels', takes: 'titles' },
	remove_assigned_team: { name: 'Remove Team', takes: 'nothing' },
	resolve_conversation: { name: 'Resolve Conversation', takes: 'nothing' },
	send_email_transcript: { name: 'Send Email Transcript', takes: 'text' },
	send_attachment: { name: 'Send File', takes: 'file' },
	send_message: { name: 'Send Message', takes: 'text' },
	send_webhook_event: { name: 'Send Webhook Event', takes: 'text' },
	snooze_conversation: { name: 'Snooze Conversation', takes: 'nothing' },
};

export const actionsField: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Action',
	default: {},
	description: 'What the macro does to a conversation, one after the other',
	options: [
		{
			displayName: 'Action',
			name: 'action',
			values: [
				{
					displayName: 'Action',
					name: 'name',
					type: 'options',
					options: Object.entries(actions).map(([value, { name }]) => ({ name, value })),
					default: 'send_message',
					description: 'What to do',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Thank you!',
					description: 'The text, the label titles (with commas), the ID of the agent or team, the priority, the status, the e-mail address, the web address, or the name of the input field with the file; nothing for the other actions',
				},
			],
		},
	],
};

/** Reads the actions into `MacroAction`s; undefined when there are none. */
export function readActions(fields: Fields): FormAction[] | undefined {
	const rows = fields.rows('actions', 'action');
	return rows.length ? rows.map(readAction) : undefined;
}

function readAction(row: Fields): FormAction {
	const name = row.required('name');
	const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
	if (!action) throw row.refuse('name', 'is not one of the possible values', `Pick one of: ${Object.keys(actions).join(', ')}.`);
	if (action.takes === 'file') return { action_name: name, action_params: [], file: row.required('value') };
	return { action_name: name, action_params: readParams(row, action.takes) };
}

function readParams(row: Fields, takes: Exclude<(typeof actions)[string]['takes'], 'file'>): Array<string | number> {
	switch (takes) {
		case 'nothing': return [];
		case 'id':
			row.required('value');
			return [Number(row.numericId('value'))];
		case 'titles': {
			row.required('value');
			return [...new Set((row.list('value') ?? []).map((title) => title.toLowerCase()))];
		}
		case 'text': return [row.required('value')];
		default: {
			row.required('value');
			return [row.choice('value', takes)!];
		}
	}
}
