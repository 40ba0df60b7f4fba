import type { Resource } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const campaign: Resource<KinboxClient> = {
	option: { name: 'Campaign', value: 'campaign', description: 'A message or template to many contacts (Campanha)' },
	operations: [
		create,
		get,
		getAll,
	],
};
