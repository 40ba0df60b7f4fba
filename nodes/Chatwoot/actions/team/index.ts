import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { deleteTeam } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getMembers } from './getMembers.operation';
import { removeMembers } from './removeMembers.operation';
import { setMembers } from './setMembers.operation';
import { update } from './update.operation';

export const team: Resource<ChatwootClient> = {
	option: { name: 'Team', value: 'team', description: 'A group of agents' },
	operations: [
		addMembers,
		create,
		deleteTeam,
		get,
		getAll,
		getMembers,
		removeMembers,
		setMembers,
		update,
	],
};
