import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const channel: Resource<CallbellClient> = {
	option: { name: 'Channel', value: 'channel', description: 'A connected WhatsApp number, Instagram, Messenger or Telegram account' },
	operations: [
		get,
		getAll,
		update,
	],
	defaultOperation: 'getAll',
};
