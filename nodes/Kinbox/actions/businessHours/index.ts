import type { Resource } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const businessHours: Resource<KinboxClient> = {
	option: { name: 'Business Hours', value: 'businessHours', description: 'When the team works (Horários de atendimento)' },
	defaultOperation: 'getAll',
	operations: [
		get,
		getAll,
	],
};
