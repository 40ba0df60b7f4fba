import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { addLabels } from './addLabels.operation';
import { addParticipants } from './addParticipants.operation';
import { assignAgent } from './assignAgent.operation';
import { assignAgentBot } from './assignAgentBot.operation';
import { assignTeam } from './assignTeam.operation';
import { bulkUpdate } from './bulkUpdate.operation';
import { create } from './create.operation';
import { deleteConversation } from './delete.operation';
import { filter } from './filter.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAttachments } from './getAttachments.operation';
import { getCounts } from './getCounts.operation';
import { getLabels } from './getLabels.operation';
import { getParticipants } from './getParticipants.operation';
import { markRead } from './markRead.operation';
import { markUnread } from './markUnread.operation';
import { mute } from './mute.operation';
import { removeCustomAttributes } from './removeCustomAttributes.operation';
import { removeLabels } from './removeLabels.operation';
import { removeParticipants } from './removeParticipants.operation';
import { searchMessages } from './searchMessages.operation';
import { sendTranscript } from './sendTranscript.operation';
import { setCustomAttributes } from './setCustomAttributes.operation';
import { setLabels } from './setLabels.operation';
import { setParticipants } from './setParticipants.operation';
import { setPriority } from './setPriority.operation';
import { setStatus } from './setStatus.operation';
import { setTyping } from './setTyping.operation';
import { toggleStatus } from './toggleStatus.operation';
import { unassign } from './unassign.operation';
import { unmute } from './unmute.operation';
import { update } from './update.operation';
import { updateCustomAttributes } from './updateCustomAttributes.operation';

export const conversation: Resource<ChatwootClient> = {
	option: { name: 'Conversation', value: 'conversation', description: 'A thread of messages with one contact in one inbox' },
	operations: [
		getAll,
		addLabels,
		addParticipants,
		assignAgent,
		assignAgentBot,
		assignTeam,
		bulkUpdate,
		create,
		deleteConversation,
		filter,
		get,
		getAttachments,
		getCounts,
		getLabels,
		getParticipants,
		markRead,
		markUnread,
		mute,
		removeCustomAttributes,
		removeLabels,
		removeParticipants,
		searchMessages,
		sendTranscript,
		setCustomAttributes,
		setLabels,
		setParticipants,
		setPriority,
		setStatus,
		setTyping,
		toggleStatus,
		unassign,
		unmute,
		update,
		updateCustomAttributes,
	],
};
