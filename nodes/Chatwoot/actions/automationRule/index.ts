import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { clone } from './clone.operation';
import { create } from './create.operation';
import { deleteRule } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const automationRule: Resource<ChatwootClient> = {
	option: { name: 'Automation Rule', value: 'automationRule', description: 'What Chatwoot does by itself when something happens; for administrators' },
	operations: [
		clone,
		create,
		deleteRule,
		get,
		getAll,
		update,
	],
	defaultOperation: 'get',
};
