import type { Resource } from '../../../shared/operation';
import type { ChatwootClient } from '../../client';
import { create } from './create.operation';
import { deleteContact } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { search } from './search.operation';
import { update } from './update.operation';

export const contact: Resource<ChatwootClient> = {
	option: { name: 'Contact', value: 'contact', description: 'A person or company' },
	operations: [
		create,
		deleteContact,
		get,
		getAll,
		search,
		update,
	],
};
