import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { webhookLocator } from '../../descriptions/locators';
import { withoutSecret } from '../../transport/body';
import type { KinboxClient } from '../../transport/client';
import { eventsField, secretField, urlField } from './webhook.fields';

/**
 * `PATCH /v3/webhooks/{id}`; inferred: the vendor publishes the address of the call only. It takes what making a webhook
 * takes, so what stays as it is is read before and sent along.
 */
export const update = operation<KinboxClient, { body: IDataObject; sendSecret: boolean }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update webhook',
		description: 'Change address or events of a webhook. Needs a Token V3. Kinbox does not document this call.',
	},
	record: webhookLocator,
	properties: [
		{ ...urlField, required: false, description: 'Address to call; left empty, it stays as it is' },
		{ ...eventsField, default: [], description: 'Names of events, all of them; left empty, they stay as they are' },
		secretField,
	],
	read(item) {
		const events = item.list('events') ?? [];
		const body = withoutUndefined({ url: item.url('url'), events: events.length ? events : undefined });
		const sendSecret = item.boolean('sendSecret') === true;
		if (Object.keys(body).length === 0 && !sendSecret) throw item.refuse('webhookId', 'is given, but no field to change', 'Fill in at least one field.');
		return { body, sendSecret };
	},
	async run({ id, body, sendSecret }, kinbox) {
		kinbox.needs('v3', 'Webhooks');
		const secret = kinbox.ownSecret(sendSecret);
		const { url, events } = await kinbox.get(path`/webhooks/${id}`);
		return withoutSecret(await kinbox.patch(path`/webhooks/${id}`, { ...withoutUndefined({ url, events }), ...body, ...secret }));
	},
});
