import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { contactLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';
import { tagsField } from './contact.fields';
import type { TagChange } from './contact.tags';
import { changeTags, readTagChange } from './contact.tags';

/** `GET /contacts/{uuid}`, then `PATCH` with what is left: Callbell itself only replaces tags. */
export const removeTags = operation<CallbellClient, TagChange, LostWrites>({
	option: {
		name: 'Remove Tags',
		value: 'removeTags',
		action: 'Remove tags from contact',
		description: 'Remove tags from a contact; its other tags stay',
	},
	properties: [contactLocator, { ...tagsField, required: true, description: 'The tags to remove, in any spelling; the item says which of them nobody has' }],
	output: contactOutput,
	read: (item) => readTagChange(item, true),
	orderingKey: async ({ id }, callbell) => await callbell.contactKey(id),
	begin: async (callbell) => await Promise.resolve(new LostWrites(callbell.http)),
	run: async (change, callbell, { item, itemIndex, state }) => await changeTags(callbell, 'remove', change, { item, index: itemIndex, lost: state }),
	end: async (lost) => await lost.finish(),
});
