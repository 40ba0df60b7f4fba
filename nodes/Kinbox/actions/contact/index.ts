import type { Resource } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const contact: Resource<KinboxClient> = {
	option: { name: 'Contact', value: 'contact', description: 'A person or company (Contato)' },
	operations: [
		create,
		get,
		getAll,
		update,
	],
};
