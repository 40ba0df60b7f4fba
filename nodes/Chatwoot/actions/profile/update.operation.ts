import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { withoutSecrets } from '../../transport/answers';
import type { ChatwootClient } from '../../transport/client';
import { profileOutput } from './profile';

/** `updateProfile`: `PUT /api/v1/profile`. */
export const update = operation<ChatwootClient, IDataObject>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update profile',
		description: 'Change name, signature or phone of the person whose token the credential holds',
	},
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
					displayName: 'Display Name',
					name: 'displayName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana',
					description: 'The name that contacts see',
				},
				{
					displayName: 'Message Signature',
					name: 'signature',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. Ana Souza, support',
					description: 'What stands below messages; it may have Markdown',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana Souza',
					description: 'The full name',
				},
				{
					displayName: 'Phone',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. +5585988887777',
					description: 'The phone number of the person, as text',
				},
			],
		},
	],
	output: profileOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const body = withoutUndefined({
			name: fields.text('name'),
			display_name: fields.text('displayName'),
			message_signature: fields.text('signature'),
			phone_number: fields.text('phone'),
		});
		item.needsChange('updateFields', body);
		return body;
	},
	orderingKey: () => 'profile',
	run: async (body, client) => withoutSecrets(await client.http.request<IDataObject>({ method: 'PUT', path: '/api/v1/profile', body })),
});
