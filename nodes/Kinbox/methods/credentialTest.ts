import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { allowedHosts } from '../../shared/http/address';
import { testByAsking } from '../../shared/http/credentialTest';
import { kinbox, readCredential } from '../transport/client';

/** Lists what every token may read; the generations answer alike. */
export async function kinboxApiTest(this: ICredentialTestFunctions, { data = {} }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const { baseUrl, generation, token, secrets } = readCredential(data);
	return await testByAsking(this, {
		vendor: kinbox,
		credentialName: 'Kinbox API',
		baseUrl,
		path: generation === 'v1' ? '/v1/contacts?limit=1' : '/v3/custom-fields',
		headers: { Authorization: `Bearer ${token}` },
		secrets,
		allowedHosts: allowedHosts(data),
		refused: (status) => refusals.get(status),
		wrong: ({ data: rows }) => (Array.isArray(rows) && rows.every((row) => row !== null && typeof row === 'object' && 'id' in row) ? undefined : ''),
		elsewhere: "Check 'Host'; it is usually https://api4.kinbox.com.br.",
	});
}

const refusals = new Map([
	[401, "Kinbox does not accept this token. Make a new one under Settings > Integrations > API, and check that 'Kind of Token' fits it."],
	[403, "The token may not read here. Check that 'Kind of Token' fits it, and that it has the scope read or its member the permission."],
]);
