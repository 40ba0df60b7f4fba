import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { ChatwootAccessTokenApi } from '../../../credentials/ChatwootAccessTokenApi.credentials';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { runNode, testCredential } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => {
	expect(sandbox.violations).toEqual([]);
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

const check = async (data: Record<string, string> = {}) =>
	await testCredential(ChatwootAccessTokenApi, { url: sandbox.chatwoot.url, accessToken: sandbox.chatwoot.tokens.administrator, accountId: '1', ...data }, { node: new Chatwoot() });

describe('credential: test', () => {
	it('passes with the token of an administrator or an agent, and asks for the profile', async () => {
		for (const accessToken of [sandbox.chatwoot.tokens.administrator, sandbox.chatwoot.tokens.agent]) {
			expect(await check({ accessToken })).toMatchObject({ status: 'OK' });
		}
		expect(sandbox.requests.map(({ path, token }) => `${path} ${token}`)).toEqual(['/api/v1/profile administrator', '/api/v1/profile agent']);
	});

	it('sends the token with dashes, which proxies do not drop', async () => {
		await check();
		expect(sandbox.requests[0]?.headers).toMatchObject({ 'api-access-token': '<administrator>' });
		expect(sandbox.requests[0]?.headers).not.toHaveProperty('api_access_token');
	});

	it.each(['/', '//', '/app', '/app/accounts/1/dashboard', '/app/accounts/1/inbox/2/conversations/3', '/api/v1', '/super_admin', '  '])('passes with the address as pasted: …%s', async (rest) => {
		expect(await check({ url: ` ${sandbox.chatwoot.url}${rest}` })).toMatchObject({ status: 'OK' });
	});

	it('passes with blanks around the token', async () => {
		expect(await check({ accessToken: ` ${sandbox.chatwoot.tokens.administrator}\n` })).toMatchObject({ status: 'OK' });
	});

	it('says what to do when the token is wrong, and does not repeat it', async () => {
		const { status, message } = await check({ accessToken: 'wrong-token' });
		expect(status).toBe('Error');
		expect(message).toBe('Chatwoot does not accept this access token. Copy it again from your profile settings.');
	});

	it('says so when the plan has no API', async () => {
		sandbox.inject({ kind: 'status', vendor: 'chatwoot', status: 403, body: { error: 'API access is not available on your plan' } });
		expect((await check()).message).toMatch(/does not allow API access.*plan/);
	});

	it('points to URL when the server is not Chatwoot', async () => {
		const { status, message } = await check({ url: sandbox.kinbox.url });
		expect(status).toBe('Error');
		expect(message).toContain("'URL'");
		sandbox.violations.length = 0;
	});

	it('fails when nobody is there', async () => {
		expect((await check({ url: 'http://127.0.0.1:9' })).status).toBe('Error');
	});
});

/** Sends a request with the credential alone, as n8n's Custom API Call and HTTP Request nodes do. */
class CustomApiCall implements INodeType {
	description = {
		...new Chatwoot().description,
		name: 'customApiCall',
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
		webhooks: undefined,
	} as INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = this.getNodeParameter('url', 0) as string;
		const json = await this.helpers.httpRequestWithAuthentication.call(this, 'chatwootAccessTokenApi', { url, json: true });
		return [[{ json }]];
	}
}

it('opens a Custom API Call, whatever stands around the token', async () => {
	const accessToken = sandbox.chatwoot.tokens.administrator;
	const result = await runNode(CustomApiCall, { url: `${sandbox.chatwoot.url}/api/v1/accounts/1/labels` }, {
		credentials: [ChatwootAccessTokenApi],
		credentialValues: { chatwootAccessTokenApi: { url: `${sandbox.chatwoot.url}/app/accounts/1`, accessToken: ` ${accessToken} `, accountId: '' } },
	});
	expect(result.error).toBeUndefined();
	expect(result.rows[0]).toMatchObject({ payload: expect.arrayContaining([expect.objectContaining({ title: 'vip' })]) });
	expect(sandbox.requests[0]).toMatchObject({ token: 'administrator', headers: { 'api-access-token': '<administrator>' } });
	expect(result.visibleText()).not.toContain(accessToken);
});
