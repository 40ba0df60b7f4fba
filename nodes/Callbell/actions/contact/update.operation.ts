import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { contactIn } from '../../client';
import { contactOutput, readContact } from '../../contact';
import { contactLocator } from '../../locators';
import {
	assignedUserField, botField, customFieldsByName, customFieldsJson, customFieldsMapper, noteField, readContactFields, tagsField, teamField,
} from './contact.fields';

/** `PATCH /contacts/{uuid}` with all fields of `ContactUpdate`; the phone number cannot be changed. */
export const update = operation<CallbellClient, { id: string; body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are. The phone number cannot be changed.',
	},
	properties: [
		contactLocator,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The new name; left empty, it stays as it is',
		},
		{ ...tagsField, description: `These tags replace all tags of the contact; to keep the others, use Add Tags. ${tagsField.description}` },
		customFieldsMapper,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the contact',
			options: [
				assignedUserField,
				botField,
				{
					displayName: 'Clear Note',
					name: 'clearNote',
					type: 'boolean',
					default: false,
					description: 'Whether to remove the note of the contact',
				},
				customFieldsJson,
				customFieldsByName,
				noteField,
				teamField,
				{
					displayName: 'Unassign User',
					name: 'unassignUser',
					type: 'boolean',
					default: false,
					description: 'Whether to take the contact away from its assigned user',
				},
			],
		},
	],
	output: contactOutput,
	read(item) {
		const id = readContact(item);
		const extra = item.collection('additionalFields');
		const body = readContactFields(item);
		if (extra.boolean('unassignUser')) {
			if (body.assigned_user !== undefined) throw item.refuseLabel('Unassign User', "is on, but 'Assigned User Email' is filled in too", 'Use one of the two.');
			body.unassign_user = true;
		}
		if (extra.boolean('clearNote')) {
			if (body.note !== undefined) throw item.refuseLabel('Clear Note', "is on, but 'Note' is filled in too", 'Use one of the two.');
			body.note = '';
		}
		if (Object.keys(body).length === 0) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, body };
	},
	orderingKey: ({ id }) => id,
	run: async ({ id, body }, callbell) => contactIn(await callbell.patch(path`/contacts/${await callbell.contactId(id)}`, body)),
});
