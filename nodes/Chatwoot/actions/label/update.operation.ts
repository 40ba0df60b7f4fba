import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { labelLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { labelOutput } from './label';
import { labelFields, readLabel } from './label.fields';

/** `updateLabel`: `PATCH /labels/{id}`; a new title is carried over a little later. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update label',
		description: 'Change a label; contacts and conversations get a new title a little later. Administrators only.',
	},
	record: labelLocator,
	properties: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. big-customer',
			description: 'The new title; left empty, it stays as it is',
		},
		labelFields,
	],
	output: labelOutput,
	read(item) {
		const body = readLabel(item);
		if (Object.keys(body).length === 0) throw item.refuse('labelId', 'is given, but no field to change', 'Fill in at least one field of the label.');
		return { body };
	},
	run: async ({ id, body }, account) => await account.patch(path`/labels/${id}`, body),
});
