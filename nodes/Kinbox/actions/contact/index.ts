import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAllInRange } from './getAllInRange.operation';
import { setCustomFields } from './setCustomFields.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const contact: Resource<KinboxClient> = {
	option: { name: 'Contact', value: 'contact', description: 'A person or company (Contato)' },
	defaultOperation: 'upsert',
	operations: [
		create,
		get,
		getAll,
		getAllInRange,
		setCustomFields,
		update,
		upsert,
	],
};
