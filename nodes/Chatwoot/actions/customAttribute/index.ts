import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCustomAttribute } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const customAttribute: Resource<ChatwootClient> = {
	option: { name: 'Custom Attribute', value: 'customAttribute', description: 'The definition of a field that the account has added' },
	operations: [
		getAll,
		create,
		deleteCustomAttribute,
		get,
		update,
	],
};
