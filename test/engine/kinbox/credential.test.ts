import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { KinboxApi } from '../../../credentials/KinboxApi.credentials';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { runNode, testCredential } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.close());

const check = async (data: Record<string, string>) => await testCredential(KinboxApi, { host: sandbox.kinbox.url, ...data }, { node: new Kinbox() });

describe('credential: test', () => {
	it('passes with a Token V3', async () => {
		expect(await check({ generation: 'v3', token: sandbox.kinbox.tokens.v3 })).toMatchObject({ status: 'OK' });
	});

	it('passes with an API Token, also one that may not send', async () => {
		for (const token of [sandbox.kinbox.tokens.api, sandbox.kinbox.tokens.apiWithoutSend]) {
			expect(await check({ generation: 'v1', token })).toMatchObject({ status: 'OK' });
		}
	});

	it('passes with what people paste: "Bearer", blanks, slashes and a version', async () => {
		expect(await check({ generation: 'v3', token: `  Bearer ${sandbox.kinbox.tokens.v3}\n`, host: ` ${sandbox.kinbox.url}/v3/ ` })).toMatchObject({ status: 'OK' });
	});

	it('says where a new token is made when this one is wrong', async () => {
		const { status, message } = await check({ token: 'wrong-token' });
		expect(status).toBe('Error');
		expect(message).toMatch(/does not accept this token.*Settings > Integrations > API/);
		expect(message).not.toContain('wrong-token');
	});

	it.each([['v1', 'v3'], ['v3', 'api']] as const)('points to Kind of Token when %s is chosen for the other token', async (generation, name) => {
		const { status, message } = await check({ generation, token: sandbox.kinbox.tokens[name] });
		expect(status).toBe('Error');
		expect(message).toContain("'Kind of Token'");
	});

	it('points to Host when the server is not Kinbox, or nobody is there', async () => {
		const other = await check({ token: sandbox.kinbox.tokens.v3, host: sandbox.chatwoot.url });
		expect(other.status).toBe('Error');
		expect(other.message).toContain("'Host'");
		const nobody = await check({ token: sandbox.kinbox.tokens.v3, host: 'http://127.0.0.1:9' });
		expect(nobody.status).toBe('Error');
		sandbox.violations.length = 0;
	});
});

/** Sends a request with the credential alone, as n8n's Custom API Call and HTTP Request nodes do. */
class CustomApiCall implements INodeType {
	description = {
		...new Kinbox().description,
		name: 'customApiCall',
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
	} as INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = this.getNodeParameter('url', 0) as string;
		const json = await this.helpers.httpRequestWithAuthentication.call(this, 'kinboxApi', { url, json: true });
		return [[{ json }]];
	}
}

it.each(['v3', 'v1'] as const)('opens a Custom API Call (%s)', async (generation) => {
	const token = generation === 'v3' ? sandbox.kinbox.tokens.v3 : sandbox.kinbox.tokens.api;
	const result = await runNode(CustomApiCall, { url: `${sandbox.kinbox.url}/${generation}/contacts?limit=1` }, {
		credentials: [KinboxApi],
		credentialValues: { kinboxApi: { generation, token: `Bearer ${token}`, host: sandbox.kinbox.url } },
	});
	expect(result.error).toBeUndefined();
	expect(result.rows[0]).toMatchObject({ data: [expect.objectContaining({ name: expect.any(String) })] });
	expect(result.visibleText()).not.toContain(token);
});
