import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteLabel } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const label: Resource<ChatwootClient> = {
	option: { name: 'Label', value: 'label', description: 'A label for contacts and conversations' },
	operations: [
		getAll,
		create,
		deleteLabel,
		get,
		update,
	],
};
