import type { IDataObject } from 'n8n-workflow';

import { LostWrites } from '../../../shared/operation/lostWrites';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { fittingAttributes } from '../../helpers/attributes';
import { attributeFields, lookAgainAtAttributes, readConversationAttributes, replaceAttributes } from './conversation.attributes';

/** `setConversationCustomAttributes`: `POST /conversations/{id}/custom_attributes`, which replaces the whole set. */
export const setCustomAttributes = accountOperation<{ attributes: IDataObject }, LostWrites>({
	option: {
		name: 'Set Custom Attributes',
		value: 'setCustomAttributes',
		action: 'Set custom attributes of conversation',
		description: "Replace all custom attributes of a conversation; those not given are removed. To keep them, use 'Update Custom Attributes'.",
	},
	record: conversationLocator,
	properties: [...attributeFields],
	read: (item) => ({ attributes: readConversationAttributes(item) ?? {} }),
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	async run({ id, attributes: given }, account, { item, itemIndex, state }) {
		const attributes = (await fittingAttributes(account, 'conversation_attribute', given, item, item.collection('moreAttributes'))) ?? {};
		return lookAgainAtAttributes(account, { id, index: itemIndex, lost: state }, attributes, await replaceAttributes(account, id, attributes), true);
	},
	end: async (lost) => await lost.finish(),
});
