import type { Resource } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { getAll } from './getAll.operation';

export const tag: Resource<KinboxClient> = {
	option: { name: 'Tag', value: 'tag', description: 'A tag for conversations and deals' },
	operations: [
		getAll,
	],
};
