import type { Resource } from '../../../shared/operation';
import type { ChatwootClient } from '../../client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const inbox: Resource<ChatwootClient> = {
	option: { name: 'Inbox', value: 'inbox', description: 'A channel: website, e-mail, WhatsApp and so on' },
	operations: [
		get,
		getAll,
	],
};
