import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { getEvents } from './getEvents.operation';
import { subscribe } from './subscribe.operation';
import { unsubscribe } from './unsubscribe.operation';

export const webhook: Resource<CallbellClient> = {
	option: { name: 'Webhook', value: 'webhook', description: 'The one webhook of the account and its log' },
	operations: [
		getEvents,
		subscribe,
		unsubscribe,
	],
	defaultOperation: 'getEvents',
};
