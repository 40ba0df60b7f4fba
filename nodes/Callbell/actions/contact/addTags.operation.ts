import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from './contact';
import { contactLocator } from '../../descriptions/locators';
import { tagsField } from './contact.fields';
import { withTags } from './contact.calls';

/** `GET /contacts/{uuid}`, then `PATCH` with the merged list: Callbell itself only replaces tags. */
export const addTags = operation<CallbellClient, { id: string; tags: string[] }>({
	option: {
		name: 'Add Tags',
		value: 'addTags',
		action: 'Add tags to contact',
		description: 'Add tags to a contact; the tags it has already stay',
	},
	properties: [contactLocator, { ...tagsField, required: true }],
	output: contactOutput,
	read(item) {
		const tags = item.list('tags') ?? [];
		if (tags.length === 0) throw item.refuse('tags', 'is empty', 'Give at least one tag.');
		return { id: readContact(item), tags };
	},
	orderingKey: ({ id }) => id,
	async run({ id, tags }, callbell) {
		const uuid = await callbell.contactId(id);
		const contact = contactIn(await callbell.get(path`/contacts/${uuid}`));
		const merged = withTags(contact.tags, tags);
		if (Array.isArray(contact.tags) && merged.length === contact.tags.length) return contact;
		return contactIn(await callbell.patch(path`/contacts/${uuid}`, { tags: merged }));
	},
});
