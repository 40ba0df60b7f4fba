import type { IDataObject } from 'n8n-workflow';

import { cannedResponseOutput } from './cannedResponse';
import { accountOperation } from '../../helpers/accountOperation';
import { longText, requiredUpTo } from '../../helpers/read';
import { content, shortCode } from './cannedResponse.fields';

/** `createCannedResponse`: `POST /canned_responses`. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create canned response',
		description: 'Write a text that agents can answer with',
	},
	properties: [{ ...shortCode, required: true }, { ...content, required: true }],
	output: cannedResponseOutput,
	read: (item) => ({ short_code: requiredUpTo(item, 'shortCode'), content: requiredUpTo(item, 'content', longText) }),
	unordered: 'Each item makes a record of its own',
	run: async (body, account) => await account.post('/canned_responses', body),
});
