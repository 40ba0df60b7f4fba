import type { IDataObject } from 'n8n-workflow';

import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { attributeFields, readConversationAttributes, replaceAttributes } from './conversation.attributes';

/** `setConversationCustomAttributes`: `POST /conversations/{id}/custom_attributes`, which replaces the whole set. */
export const setCustomAttributes = accountOperation<{ attributes: IDataObject }>({
	option: {
		name: 'Set Custom Attributes',
		value: 'setCustomAttributes',
		action: 'Set custom attributes of conversation',
		description: "Replace all custom attributes of a conversation; those not given are removed. To keep them, use 'Update Custom Attributes'.",
	},
	record: conversationLocator,
	properties: [...attributeFields],
	read: (item) => ({ attributes: readConversationAttributes(item) ?? {} }),
	run: async ({ id, attributes }, account) => await replaceAttributes(account, id, attributes),
});
