import type { IDataObject } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { contactSourceFields, readKinboxItem, withIncoming } from './contactFromPrevious';
import { checkGeneration, contactFields, readContactBody } from './contact.fields';

/** `POST /v3/contacts` or `POST /v1/contacts`, as the token's generation has it. */
export const create = operation<KinboxClient, { body: IDataObject; contact: ContactItem }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create contact',
		description: 'Create a contact; Kinbox does not check whether there is one with the same phone already',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming({
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The name of the person or company',
		}),
		...contactFields,
	],
	output: contactOutput,
	read(written) {
		const contact = readKinboxItem(written);
		contact.item.required('name');
		return { body: readContactBody(contact.item), contact };
	},
	unordered: 'Kinbox makes a contact for each item, whether or not there is one with the same phone',
	async run({ body: fields, contact }, kinbox) {
		checkGeneration(fields, kinbox);
		const body = await withIncoming(fields, contact, kinbox);
		// v1 refuses a contact without the key.
		return await kinbox.post('/contacts', kinbox.generation === 'v1' ? { customFields: {}, ...body } : body);
	},
});
