import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { check } from './check.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const account: Resource<ChatwootClient> = {
	option: { name: 'Account', value: 'account', description: 'The account that everything else is in' },
	defaultOperation: 'get',
	operations: [
		check,
		get,
		getAll,
		update,
	],
};
