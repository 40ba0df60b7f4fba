import type { Resource } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { getAll } from './getAll.operation';

export const channel: Resource<CallbellClient> = {
	option: { name: 'Channel', value: 'channel', description: 'A connected WhatsApp number, Instagram, Messenger or Telegram account' },
	operations: [
		getAll,
	],
	defaultOperation: 'getAll',
};
