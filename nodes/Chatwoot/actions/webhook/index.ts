import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteWebhook } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const webhook: Resource<ChatwootClient> = {
	option: { name: 'Webhook', value: 'webhook', description: 'An address that Chatwoot sends events to; for administrators' },
	operations: [
		create,
		deleteWebhook,
		get,
		getAll,
		update,
	],
};
