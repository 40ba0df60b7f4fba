import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from './index';

export interface CallOptions {
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Caller = (method: string, path: string, options?: CallOptions) => Promise<AxiosResponse<any>>;

/** Names as they are, repeated for lists: axios would change `labels[]`. */
function serialize(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map((one) => [name, String(one)]));
  return new URLSearchParams(pairs).toString();
}

/** Calls an address as it is: every status is an answer, nothing is retried or parsed by guess. */
export function caller(url: string, headers: Record<string, string>): Caller {
  return (method, path, { query, body, headers: more } = {}) => axios.request({
    method, url: url + path, params: query, data: body, headers: { ...headers, ...more }, validateStatus: () => true, proxy: false, maxRedirects: 0,
    paramsSerializer: { serialize },
  });
}

/** The three vendors with their usual tokens. */
export function callers(sandbox: Sandbox): { kinboxV3: Caller; kinboxV1: Caller; chatwoot: Caller; agent: Caller; callbell: Caller } {
  const { kinbox, chatwoot, callbell } = sandbox;
  const account = `${chatwoot.url}/api/v1/accounts/${chatwoot.accountId}`;
  return {
    kinboxV3: caller(kinbox.url, { authorization: `Bearer ${kinbox.tokens.v3}` }),
    kinboxV1: caller(kinbox.url, { authorization: `Bearer ${kinbox.tokens.api}` }),
    chatwoot: caller(account, { 'api-access-token': chatwoot.tokens.administrator }),
    agent: caller(account, { api_access_token: chatwoot.tokens.agent }),
    callbell: caller(callbell.url, { authorization: `Bearer ${callbell.token}` }),
  };
}
