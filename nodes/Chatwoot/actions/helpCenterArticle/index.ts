import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteArticle } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const helpCenterArticle: Resource<ChatwootClient> = {
	option: { name: 'Help Center Article', value: 'helpCenterArticle', description: 'A page of a portal with an answer' },
	operations: [
		create,
		deleteArticle,
		get,
		getAll,
		update,
	],
	defaultOperation: 'getAll',
};
