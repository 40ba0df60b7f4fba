import type { IDataObject } from 'n8n-workflow';

import { LostWrites } from '../../../shared/operation/lostWrites';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { fittingAttributes } from '../../helpers/attributes';
import { attributeFields, lookAgainAtAttributes, mergeAttributes, readConversationAttributes } from './conversation.attributes';

/** `setConversationCustomAttributes`: sets some custom attributes and keeps the others. */
export const updateCustomAttributes = accountOperation<{ attributes: IDataObject }, LostWrites>({
	option: {
		name: 'Update Custom Attributes',
		value: 'updateCustomAttributes',
		action: 'Update custom attributes of conversation',
		description: 'Set some custom attributes of a conversation and keep the others',
	},
	record: conversationLocator,
	properties: [...attributeFields],
	read(item) {
		const attributes = readConversationAttributes(item);
		if (attributes === undefined) throw item.refuse('customAttributes', 'is empty', 'Give at least one custom attribute a value.');
		return { attributes };
	},
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	async run({ id, attributes: given }, account, { item, itemIndex, state }) {
		const attributes = (await fittingAttributes(account, 'conversation_attribute', given, item, item.collection('moreAttributes'))) ?? {};
		return lookAgainAtAttributes(account, { id, index: itemIndex, lost: state }, attributes, await mergeAttributes(account, id, attributes));
	},
	end: async (lost) => await lost.finish(),
});
