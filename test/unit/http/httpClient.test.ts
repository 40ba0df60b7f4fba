import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { HttpClient, path, type Vendor } from '../../../nodes/shared/http/httpClient';
import { messageIn } from '../../../nodes/shared/http/answers';

/** A context that answers from a list; it records what n8n would have been asked to send. */
function contextWith(answers: Array<{ statusCode: number; body: unknown; headers?: object }>) {
  const sent: IHttpRequestOptions[] = [];
  const context = {
    getNode: () => ({ name: 'Test', credentials: {} }),
    getExecutionCancelSignal: () => undefined,
    helpers: {
      async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
        sent.push(options);
        return { headers: {}, ...answers[Math.min(sent.length, answers.length) - 1]! };
      },
    },
  };
  return { context: context as unknown as IExecuteFunctions, sent };
}

const vendor: Vendor = { name: 'Test', credential: 'testApi', limit: {}, parallelRequests: 1, plainHttp: () => true, explain: () => undefined };
let bases = 0;
const client = (answers: Parameters<typeof contextWith>[0], changed: Partial<Vendor> = {}, secrets: string[] = []) => {
  const { context, sent } = contextWith(answers);
  bases += 1;
  return { sent, http: new HttpClient(context, { ...vendor, ...changed }, { baseUrl: `http://base${bases}`, secrets, timeout: 1000, giveUpAfter: 1000 }) };
};

test('paths encode what is filled in', () => {
  expect(path`/contacts/${'a/b?c'}/notes/${7}`).toBe('/contacts/a%2Fb%3Fc/notes/7');
});

test('queries leave out what is empty and write lists as Rails reads them', async () => {
  const { http, sent } = client([{ statusCode: 200, body: {} }]);
  await http.request({ method: 'GET', path: '/x', query: { a: 1, b: '', c: undefined, d: null, e: ['p', 'q r'], f: false, g: 0 } });
  expect(sent[0]!.url).toMatch(/\/x\?a=1&e%5B%5D=p&e%5B%5D=q\+r&f=false&g=0$/);
});

test('an empty object is sent as a body, and redirects are not followed', async () => {
  const { http, sent } = client([{ statusCode: 200, body: {} }]);
  await http.request({ method: 'POST', path: '/x', body: {} });
  expect(sent[0]).toMatchObject({ body: '{}', disableFollowRedirect: true, headers: { 'Content-Type': 'application/json' } });
});

test('a file comes as bytes, and a refusal in its place as what the vendor says', async () => {
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
  const good = client([{ statusCode: 200, body: bytes }]);
  expect(await good.http.request({ method: 'GET', path: '/file', expect: 'bytes' })).toBe(bytes);
  expect(good.sent[0]).toMatchObject({ encoding: 'stream', headers: { Accept: '*/*' } });
  for (const body of [Buffer.from('{"error":"No such file"}'), new TextEncoder().encode('{"error":"No such file"}').buffer]) {
    const { http } = client([{ statusCode: 422, body }]);
    await expect(http.request({ method: 'GET', path: '/file', expect: 'bytes' })).rejects.toThrow('Test refused the request: No such file');
  }
  const { http } = client([{ statusCode: 400, body: Buffer.from('no JSON') }]);
  await expect(http.request({ method: 'GET', path: '/file', expect: 'bytes' })).rejects.toThrow('Test refused the request: no JSON');
});

test('a list of records holds records, whatever stands between them; numbers keep their places', async () => {
  const answer = async (body: unknown) => await client([{ statusCode: 200, body: Buffer.from(JSON.stringify(body)) }]).http.request<unknown>({ method: 'GET', path: '/x' });
  expect(await answer([null, { id: 1 }, null])).toEqual([{ id: 1 }]);
  expect(await answer({ payload: [null, { id: 1, custom: [null, { a: 1 }] }], meta: null })).toEqual({ payload: [{ id: 1, custom: [null, { a: 1 }] }], meta: null });
  expect(await answer({ data: { labels: [null], values: [1, null, 3], rows: [{ id: 1 }, null] } })).toEqual({ data: { labels: [], values: [1, null, 3], rows: [{ id: 1 }] } });
});

