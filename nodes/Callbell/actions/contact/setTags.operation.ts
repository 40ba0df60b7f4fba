import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { contactLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';
import { tagsField, whenTagMissing } from './contact.fields';
import type { TagChange } from './contact.tags';
import { changeTags, readTagChange } from './contact.tags';

/** `PATCH /contacts/{uuid}` with the whole list of tags. */
export const setTags = operation<CallbellClient, TagChange, LostWrites>({
	option: {
		name: 'Set Tags',
		value: 'setTags',
		action: 'Set tags of contact',
		description: 'Replace all tags of a contact; without any it has none afterwards',
	},
	properties: [contactLocator, { ...tagsField, description: `The tags that the contact has afterwards. ${tagsField.description}` }, whenTagMissing],
	output: contactOutput,
	read: (item) => readTagChange(item, false),
	orderingKey: async ({ id }, callbell) => await callbell.contactKey(id),
	begin: async (callbell) => await Promise.resolve(new LostWrites(callbell.http)),
	run: async (change, callbell, { item, itemIndex, state }) => await changeTags(callbell, 'set', change, { item, index: itemIndex, lost: state }),
	end: async (lost) => await lost.finish(),
});
