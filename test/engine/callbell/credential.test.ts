import { CallbellApi } from '../../../credentials/CallbellApi.credentials';
import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runNode, testCredential } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const check = async (fields: Record<string, string>) => await testCredential(CallbellApi, { token: sandbox.callbell.token, baseUrl: sandbox.callbell.url, ...fields }, { node: new Callbell() });

/** What n8n's "Custom API Call" does: it hands over to the HTTP Request node, which sends any call with our credential. */
class AnyCall implements INodeType {
  description = {
    displayName: 'Any Call', name: 'anyCall', group: ['transform'], version: 1, description: '', defaults: { name: 'Any Call' }, inputs: ['main'], outputs: ['main'],
    credentials: [{ name: 'callbellApi', required: true }], properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
  } as unknown as INodeTypeDescription;

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [[{ json: await this.helpers.httpRequestWithAuthentication.call(this, 'callbellApi', { url: String(this.getNodeParameter('url', 0)), json: true }) }]];
  }
}

it("works for n8n's Custom API Call", async () => {
  const result = await runNode(AnyCall, { url: `${sandbox.callbell.url}/plan` }, { credentials: [CallbellApi], credentialValues: { callbellApi: { token: `Bearer ${sandbox.callbell.token}`, baseUrl: sandbox.callbell.url } } });
  expect(result.error).toBeUndefined();
  expect(result.rows[0]).toMatchObject({ plan: 'chat_management_plus' });
  expect(sandbox.requests[0]?.headers.authorization).toBe('Bearer <token>');
});

describe('credential', () => {
  it('is good with the token, asking /auth/me', async () => {
    expect(await check({})).toMatchObject({ status: 'OK' });
    expect(sandbox.requests.map(({ method, path, token }) => ({ method, path, token }))).toEqual([{ method: 'GET', path: '/v1/auth/me', token: 'token' }]);
    expect(sandbox.violations).toEqual([]);
  });

  it.each([['Bearer '], ['bearer '], ['  Bearer  '], ['Bearer Bearer ']])('strips "%s" in front of the token', async (prefix) => {
    expect(await check({ token: `${prefix}${sandbox.callbell.token} ` })).toMatchObject({ status: 'OK' });
    expect(sandbox.requests[0]?.headers.authorization).toBe('Bearer <token>');
  });

  it('tolerates slashes at the end of the base URL', async () => {
    expect(await check({ baseUrl: ` ${sandbox.callbell.url}// ` })).toMatchObject({ status: 'OK' });
  });

  it('tells where to get a token when it is wrong', async () => {
    const { status, message, logs } = await check({ token: 'wrongTokenOfSomeone' });
    expect(status).toBe('Error');
    expect(message).toMatch(/does not accept this token.*Settings > API settings > API keys/);
    expect(JSON.stringify(logs)).not.toContain('wrongTokenOfSomeone');
  });

  it('tells that a plan may lack the API', async () => {
    sandbox.inject({ kind: 'status', vendor: 'callbell', status: 403 });
    expect((await check({})).message).toMatch(/plan of the account/);
  });

  it('tells that the base URL leads elsewhere', async () => {
    expect((await check({ baseUrl: `${sandbox.callbell.url}/nowhere` })).message).toMatch(/Check 'Base URL'/);
  });

  it('tells that nothing answers there', async () => {
    const { status, message } = await check({ baseUrl: 'http://127.0.0.1:9' });
    expect({ status, message }).toEqual({ status: 'Error', message: expect.stringMatching(/^Callbell could not be reached at http:\/\/127\.0\.0\.1:9\. Nothing answers there \(ECONNREFUSED\)/) });
  });
});
