/** Each credential's live test, as the credential window runs it, against the sandbox. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import { sandboxCredentialData } from './examples';
import { freePorts } from './n8n';
import { sharedN8n, type SharedN8n } from './shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
/** A port nobody listens on. */
let closedUrl: string;

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  closedUrl = `http://127.0.0.1:${(await freePorts(1))[0]}`;
});

afterAll(async () => {
  expect(sandbox.violations).toEqual([]);
  await sandbox.close();
});

const types = ['kinboxApi', 'chatwootAccessTokenApi', 'callbellApi'] as const;
const tokenField = { kinboxApi: 'token', chatwootAccessTokenApi: 'accessToken', callbellApi: 'token' } as const;
const urlField = { kinboxApi: 'host', chatwootAccessTokenApi: 'url', callbellApi: 'baseUrl' } as const;

async function result(type: (typeof types)[number], change: ICredentialDataDecryptedObject = {}) {
  return await n8n.client.testCredential(type, { ...sandboxCredentialData(sandbox)[type], ...change });
}

describe.each(types)('%s', (type) => {
  test('a good token is accepted, and the test asks the vendor with it', async () => {
    sandbox.requests.length = 0;
    expect(await result(type)).toEqual({ status: 'OK', message: expect.any(String) });
    expect(sandbox.requests).toHaveLength(1);
    expect(sandbox.requests[0]).toMatchObject({ status: 200, token: { kinboxApi: 'v3', chatwootAccessTokenApi: 'administrator', callbellApi: 'token' }[type] });
  });

  test('spaces around the values do no harm', async () => {
    const data = sandboxCredentialData(sandbox)[type];
    const change = { [tokenField[type]]: ` ${String(data[tokenField[type]])} `, [urlField[type]]: ` ${String(data[urlField[type]])}/ ` };
    expect(await result(type, change)).toMatchObject({ status: 'OK' });
  });

  test('a wrong token is refused with what to do', async () => {
    const { status, message } = await result(type, { [tokenField[type]]: 'not-a-token' });
    expect(status).toBe('Error');
    expect(message).toMatch(/does not accept this (access )?token\. (Make a new one|Copy it again)/);
    expect(message).not.toContain('not-a-token');
  });

  test('an address where nobody answers is named as such', async () => {
    const { status, message } = await result(type, { [urlField[type]]: closedUrl });
    expect(status).toBe('Error');
    expect(message).toMatch(/ECONNREFUSED|refused/);
  });

  test('an address that is not the vendor is refused with what to do', async () => {
    const { status, message } = await result(type, { [urlField[type]]: `${sandbox.control.url}/elsewhere` });
    expect(status).toBe('Error');
    expect(message).toMatch(/Check '(Host|URL|Base URL)'/);
  });
});

test('Kinbox: the API token works as what it is, and is refused as a Token V3', async () => {
  const token = sandbox.kinbox.tokens.api;
  expect(await result('kinboxApi', { generation: 'v1', token })).toMatchObject({ status: 'OK' });
  const { status, message } = await result('kinboxApi', { generation: 'v3', token });
  expect(status).toBe('Error');
  expect(message).toContain("'Kind of Token'");
});

test('Kinbox and Callbell: a pasted "Bearer " in front of the token does no harm', async () => {
  expect(await result('kinboxApi', { token: `Bearer ${sandbox.kinbox.tokens.v3}` })).toMatchObject({ status: 'OK' });
  expect(await result('callbellApi', { token: `Bearer ${sandbox.callbell.token}` })).toMatchObject({ status: 'OK' });
});

test('Chatwoot: the address copied from the browser works', async () => {
  expect(await result('chatwootAccessTokenApi', { url: `${sandbox.chatwoot.url}/app/accounts/1/conversations/12` })).toMatchObject({ status: 'OK' });
});
