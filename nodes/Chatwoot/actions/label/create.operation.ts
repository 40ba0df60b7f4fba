import type { IDataObject } from 'n8n-workflow';

import { labelOutput } from './label';
import { accountOperation } from '../../helpers/accountOperation';
import { labelFields, readLabel } from './label.fields';

/** `createLabel`: `POST /labels`. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create label',
		description: 'Create a label for contacts and conversations; administrators only',
	},
	properties: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. big-customer',
			description: 'Letters, digits, hyphens and underscores, without blanks; Chatwoot keeps it in lower case',
		},
		labelFields,
	],
	output: labelOutput,
	read(item) {
		item.required('title');
		return readLabel(item);
	},
	orderingKey: ({ title }) => String(title),
	run: async (body, account) => await account.post('/labels', body),
});
