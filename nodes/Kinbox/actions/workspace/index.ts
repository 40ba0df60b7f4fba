import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { get } from './get.operation';

export const workspace: Resource<KinboxClient> = {
	option: { name: 'Workspace', value: 'workspace', description: 'The account itself (Ambiente)' },
	operations: [
		get,
	],
};
