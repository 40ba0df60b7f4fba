import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { contactLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';
import { tagsField, whenTagMissing } from './contact.fields';
import type { TagChange } from './contact.tags';
import { changeTags, readTagChange } from './contact.tags';

/** `GET /contacts/{uuid}`, then `PATCH` with the merged list: Callbell itself only replaces tags. */
export const addTags = operation<CallbellClient, TagChange, LostWrites>({
	option: {
		name: 'Add Tags',
		value: 'addTags',
		action: 'Add tags to contact',
		description: 'Add tags to a contact; the tags it has already stay',
	},
	properties: [contactLocator, { ...tagsField, required: true }, whenTagMissing],
	output: contactOutput,
	read: (item) => readTagChange(item, true),
	orderingKey: async ({ id }, callbell) => await callbell.contactKey(id),
	begin: async (callbell) => await Promise.resolve(new LostWrites(callbell.http)),
	run: async (change, callbell, { item, itemIndex, state }) => await changeTags(callbell, 'add', change, { item, index: itemIndex, lost: state }),
	end: async (lost) => await lost.finish(),
});
