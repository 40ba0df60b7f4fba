import { operation } from '../../../shared/operation';
import { path } from '../../../shared/http';
import type { KinboxClient } from '../../client';
import { contactOutput } from '../../contact';
import { contactLocator } from '../../locators';
import { checkGeneration, contactFields, readContactBody } from './contact.fields';

/** `PATCH /v3/contacts/{id}` or `PATCH /v1/contacts/{id}`. */
export const update = operation<KinboxClient, { id: string; body: ReturnType<typeof readContactBody> }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are',
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
		...contactFields,
	],
	output: contactOutput,
	read(item) {
		const id = item.requiredNumericId('contactId');
		const body = readContactBody(item);
		if (Object.keys(body).length === 0) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, body };
	},
	orderingKey: ({ id }) => id,
	async run({ id, body }, kinbox) {
		checkGeneration(body, kinbox);
		return await kinbox.patch(path`/contacts/${id}`, body);
	},
});
