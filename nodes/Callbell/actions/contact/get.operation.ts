import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from './contact';
import { contactLocator } from '../../descriptions/locators';
import { includeFieldTypes } from './contact.fields';

/** `GET /contacts/{uuid}`. */
export const get = operation<CallbellClient, { id: string; includeTypes?: boolean }>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get contact',
		description: 'Get one contact by its ID',
	},
	properties: [contactLocator, includeFieldTypes],
	output: contactOutput,
	read: (item) => ({ id: readContact(item), includeTypes: item.boolean('includeFieldTypes') || undefined }),
	run: async ({ id, includeTypes }, callbell) =>
		contactIn(await callbell.get(path`/contacts/${await callbell.contactId(id)}`, { include_field_types: includeTypes })),
});
