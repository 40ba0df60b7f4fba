import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from './contact';
import { contactLocator } from '../../descriptions/locators';
import { tagsField } from './contact.fields';

/** `GET /contacts/{uuid}`, then `PATCH` with what is left: Callbell itself only replaces tags. */
export const removeTags = operation<CallbellClient, { id: string; tags: string[] }>({
	option: {
		name: 'Remove Tags',
		value: 'removeTags',
		action: 'Remove tags from contact',
		description: 'Remove tags from a contact; its other tags stay',
	},
	properties: [contactLocator, { ...tagsField, required: true, description: 'The tags to remove, spelled as Callbell shows them' }],
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
		const before = Array.isArray(contact.tags) ? contact.tags.map(String) : [];
		const left = before.filter((tag) => !tags.includes(tag));
		if (left.length === before.length) return contact;
		return contactIn(await callbell.patch(path`/contacts/${uuid}`, { tags: left }));
	},
});
