import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from './contact';
import { contactLocator } from '../../descriptions/locators';
import { tagsField } from './contact.fields';

/** `PATCH /contacts/{uuid}` with the whole list of tags. */
export const setTags = operation<CallbellClient, { id: string; tags: string[] }>({
	option: {
		name: 'Set Tags',
		value: 'setTags',
		action: 'Set tags of contact',
		description: 'Replace all tags of a contact; without any it has none afterwards',
	},
	properties: [contactLocator, { ...tagsField, description: `The tags that the contact has afterwards. ${tagsField.description}` }],
	output: contactOutput,
	read: (item) => ({ id: readContact(item), tags: [...new Set(item.list('tags') ?? [])] }),
	orderingKey: ({ id }) => id,
	run: async ({ id, tags }, callbell) => contactIn(await callbell.patch(path`/contacts/${await callbell.contactId(id)}`, { tags })),
});
