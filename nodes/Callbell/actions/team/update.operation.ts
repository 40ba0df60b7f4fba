import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyTeam } from './team';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { teamLocator } from '../../descriptions/locators';

/** `PATCH /teams/{uuid}`: only the name can change. */
export const update = operation<CallbellClient, { name: string }>({
	option: {
		name: 'Rename',
		value: 'update',
		action: 'Rename team',
		description: 'Give a team another name; Callbell lets nothing else of it be changed',
	},
	record: { ...teamLocator, required: true },
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Front desk evenings',
			description: 'The new name',
		},
	],
	read: (item) => ({ name: item.required('name') }),
	run: async ({ id, name }, callbell) => simplifyTeam(recordIn(await callbell.patch(path`/teams/${id}`, { name }), 'team')),
});
