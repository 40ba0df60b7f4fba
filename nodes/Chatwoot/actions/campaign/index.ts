import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCampaign } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getRecipients } from './getRecipients.operation';
import { getResults } from './getResults.operation';
import { send } from './send.operation';
import { update } from './update.operation';

export const campaign: Resource<ChatwootClient> = {
	option: { name: 'Campaign', value: 'campaign', description: 'A message to many: once by SMS or WhatsApp, or to visitors of a website' },
	operations: [
		create,
		deleteCampaign,
		get,
		getAll,
		getRecipients,
		getResults,
		send,
		update,
	],
};
