import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { getAll } from './getAll.operation';

export const customField: Resource<KinboxClient> = {
	option: { name: 'Custom Field', value: 'customField', description: 'A field that the account has added (Campo Personalizado)' },
	operations: [
		getAll,
	],
};
