import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { addNote } from './addNote.operation';
import { close } from './close.operation';
import { moveInFunnel } from './moveInFunnel.operation';
import { open } from './open.operation';

export const conversation: Resource<CallbellClient> = {
	option: { name: 'Conversation', value: 'conversation', description: 'The one conversation with a contact' },
	operations: [
		addNote,
		close,
		moveInFunnel,
		open,
	],
	defaultOperation: 'open',
};
