import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { allowedHosts } from '../../shared/http/address';
import { testByAsking } from '../../shared/http/credentialTest';
import { messageIn } from '../../shared/http/answers';
import { chatwoot, readCredential } from '../transport/client';

/** `GET /api/v1/profile` tells whose token it is, and the accounts that it sees. */
export async function chatwootApiTest(this: ICredentialTestFunctions, { data = {} }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const { baseUrl, account, token, secrets } = readCredential(data);
	return await testByAsking(this, {
		vendor: chatwoot,
		credentialName: 'Chatwoot Access Token API',
		baseUrl,
		path: '/api/v1/profile',
		headers: { 'api-access-token': token },
		secrets,
		allowedHosts: allowedHosts(data),
		refused: (status, body) => (status === 401 && /for bots/i.test(messageIn(body) ?? '') ? 'The token belongs to an agent bot, so what it may see cannot be tested. Bots may start, change and answer conversations; for all else use the token of a person, from the profile settings.' : refusals.get(status)),
		wrong: ({ accounts, pubsub_token: key, email }) => (!Array.isArray(accounts) || (typeof key !== 'string' && typeof email !== 'string') ? '' : accountProblem(accounts, account)),
		elsewhere: "Check 'URL'; it is the one you open in the browser.",
	});
}

const refusals = new Map([
	[401, 'Chatwoot does not accept this access token. Copy it again from your profile settings.'],
	[403, 'Chatwoot does not allow API access with this token. The plan of the account may not include the API.'],
]);

/** What keeps the credential from working in the account that it names, or in any. */
function accountProblem(accounts: unknown[], wanted: string | undefined): string | undefined {
	if (wanted !== undefined && !/^\d{1,18}$/.test(wanted)) return "'Default Account ID' is not a number. It is the number after /accounts/ in the browser's address.";
	const rows = accounts.flatMap((row) => (row !== null && typeof row === 'object' && 'id' in row ? [{ id: String(row.id), status: 'status' in row ? row.status : undefined }] : []));
	if (rows.length === 0) return 'The access token is good, but its owner belongs to no account. Have an administrator add the person to one.';
	const own = wanted === undefined ? rows[0] : rows.find(({ id }) => id === wanted);
	if (!own) return `The access token is good, but it does not see account ${wanted}. It sees ${rows.slice(0, 8).map(({ id }) => id).join(', ')}${rows.length > 8 ? ' and more' : ''}; change 'Default Account ID' or 'URL'.`;
	return own.status === 'suspended' ? `Chatwoot has suspended account ${own.id}. Ask the administrators of the server.` : undefined;
}
