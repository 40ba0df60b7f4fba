import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Access, Task, VendorName } from './types';

/** One call as every client of the comparison makes it. */
export interface WriteCall {
  method: 'POST' | 'PATCH';
  /** `{id}` stands for the `id` of the row. */
  path: string;
  /** Keys of the body, with the key of the row that fills it. */
  body: Record<string, string>;
}

export interface ListCall {
  path: string;
  query: Record<string, string | number>;
  pageSize: number;
  /** The query parameter that moves on, and by how much for each page. */
  move: { parameter: string; first: number; step: number };
  /** Keys of the answer: rows, and how many there are in the whole list (dots reach inside). */
  rows: string;
  total: string;
}

/** What the comparison knows of a vendor: the same calls for each client, and how our node is told to make them. */
export interface VendorCalls {
  /** Folder of the built node, and its class. */
  node: string;
  credentialType: string;
  /** Class of the built credential type. */
  credential: string;
  credentialValues(access: Access): ICredentialDataDecryptedObject;
  headers(access: Access): Record<string, string>;
  baseUrl(access: Access): string;
  /** Input row number `index`; `id` is given when the contact exists. */
  row(index: number, id?: string): IDataObject;
  create: WriteCall;
  update: WriteCall;
  list: ListCall;
  /** Parameters of our node. */
  parameters: Record<Task, INodeParameters>;
}

/** The key in another system, by which the contacts of a run are found again. */
export const keyOf = (index: number): string => `bench-${index}`;
export const changedName = (index: number): string => `Ana Souza ${index} changed`;

const row = (index: number, id: string | undefined, phonePrefix: string): IDataObject => ({
  ...(id === undefined ? {} : { id }),
  name: id === undefined ? `Ana Souza ${index}` : changedName(index),
  email: `bench.${index}@example.com`,
  // Mobile numbers of Fortaleza; the vendors look at length and digits.
  phone: `${phonePrefix}55859${80_000_001 + index}`,
  externalId: keyOf(index),
});

const locator = (value: string) => ({ __rl: true, mode: 'id', value });

export const vendors: Record<VendorName, VendorCalls> = {
  chatwoot: {
    node: 'Chatwoot',
    credentialType: 'chatwootAccessTokenApi',
    credential: 'ChatwootAccessTokenApi',
    credentialValues: ({ chatwoot }) => ({ url: chatwoot.url, accessToken: chatwoot.token, accountId: String(chatwoot.accountId) }),
    headers: ({ chatwoot }) => ({ 'api-access-token': chatwoot.token }),
    baseUrl: ({ chatwoot }) => `${chatwoot.url}/api/v1/accounts/${chatwoot.accountId}`,
    row: (index, id) => row(index, id, '+'),
    create: { method: 'POST', path: '/contacts', body: { name: 'name', email: 'email', phone_number: 'phone', identifier: 'externalId' } },
    update: { method: 'PATCH', path: '/contacts/{id}', body: { name: 'name' } },
    list: {
      path: '/contacts', query: { sort: '-created_at', include_contact_inboxes: 'false' }, pageSize: 15,
      move: { parameter: 'page', first: 1, step: 1 }, rows: 'payload', total: 'meta.count',
    },
    parameters: {
      create: { resource: 'contact', operation: 'create', name: '={{ $json.name }}', email: '={{ $json.email }}', phone: '={{ $json.phone }}', identifier: '={{ $json.externalId }}' },
      update: { resource: 'contact', operation: 'update', contactId: locator('={{ $json.id }}'), name: '={{ $json.name }}' },
      list: { resource: 'contact', operation: 'getAll', returnAll: true },
    },
  },
  kinbox: {
    node: 'Kinbox',
    credentialType: 'kinboxApi',
    credential: 'KinboxApi',
    credentialValues: ({ kinbox }) => ({ generation: 'v3', token: kinbox.token, host: kinbox.url }),
    headers: ({ kinbox }) => ({ authorization: `Bearer ${kinbox.token}` }),
    baseUrl: ({ kinbox }) => `${kinbox.url}/v3`,
    row: (index, id) => row(index, id, ''),
    create: { method: 'POST', path: '/contacts', body: { name: 'name', email: 'email', phone: 'phone', externalId: 'externalId' } },
    update: { method: 'PATCH', path: '/contacts/{id}', body: { name: 'name' } },
    list: {
      path: '/contacts', query: { limit: 500 }, pageSize: 500,
      move: { parameter: 'offset', first: 0, step: 500 }, rows: 'data', total: 'totalCount',
    },
    parameters: {
      create: { resource: 'contact', operation: 'create', name: '={{ $json.name }}', email: '={{ $json.email }}', phone: '={{ $json.phone }}', additionalFields: { externalId: '={{ $json.externalId }}' } },
      update: { resource: 'contact', operation: 'update', contactId: locator('={{ $json.id }}'), name: '={{ $json.name }}' },
      list: { resource: 'contact', operation: 'getAll', returnAll: true },
    },
  },
};

/** Reads a value by a path with dots. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | null | undefined)?.[key], value);
}
