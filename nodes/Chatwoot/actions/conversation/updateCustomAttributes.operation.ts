import type { IDataObject } from 'n8n-workflow';

import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { attributeFields, mergeAttributes, readConversationAttributes } from './conversation.attributes';

/** `setConversationCustomAttributes`: sets some custom attributes and keeps the others. */
export const updateCustomAttributes = accountOperation<{ attributes: IDataObject }>({
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
	run: async ({ id, attributes }, account) => await mergeAttributes(account, id, attributes),
});
