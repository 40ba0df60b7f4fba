/** The tests of all credentials: the token goes to no other host, and "OK" means that the vendor has answered to it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CallbellApi } from '../../../credentials/CallbellApi.credentials';
import { ChatwootAccessTokenApi } from '../../../credentials/ChatwootAccessTokenApi.credentials';
import { KinboxApi } from '../../../credentials/KinboxApi.credentials';
import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { testCredential } from '../../harness/engine';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
const token = 'tok-0123456789abcdefghij';

async function serve(answering: Answering): Promise<string> {
  const server = createServer(answering).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const json = (body: unknown, status = 200): Answering => (_request, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const page: Answering = (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');

const vendors = [
  { name: 'Kinbox', type: KinboxApi, node: new Kinbox(), at: (url: string) => ({ host: url, token }), field: "'Host'", good: { data: [{ id: 1, placeholder: 'cpf' }] } },
  { name: 'Chatwoot', type: ChatwootAccessTokenApi, node: new Chatwoot(), at: (url: string) => ({ url, accessToken: token }), field: "'URL'", good: { id: 1, email: 'ana@example.com', pubsub_token: 'x', accounts: [{ id: 7, status: 'active' }] } },
  { name: 'Callbell', type: CallbellApi, node: new Callbell(), at: (url: string) => ({ baseUrl: `${url}/v1`, token }), field: "'Base URL'", good: { status: 'ok', user_email: 'ana@example.com', api_key: 'n8n' } },
];

describe.each(vendors)('test of the $name credential', ({ name, type, node, at, field, good }) => {
  const check = async (url: string, change = {}) => {
    const result = await testCredential(type, { ...at(url), ...change }, { node });
    expect(JSON.stringify(result)).not.toContain(token);
    return result;
  };

  it('is OK for the answer of the vendor', async () => {
    expect(await check(await serve(json(good)))).toMatchObject({ status: 'OK' });
  });

  it('follows no redirect, so that the token goes nowhere else', async () => {
    const reached: unknown[] = [];
    const other = await serve((request, response) => {
      reached.push(request.headers);
      json(good)(request, response);
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await serve((_request, response) => void response.writeHead(status, { location: `${other}/api` }).end());
      expect(await check(url)).toMatchObject({ status: 'Error', message: expect.stringContaining(`${name} redirects to ${other}. Enter that address`) });
    }
    expect(reached).toEqual([]);
  });

  it.each<[string, Answering]>([
    ['a web page', page],
    ['JSON of something else', json({ ok: true, message: 'hello' })],
    ['a list', json([{ id: 1 }])],
    ['null', json(null)],
    ['an empty object', json({})],
    ['nothing', (_request, response) => void response.writeHead(200).end()],
    ['names of everything', json(JSON.parse('{"__proto__":{"data":[]},"constructor":1,"data":"x","accounts":{},"status":"up"}'))],
    ['a page of an address that does not exist', (_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>')],
    ['JSON of an address that does not exist', json({ error: 'not found' }, 404)],
  ])('says that it is not the vendor: %s', async (_what, answering) => {
    const { status, message } = await check(await serve(answering));
    expect({ status, message }).toEqual({ status: 'Error', message: expect.stringMatching(new RegExp(`^This address does not answer like ${name}\\. Check ${field}`)) });
  });

  it('tells a firewall and a proxy with a password from the vendor', async () => {
    expect((await check(await serve((_request, response) => void response.writeHead(403, { 'content-type': 'text/html' }).end('<html>denied'))) ).message).toContain(`Something in front of ${name} refused the request`);
    expect((await check(await serve((_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()))).message).toContain(`Something in front of ${name} asks for a user name and a password`);
    expect((await check(await serve((_request, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>')))).message).toContain('not running behind its proxy');
  });

  it('stops reading an answer that is too large or too deep', async () => {
    const huge = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const piece = 'x'.repeat(1024 * 1024);
      const more = () => { while (!response.destroyed && response.write(piece)); };
      response.on('drain', more).on('error', () => undefined);
      more();
    });
    expect((await check(huge)).message).toContain('is too large');
    expect((await check(await serve((_request, response) => void response.writeHead(200).end('['.repeat(100_000))))).status).toBe('Error');
  });

  it('says what is wrong with the address, before anything is sent', async () => {
    expect((await check('https://a b')).message).toContain('is not a web address');
    if (name !== 'Chatwoot') expect((await check('http://api.example.com')).message).toContain(`The address of ${name} has to begin with https://`);
    expect((await check('http://app.chatwoot.com')).status).toBe('Error');
    const closed = await serve(json(good));
    expect((await check(closed, { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example.com' })).message).toContain("'Allowed Domains'");
    expect((await check('http://127.0.0.1:9')).message).toMatch(new RegExp(`^${name} could not be reached at http://127\\.0\\.0\\.1:9\\. Nothing answers there \\(ECONNREFUSED\\)`));
    // A server without encryption where https is expected.
    expect((await check(closed.replace('http:', 'https:'))).message).toContain('does not speak https');
  });
});

describe('account of the Chatwoot credential', () => {
  const profile = { id: 1, email: 'ana@example.com', pubsub_token: 'x', accounts: [{ id: 1, status: 'active' }, { id: 3, status: 'suspended' }] };
  const check = async (accountId: string, body: unknown = profile, rest = '') => await testCredential(ChatwootAccessTokenApi, { url: `${await serve(json(body))}${rest}`, accessToken: token, accountId }, { node: new Chatwoot() });

  it('is OK when the token sees it', async () => {
    expect(await check('1')).toMatchObject({ status: 'OK' });
    expect(await check('')).toMatchObject({ status: 'OK' });
    expect(await check('', profile, '/app/accounts/1/dashboard')).toMatchObject({ status: 'OK' });
  });

  it('is refused when the token does not see it, whichever way it is named', async () => {
    for (const result of [await check('2'), await check('', profile, '/app/accounts/2/dashboard')]) {
      expect(result).toMatchObject({ status: 'Error', message: "The access token is good, but it does not see account 2. It sees 1, 3; change 'Default Account ID' or 'URL'." });
    }
    expect((await check('3')).message).toContain('Chatwoot has suspended account 3');
    expect((await check('one')).message).toContain("'Default Account ID' is not a number");
    expect((await check('', { ...profile, accounts: [] })).message).toContain('belongs to no account');
    expect((await check('', { ...profile, accounts: [null, 'x', {}] })).message).toContain('belongs to no account');
  });
});