test('what an answer holds can be made text, whatever its keys are called', async () => {
  const { http } = client([{ statusCode: 200, body: Buffer.from('{"name":{"toString":null},"list":[{"\\u0074oString":1}],"__proto__":{"a":1}}') }]);
  const body = await http.request<Record<string, unknown>>({ method: 'GET', path: '/x' });
  expect([`${String(body.name)}`, String({ ...(body.name as object) }), String(body.list)]).toEqual(['[object Object]', '[object Object]', '[object Object]']);
  expect(JSON.stringify(body)).toBe('{"name":{"toString":null},"list":[{"toString":1}],"__proto__":{"a":1}}');
});

test('what means throttled is waited out, whatever its status', async () => {
  const { http, sent } = client(
    [{ statusCode: 422, body: { error: 'Too many messages' } }, { statusCode: 200, body: { id: 1 } }],
    { throttles: ({ status, body }) => status === 422 && /too many/i.test(messageIn(body) ?? '') },
  );
  expect(await http.request({ method: 'POST', path: '/x', body: { a: 1 } })).toEqual({ id: 1 });
  expect(sent).toHaveLength(2);
  expect(http.tally).toEqual({ requests: 2, retried: 0, throttled: 1 });
});

test('a narrower limit holds its own calls back, and only those', async () => {
  const { http } = client([{ statusCode: 200, body: {} }], {
    furtherLimits: ({ path: at }) => (at === '/slow' ? [{ key: 'slow', limit: { requests: 1, windowMs: 100 } }] : []),
  });
  const time = async (at: string) => {
    const started = Date.now();
    for (let count = 0; count < 6; count += 1) await http.request({ method: 'GET', path: at });
    return Date.now() - started;
  };
  expect(await time('/fast')).toBeLessThan(200);
  expect(await time('/slow')).toBeGreaterThan(350);
});

test('no secret appears in a message', async () => {
  const { http } = client([{ statusCode: 400, body: { message: 'bad token s3cr3t-value' } }], {}, ['s3cr3t-value']);
  await expect(http.request({ method: 'GET', path: '/x' })).rejects.toThrow(/bad token \*\*\*/);
});

test.each<[unknown, string | undefined]>([
  [{ message: ['name is empty', 'phone is wrong'] }, 'name is empty; phone is wrong'],
  [{ error: { identifier: ["can't be blank"] } }, "identifier can't be blank"],
  [{ errors: ['You need to sign in'] }, 'You need to sign in'],
  [{ status: 500, error: 'Internal Server Error' }, 'Internal Server Error'],
  ['Retry later\n', 'Retry later'],
  ['<html>nginx</html>', undefined],
  ['', undefined],
  [null, undefined],
  [{ message: { nested: { deeper: {} } } }, undefined],
  [{ message: 'a\u0000b\u001b[31m' }, 'a b [31m'],
])('messageIn(%j)', (body, text) => {
  expect(messageIn(body)).toBe(text);
});

test('all nodes of a process share the limit of a credential; another credential has its own', async () => {
  const limit = { requests: 1, windowMs: 50 };
  const timed = async (credentialIds: string[]) => {
    bases += 1;
    const clients = credentialIds.map((id) => {
      const { context } = contextWith([{ statusCode: 200, body: {} }]);
      Object.assign(context, { getNode: () => ({ name: `Node ${id}`, credentials: { testApi: { id, name: id } } }) });
      return new HttpClient(context, { ...vendor, limit }, { baseUrl: `http://base${bases}`, secrets: [], timeout: 1000, giveUpAfter: 1000 });
    });
    const started = Date.now();
    await Promise.all(clients.map(async (http) => {
      for (let count = 0; count < 8; count += 1) await http.request({ method: 'GET', path: '/x' });
    }));
    return Date.now() - started;
  };
  // Sixteen requests at 20 a second take about 0.75 s together, eight about 0.35 s.
  const together = await timed(['one', 'one']);
  const apart = await timed(['one', 'two']);
  expect(together).toBeGreaterThan(650);
  expect(apart).toBeLessThan(together - 150);
});
