import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { eventNames, vendorEventOptions } from '../../helpers/events';
import { simplifyWebhook } from './webhook';

/** `POST /webhooks/subscribe`: creates or replaces the one webhook of the account. */
export const subscribe = operation<CallbellClient, { url: string; events: string[] }>({
	option: {
		name: 'Subscribe',
		value: 'subscribe',
		action: 'Subscribe webhook',
		description: 'Set where Callbell sends events; an account has one webhook, so this replaces the one that exists, whoever made it',
	},
	properties: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/callbell',
			description: 'Public address that gets the events; Callbell refuses localhost',
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: vendorEventOptions,
			default: ['message_created'],
			required: true,
			description: 'What Callbell sends; the list replaces the one before',
		},
	],
	read(item) {
		item.required('url');
		const events = item.list('events') ?? [];
		if (events.length === 0) throw item.refuse('events', 'is empty', 'Choose at least one event.');
		const unknown = events.find((event) => !eventNames.includes(event));
		if (unknown !== undefined) throw item.refuse('events', `has '${unknown}', which Callbell does not send`, `Choose from: ${eventNames.join(', ')}.`);
		return { url: item.url('url')!, events };
	},
	orderingKey: () => 'webhook',
	run: async ({ url, events }, callbell) =>
		simplifyWebhook(recordIn(await callbell.http.request({ method: 'POST', path: '/webhooks/subscribe', body: { url, subscriptions: events }, idempotent: true }), 'webhook', 'contact')),
});
