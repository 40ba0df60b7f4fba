import type { IDataObject } from 'n8n-workflow';

import { filledIn } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { simplifyPublicConversation } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `createPublicConversation`: `POST …/contacts/{source}/conversations`. */
export const createConversation = accountOperation<PublicContact & { body: IDataObject }>({
	option: {
		name: 'Create Conversation',
		value: 'createConversation',
		action: 'Create conversation in public inbox',
		description: 'Start a conversation as the contact; an inbox that keeps to a single one gives that',
	},
	properties: [
		inboxField,
		sourceField,
		{
			displayName: 'Custom Attributes (JSON)',
			name: 'customAttributes',
			type: 'json',
			default: '{}',
			description: 'Custom attributes of the conversation: an object such as {"order": "A-5531"}',
		},
	],
	read: (item) => ({ ...readContact(item), body: filledIn({ custom_attributes: filledIn(item.object('customAttributes') ?? {}) }) ?? {} }),
	orderingKey: ({ source }) => source,
	run: async ({ body, ...contact }, account) => simplifyPublicConversation(await publicCall(account, { method: 'POST', path: `${contactPath(contact)}/conversations`, body })),
});
