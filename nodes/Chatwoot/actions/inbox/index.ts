import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { deleteInbox } from './delete.operation';
import { deleteAvatar } from './deleteAvatar.operation';
import { get } from './get.operation';
import { getAgentBot } from './getAgentBot.operation';
import { getAll } from './getAll.operation';
import { getMembers } from './getMembers.operation';
import { removeMembers } from './removeMembers.operation';
import { resetSecret } from './resetSecret.operation';
import { setAgentBot } from './setAgentBot.operation';
import { setMembers } from './setMembers.operation';
import { syncTemplates } from './syncTemplates.operation';
import { update } from './update.operation';

export const inbox: Resource<ChatwootClient> = {
	option: { name: 'Inbox', value: 'inbox', description: 'A channel: website, e-mail, WhatsApp and so on' },
	operations: [
		get,
		addMembers,
		create,
		deleteInbox,
		deleteAvatar,
		getAgentBot,
		getAll,
		getMembers,
		removeMembers,
		resetSecret,
		setAgentBot,
		setMembers,
		syncTemplates,
		update,
	],
};
