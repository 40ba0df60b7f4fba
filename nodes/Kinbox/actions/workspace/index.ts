import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { check } from './check.operation';
import { get } from './get.operation';

export const workspace: Resource<KinboxClient> = {
	option: { name: 'Workspace', value: 'workspace', description: 'The account itself (Ambiente)' },
	defaultOperation: 'get',
	operations: [
		check,
		get,
	],
};
