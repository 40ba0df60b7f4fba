import type { IDataObject } from 'n8n-workflow';

import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { campaignLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { ChatwootClient } from '../../transport/client';
import { recipientsOf, recipientStatuses } from './campaign.results';

/** A recipient (`CampaignRecipient`) in short. */
const recipientOutput: OutputShape<ChatwootClient> = {
	simplify(recipient: IDataObject): IDataObject {
		const contact = objectOrEmpty(recipient.contact);
		return {
			contactId: textOrNull(contact.id),
			name: textOrNull(contact.name),
			phone: e164OrNull(contact.phone_number),
			status: textOrNull(recipient.status),
			message: textOrNull(recipient.message_content),
			errorCode: textOrNull(recipient.error_code),
			errorTitle: textOrNull(recipient.error_title),
			errorMessage: textOrNull(recipient.error_message),
		};
	},
	properties: outputProperties(['contact', 'contact.id', 'contact.name', 'contact.phone_number', 'error_code', 'error_message', 'error_title', 'message_content', 'status']),
};

/** `listCampaignRecipients`: `GET /campaigns/{id}/analytics/contacts`, since 4.18; newest first. */
export const getRecipients = accountOperation<{ limit?: number; status: (typeof recipientStatuses)[number] | 'all' }>({
	option: {
		name: 'Get Recipients',
		value: 'getRecipients',
		action: 'Get recipients of campaign',
		description: 'Get each person that a WhatsApp campaign was meant for, with what became of the message (Chatwoot 4.18 and newer, Enterprise edition)',
	},
	record: campaignLocator,
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Status',
			name: 'recipientStatus',
			type: 'options',
			options: [
				{ name: 'Any', value: 'all' },
				{ name: 'Delivered', value: 'delivered', description: 'Arrived, and not read yet' },
				{ name: 'Failed', value: 'failed', description: 'WhatsApp refused it, or could not deliver it' },
				{ name: 'Queued', value: 'queued', description: 'Waits to be sent' },
				{ name: 'Read', value: 'read', description: 'The contact has opened it' },
				{ name: 'Sent', value: 'sent', description: 'On its way' },
				{ name: 'Skipped', value: 'skipped', description: 'Not sent at all' },
			],
			default: 'all',
			description: 'Only recipients with this outcome',
		},
	],
	output: recipientOutput,
	read: (item) => ({ limit: readLimit(item), status: item.choice('recipientStatus', [...recipientStatuses, 'all'] as const) ?? 'all' }),
	run: async ({ id, limit, status }, account) => await recipientsOf(account, id, status === 'all' ? undefined : status, limit),
});
