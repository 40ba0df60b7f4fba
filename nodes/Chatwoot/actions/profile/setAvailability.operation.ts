import type { IDataObject } from 'n8n-workflow';

import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { profileOutput } from './profile';

const states = ['busy', 'offline', 'online'] as const;

/** `setAvailability`: `POST /api/v1/profile/availability`, then `setAutoOffline` when it is asked for. */
export const setAvailability = accountOperation<{ availability: (typeof states)[number]; autoOffline?: boolean }>({
	option: {
		name: 'Set Availability',
		value: 'setAvailability',
		action: 'Set availability of profile',
		description: 'Say in an account whether the person whose token the credential holds is online, busy or offline',
	},
	properties: [
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
			description: 'What the team sees',
		},
		{
			displayName: 'Options for Availability',
			name: 'availabilityOptions',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'More about the availability',
			options: [
				{
					displayName: 'Automatic Offline',
					name: 'autoOffline',
					type: 'boolean',
					default: true,
					description: 'Whether Chatwoot shows the person offline when the app is closed',
				},
			],
		},
	],
	output: profileOutput,
	read: (item) => ({ availability: item.choice('availability', states) ?? 'online', autoOffline: item.collection('availabilityOptions').boolean('autoOffline') }),
	orderingKey: () => 'availability',
	async run({ availability, autoOffline }, account) {
		const send = async (path: string, body: IDataObject) =>
			await account.sendOutside({ method: 'POST', path: `/api/v1/profile/${path}`, body: { account_id: Number(account.id), ...body }, idempotent: true });
		const profile = await send('availability', { availability });
		return withoutSecrets(autoOffline === undefined ? profile : await send('auto_offline', { auto_offline: autoOffline }));
	},
});
