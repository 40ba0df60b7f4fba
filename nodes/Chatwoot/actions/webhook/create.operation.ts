import type { IDataObject } from 'n8n-workflow';

import { accountOperation } from '../../helpers/accountOperation';
import { eventsField, sendWebhook, webhookOutput } from './webhook';
import { readWebhook, urlField, webhookFields } from './webhook.fields';

/** `createWebhook`: `POST /webhooks`; deliveries start at once. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create webhook',
		description: 'Have events sent to an address. To start a workflow, use the Chatwoot Trigger, which does this itself.',
	},
	properties: [
		{ ...urlField, required: true },
		{ ...eventsField, default: ['message_created'], required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the webhook',
			options: webhookFields,
		},
	],
	output: webhookOutput,
	read(item) {
		item.required('url');
		const body = readWebhook(item.collection('additionalFields'), item);
		if (!body.subscriptions) throw item.refuse('events', 'is empty', 'Pick at least one event.');
		return body;
	},
	unordered: 'Each item makes a record of its own',
	run: async (body, account) => await sendWebhook(account, body, async () => await account.post('/webhooks', body)),
});
