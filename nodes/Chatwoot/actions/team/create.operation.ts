import type { IDataObject } from 'n8n-workflow';

import { accountOperation } from '../../helpers/accountOperation';
import { teamOutput } from './team';
import { requiredUpTo } from '../../helpers/read';
import { readTeam, teamFields, teamName } from './team.fields';

/** `createTeam`: `POST /teams`. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create team',
		description: 'Make a team, without members at first',
	},
	properties: [
		{ ...teamName, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the team',
			options: teamFields,
		},
	],
	output: teamOutput,
	read: (item) => ({ name: requiredUpTo(item, 'name'), ...readTeam(item.collection('additionalFields')) }),
	unordered: 'Each item makes a record of its own',
	run: async (body, account) => await account.post('/teams', body),
});
