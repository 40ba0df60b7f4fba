import { operation } from '../../../shared/operation/operation';
import { withoutSecrets } from '../../transport/answers';
import type { ChatwootClient } from '../../transport/client';
import { profileOutput } from './profile';

/** `getProfile`: `GET /api/v1/profile`; its tokens are left out. */
export const get = operation<ChatwootClient, undefined>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get profile',
		description: "Get the person whose token the credential holds, with this person's accounts and roles",
	},
	properties: [],
	output: profileOutput,
	read: () => undefined,
	run: async (_input, client) => withoutSecrets(await client.get('/api/v1/profile')),
});
