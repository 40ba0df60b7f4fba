import { operation } from '../../../shared/operation/operation';
import { textOrNull } from '../../../shared/values/read';
import type { CallbellClient } from '../../transport/client';

/** `GET /auth/me`; the name of the API key is left out. */
export const get = operation<CallbellClient, null>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get account',
		description: 'See whose token the credential holds',
	},
	properties: [],
	read: () => null,
	async run(_, callbell) {
		const { status, user_email: email, user_name: name } = await callbell.get('/auth/me');
		return { status: textOrNull(status), name: textOrNull(name), email: textOrNull(email) };
	},
});
