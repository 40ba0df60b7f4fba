import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { withoutSecret } from '../../transport/body';
import type { KinboxClient } from '../../transport/client';
import { eventsField, secretField, urlField } from './webhook.fields';

/** `POST /v3/webhooks`, with the body that a public connector sends. */
export const create = operation<KinboxClient, { body: IDataObject; sendSecret: boolean }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create webhook',
		description: 'Let Kinbox call an address when something happens. Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [urlField, eventsField, secretField],
	read(item) {
		item.required('url');
		const events = item.list('events') ?? [];
		if (events.length === 0) throw item.refuse('events', 'is empty', 'Add at least one event, for example session:new.');
		return { body: withoutUndefined({ url: item.url('url'), events }), sendSecret: item.boolean('sendSecret') === true };
	},
	unordered: 'Each item makes a record of its own',
	async run({ body, sendSecret }, kinbox) {
		kinbox.needs('v3', 'Webhooks');
		return withoutSecret(await kinbox.post('/webhooks', { ...body, ...kinbox.ownSecret(sendSecret) }));
	},
});
