import type { Resource } from '../../../shared/operation';
import type { ChatwootClient } from '../../client';
import { getAll } from './getAll.operation';

export const label: Resource<ChatwootClient> = {
	option: { name: 'Label', value: 'label', description: 'A label for contacts and conversations' },
	operations: [
		getAll,
	],
};
