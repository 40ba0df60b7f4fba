import type { Resource } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { create } from './create.operation';
import { deleteContact } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const contact: Resource<CallbellClient> = {
	option: { name: 'Contact', value: 'contact', description: 'A person who writes or is written to on one of the channels' },
	operations: [
		create,
		deleteContact,
		get,
		getAll,
		update,
	],
	defaultOperation: 'create',
};
