import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { cannedResponseLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { longText, textUpTo } from '../../helpers/read';
import { cannedResponseOutput } from './cannedResponse';
import { content, shortCode } from './cannedResponse.fields';

/** `updateCannedResponse`: `PATCH /canned_responses/{id}`. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update canned response',
		description: 'Change a canned response; fields left empty stay as they are',
	},
	record: cannedResponseLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [content, shortCode],
		},
	],
	output: cannedResponseOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const body = withoutUndefined({ short_code: textUpTo(fields, 'shortCode'), content: textUpTo(fields, 'content', longText) });
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, account) => await account.patch(path`/canned_responses/${id}`, body),
});
