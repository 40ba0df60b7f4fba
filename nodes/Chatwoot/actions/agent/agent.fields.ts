import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { textUpTo } from '../../helpers/read';

const roles = ['administrator', 'agent'] as const;
const availabilities = ['busy', 'offline', 'online'] as const;

export const roleField: INodeProperties = {
	displayName: 'Role',
	name: 'role',
	type: 'options',
	options: [
		{ name: 'Administrator', value: 'administrator' },
		{ name: 'Agent', value: 'agent' },
	],
	default: 'agent',
	description: 'What the person may do in the account',
};

/** What can be set besides the role. */
export const agentFields: INodeProperties[] = [
	{
		displayName: 'Auto Offline',
		name: 'autoOffline',
		type: 'boolean',
		default: true,
		description: 'Whether the person counts as offline as soon as no Chatwoot window is open',
	},
	{
		displayName: 'Availability',
		name: 'availability',
		type: 'options',
		options: [
			{ name: 'Busy', value: 'busy' },
			{ name: 'Offline', value: 'offline' },
			{ name: 'Online', value: 'online' },
		],
		default: 'online',
		description: 'The state that the others see',
	},
];

export const agentName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Ana Souza',
	description: 'The name of the person; for a new one left empty, the part of the address before the @',
};

/** @param role where the role comes from: a field of its own, or one of the others */
export function readAgent(fields: Fields, role: Fields = fields): IDataObject {
	return withoutUndefined({
		name: textUpTo(fields, 'name'),
		role: role.choice('role', roles),
		availability: fields.choice('availability', availabilities),
		auto_offline: fields.boolean('autoOffline'),
	});
}
