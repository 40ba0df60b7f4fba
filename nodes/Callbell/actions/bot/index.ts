import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { end } from './end.operation';
import { get } from './get.operation';
import { start } from './start.operation';

export const bot: Resource<CallbellClient> = {
	option: { name: 'Bot', value: 'bot', description: 'The bot that answers a contact' },
	operations: [
		end,
		get,
		start,
	],
	defaultOperation: 'get',
};
