import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { contactOutput } from '../../contact';
import { checkGeneration, contactFields, readContactBody } from './contact.fields';

/** `POST /v3/contacts` or `POST /v1/contacts`, as the token's generation has it. */
export const create = operation<KinboxClient, ReturnType<typeof readContactBody>>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create contact',
		description: 'Create a contact; Kinbox does not check whether there is one with the same phone already',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Ana Souza',
			description: 'The name of the person or company',
		},
		...contactFields,
	],
	output: contactOutput,
	read(item) {
		item.required('name');
		return readContactBody(item);
	},
	async run(body, kinbox) {
		checkGeneration(body, kinbox);
		// v1 refuses a contact without the key.
		return await kinbox.post('/contacts', kinbox.generation === 'v1' ? { customFields: {}, ...body } : body);
	},
});
