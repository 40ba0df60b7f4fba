import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { longText, textUpTo } from '../../helpers/read';

export const teamName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. support',
	description: 'How the team is called; Chatwoot keeps it in lower case, and allows each name once',
};

/** What can be set besides the name. */
export const teamFields: INodeProperties[] = [
	{
		displayName: 'Auto Assignment',
		name: 'autoAssignment',
		type: 'boolean',
		default: true,
		description: 'Whether conversations of the team are given to its members automatically',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Questions after the purchase',
		description: 'What the team does',
	},
];

export function readTeam(fields: Fields): IDataObject {
	return withoutUndefined({
		name: textUpTo(fields, 'name'),
		description: textUpTo(fields, 'description', longText),
		allow_auto_assign: fields.boolean('autoAssignment'),
	});
}
