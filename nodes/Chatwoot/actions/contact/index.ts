import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { addLabels } from './addLabels.operation';
import { block } from './block.operation';
import { create } from './create.operation';
import { createOrUpdate } from './upsert.operation';
import { deleteContact } from './delete.operation';
import { deleteAvatar } from './deleteAvatar.operation';
import { exportCsv } from './export.operation';
import { filter } from './filter.operation';
import { findBySourceId } from './findBySourceId.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAttachments } from './getAttachments.operation';
import { getContactableInboxes } from './getContactableInboxes.operation';
import { getConversations } from './getConversations.operation';
import { getLabels } from './getLabels.operation';
import { importCsv } from './import.operation';
import { linkToInbox } from './linkToInbox.operation';
import { merge } from './merge.operation';
import { removeCustomAttributes } from './removeCustomAttributes.operation';
import { removeLabels } from './removeLabels.operation';
import { search } from './search.operation';
import { setLabels } from './setLabels.operation';
import { unblock } from './unblock.operation';
import { update } from './update.operation';

export const contact: Resource<ChatwootClient> = {
	option: { name: 'Contact', value: 'contact', description: 'A person or company' },
	operations: [
		create,
		addLabels,
		block,
		createOrUpdate,
		deleteContact,
		deleteAvatar,
		exportCsv,
		filter,
		findBySourceId,
		get,
		getAll,
		getAttachments,
		getContactableInboxes,
		getConversations,
		getLabels,
		importCsv,
		linkToInbox,
		merge,
		removeCustomAttributes,
		removeLabels,
		search,
		setLabels,
		unblock,
		update,
	],
};
