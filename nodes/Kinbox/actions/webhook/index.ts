import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteWebhook } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const webhook: Resource<KinboxClient> = {
	option: { name: 'Webhook', value: 'webhook', description: 'An address that Kinbox calls' },
	defaultOperation: 'getAll',
	operations: [
		create,
		deleteWebhook,
		get,
		getAll,
		update,
	],
};
