import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { addTags } from './addTags.operation';
import { create } from './create.operation';
import { deleteContact } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getByBsuid } from './getByBsuid.operation';
import { getByPhone } from './getByPhone.operation';
import { getCustomFields } from './getCustomFields.operation';
import { getMessages } from './getMessages.operation';
import { removeTags } from './removeTags.operation';
import { setTags } from './setTags.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const contact: Resource<CallbellClient> = {
	option: { name: 'Contact', value: 'contact', description: 'A person who writes or is written to on one of the channels' },
	operations: [
		addTags,
		create,
		deleteContact,
		get,
		getAll,
		getByBsuid,
		getByPhone,
		getCustomFields,
		getMessages,
		removeTags,
		setTags,
		update,
		upsert,
	],
	defaultOperation: 'create',
};
