import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { teamLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { teamOutput } from './team';
import { readTeam, teamFields, teamName } from './team.fields';

/** `updateTeam`: `PATCH /teams/{id}`. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update team',
		description: 'Change a team; fields left empty stay as they are',
	},
	record: teamLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [...teamFields, teamName],
		},
	],
	output: teamOutput,
	read(item) {
		const body = readTeam(item.collection('updateFields'));
		item.needsChange('updateFields', body);
		return { body };
	},
	run: async ({ id, body }, account) => await account.patch(path`/teams/${id}`, body),
});
