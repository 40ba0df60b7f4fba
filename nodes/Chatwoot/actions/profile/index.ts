import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { get } from './get.operation';
import { setAvailability } from './setAvailability.operation';
import { update } from './update.operation';

export const profile: Resource<ChatwootClient> = {
	option: { name: 'Profile', value: 'profile', description: 'The person whose token the credential holds' },
	operations: [
		get,
		setAvailability,
		update,
	],
};
