import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCannedResponse } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const cannedResponse: Resource<ChatwootClient> = {
	option: { name: 'Canned Response', value: 'cannedResponse', description: 'A text that agents answer with again and again' },
	operations: [
		create,
		deleteCannedResponse,
		get,
		getAll,
		update,
	],
};
