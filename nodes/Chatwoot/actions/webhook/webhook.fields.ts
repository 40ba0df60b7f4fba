import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { longText, textUpTo } from '../../helpers/read';
import { readEvents } from './webhook';

export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/chatwoot',
	description: 'Where Chatwoot sends the events; each address can be used once in the account',
};

/** What can be set besides the address and the events. */
export const webhookFields: INodeProperties[] = [
	locatorAs(inboxLocator, { description: 'Only noted by Chatwoot: events of other inboxes are sent, too', optional: true }),
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Orders',
		description: 'How the webhook is called; for Chatwoot 4.8 or later',
	},
];

/**
 * Reads what is filled in.
 *
 * @param first where the address and the events are
 */
export function readWebhook(fields: Fields, first: Fields = fields) {
	const inbox = fields.numericId('inboxId');
	textUpTo(first, 'url', longText);
	return withoutUndefined({
		url: first.url('url'),
		subscriptions: readEvents(first),
		name: textUpTo(fields, 'name'),
		inbox_id: inbox === undefined ? undefined : Number(inbox),
	});
}
