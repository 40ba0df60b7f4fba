import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { webhookLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { eventsField, sendWebhook, webhookOutput } from './webhook';
import { readWebhook, urlField, webhookFields } from './webhook.fields';

/** `updateWebhook`: `PATCH /webhooks/{id}`; the events are replaced whole, the signing secret stays. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update webhook',
		description: 'Change a webhook; fields left empty stay as they are',
	},
	record: webhookLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [{ ...eventsField, description: 'What Chatwoot sends to the address, in place of the events before' }, ...webhookFields, urlField],
		},
	],
	output: webhookOutput,
	read(item) {
		const body = readWebhook(item.collection('updateFields'));
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, account) => await sendWebhook(account, body, async () => await account.patch(path`/webhooks/${id}`, body)),
});
