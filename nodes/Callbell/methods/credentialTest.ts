import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { allowedHosts } from '../../shared/http/address';
import { testByAsking } from '../../shared/http/credentialTest';
import { callbell, readCredential } from '../transport/client';

/** `GET /auth/me` tells whose token it is. */
export async function callbellApiTest(this: ICredentialTestFunctions, { data = {} }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const { baseUrl, token, secrets } = readCredential(data);
	return await testByAsking(this, {
		vendor: callbell,
		credentialName: 'Callbell API',
		baseUrl,
		path: '/auth/me',
		headers: { Authorization: `Bearer ${token}` },
		secrets,
		allowedHosts: allowedHosts(data),
		refused: (status) => refusals.get(status),
		wrong: ({ status, user_email: email }) => (status === 'ok' && typeof email === 'string' ? undefined : ''),
		elsewhere: "Check 'Base URL'; it is usually https://api.callbell.eu/v1.",
	});
}

const refusals = new Map([
	[401, 'Callbell does not accept this token. Make a new one under Settings > API settings > API keys.'],
	[403, 'Callbell does not allow API access with this token. The plan of the account may not include the API.'],
]);
