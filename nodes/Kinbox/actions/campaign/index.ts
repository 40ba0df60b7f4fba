import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteCampaign } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getRecipients } from './getRecipients.operation';
import { getResults } from './getResults.operation';
import { pause } from './pause.operation';
import { resume } from './resume.operation';
import { send } from './send.operation';
import { update } from './update.operation';
import { waitUntilFinished } from './waitUntilFinished.operation';

export const campaign: Resource<KinboxClient> = {
	option: { name: 'Campaign', value: 'campaign', description: 'A message or template to many contacts (Campanha)' },
	operations: [
		create,
		deleteCampaign,
		get,
		getAll,
		getRecipients,
		getResults,
		pause,
		resume,
		send,
		update,
		waitUntilFinished,
	],
};
