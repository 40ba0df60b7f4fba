import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
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
