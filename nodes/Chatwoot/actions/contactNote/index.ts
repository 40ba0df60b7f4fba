import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteNote } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const contactNote: Resource<ChatwootClient> = {
	option: { name: 'Contact Note', value: 'contactNote', description: 'A note of the team about a contact' },
	operations: [
		create,
		deleteNote,
		get,
		getAll,
		update,
	],
};
