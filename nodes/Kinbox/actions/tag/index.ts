import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteTag } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const tag: Resource<KinboxClient> = {
	option: { name: 'Tag', value: 'tag', description: 'A tag for conversations and deals (Etiqueta)' },
	defaultOperation: 'getAll',
	operations: [
		create,
		deleteTag,
		get,
		getAll,
		update,
	],
};
