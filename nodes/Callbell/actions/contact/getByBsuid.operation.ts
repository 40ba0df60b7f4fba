import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput } from './contact';

/** `GET /contacts/bsuid/{bsuid}`. */
export const getByBsuid = operation<CallbellClient, string>({
	option: {
		name: 'Get by Business-Scoped User ID',
		value: 'getByBsuid',
		action: 'Get contact by business scoped user ID',
		description: 'Find a WhatsApp contact who hides the phone number behind a user name',
	},
	properties: [
		{
			displayName: 'Business-Scoped User ID',
			name: 'bsuid',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. BR.1234567890',
			description: 'The ID that WhatsApp gives the person for your business (bsuid)',
		},
	],
	output: contactOutput,
	read: (item) => item.required('bsuid'),
	run: async (bsuid, callbell) => contactIn(await callbell.get(path`/contacts/bsuid/${bsuid}`)),
});
