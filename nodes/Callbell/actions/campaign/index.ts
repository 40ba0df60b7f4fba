import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { getResults } from './getResults.operation';
import { send } from './send.operation';

export const campaign: Resource<CallbellClient> = {
	option: { name: 'Campaign', value: 'campaign', description: 'One template to many people, at a pace' },
	operations: [
		getResults,
		send,
	],
	defaultOperation: 'send',
};
