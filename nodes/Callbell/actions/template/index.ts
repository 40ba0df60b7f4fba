import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const template: Resource<CallbellClient> = {
	option: { name: 'Template', value: 'template', description: 'An approved text for WhatsApp; made in Callbell, not by the API' },
	operations: [
		get,
		getAll,
		update,
	],
	defaultOperation: 'getAll',
};
