import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAllInRange } from './getAllInRange.operation';
import { getMessages } from './getMessages.operation';
import { setSummary } from './setSummary.operation';

export const conversation: Resource<KinboxClient> = {
	option: { name: 'Conversation', value: 'conversation', description: 'One stretch of service with a contact (Atendimento)' },
	defaultOperation: 'getAll',
	operations: [
		get,
		getAll,
		getAllInRange,
		getMessages,
		setSummary,
	],
};
