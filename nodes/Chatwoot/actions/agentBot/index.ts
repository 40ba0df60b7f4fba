import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteBot } from './delete.operation';
import { deleteAvatar } from './deleteAvatar.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { resetSecret } from './resetSecret.operation';
import { resetToken } from './resetToken.operation';
import { update } from './update.operation';

export const agentBot: Resource<ChatwootClient> = {
	option: { name: 'Agent Bot', value: 'agentBot', description: 'A program that answers in inboxes' },
	operations: [
		create,
		deleteBot,
		deleteAvatar,
		get,
		getAll,
		resetSecret,
		resetToken,
		update,
	],
	defaultOperation: 'get',
};
