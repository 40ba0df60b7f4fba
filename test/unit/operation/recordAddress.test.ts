import { locator } from '../../../nodes/shared/descriptions/locator';
import type { App } from '../../../nodes/shared/operation/recordAddress';
import { accountInAddresses, addressPattern, readRecordAddress } from '../../../nodes/shared/operation/recordAddress';

const chatwoot: App = { vendor: { name: 'Chatwoot', pages: { account: /\/accounts\/(\d+)(?:\/|$)/ } }, baseUrl: 'https://chat.example.com' };
const kinbox: App = { vendor: { name: 'Kinbox', pages: { hosts: /(?:^|\.)kinbox\.com(?:\.br)?$/i } }, baseUrl: 'https://api4.kinbox.com.br' };
const pattern = (regex: string) => addressPattern(locator({ label: 'A', field: 'a', help: '', search: 's', record: 'a', example: '1', url: { example: 'https://chat.example.com/app/accounts/1/contacts/42', regex } }));
const contact = pattern('https?://[^\\s]*?/contacts/(\\d+)');
const message = pattern('https?://[^\\s]*?[?&]messageId=(\\d+)');

test.each([
  ['as copied', 'https://chat.example.com/app/accounts/2/contacts/42', { id: '42', account: '2' }],
  ['with what the page adds', ' https://CHAT.example.com/app/accounts/2/contacts/42?page=3#top ', { id: '42', account: '2' }],
  ['by plain http', 'http://chat.example.com/app/accounts/2/contacts/42', { id: '42', account: '2' }],
])('an address %s is read', (_how, address, reading) => {
  expect(readRecordAddress(address, contact, chatwoot)).toEqual(reading);
});

test.each([
  ['another host', 'https://other.example/app/accounts/2/contacts/42', /^is an address on other\.example, and the credential is for chat\.example\.com$/],
  ['another port', 'https://chat.example.com:8443/app/accounts/2/contacts/42', /^is an address on chat\.example\.com:8443,/],
  ['a host that only looks alike', 'https://chat.example.com.evil.example/app/accounts/2/contacts/42', /^is an address on/],
  ['our host as the name of a user', 'https://chat.example.com@evil.example/app/accounts/2/contacts/42', /^is an address on evil\.example,/],
  ['our host as text of another', 'https://evil.example/?to=https://chat.example.com/app/accounts/2/contacts/42', /^is an address on/],
  ['another kind of record', 'https://chat.example.com/app/accounts/2/conversations/42', /^is the address of something else$/],
  ['a record named behind the question mark', 'https://chat.example.com/app/accounts/2/conversations/7?back=/contacts/42', /^is the address of something else$/],
  ['a number with letters behind it', 'https://chat.example.com/app/accounts/2/contacts/42abc', /^is the address of something else$/],
  ['no address', 'https://', /^is not an address that can be read$/],
  ['a very long one', `https://chat.example.com/${'a'.repeat(3000)}/contacts/42`, /^is not an address that can be read$/],
])('%s is refused', (_what, address, what) => {
  expect(readRecordAddress(address, contact, chatwoot)).toMatchObject({ what: expect.stringMatching(what) });
});

test('a message stands behind the question mark', () => {
  expect(readRecordAddress('https://chat.example.com/app/accounts/2/conversations/7?messageId=5012&x=1', message, chatwoot)).toEqual({ id: '5012', account: '2' });
});

test('a Chatwoot below a path is not its neighbour', () => {
  const below = { ...chatwoot, baseUrl: 'https://example.com/chat' };
  expect(readRecordAddress('https://example.com/chat/app/accounts/2/contacts/42', contact, below)).toEqual({ id: '42', account: '2' });
  expect(readRecordAddress('https://example.com/other/app/accounts/2/contacts/42', contact, below)).toHaveProperty('what');
});

test('apps whose pages are elsewhere than their API', () => {
  expect(readRecordAddress('https://app.kinbox.com.br/contacts/7', contact, kinbox)).toEqual({ id: '7', account: undefined });
  expect(readRecordAddress('https://kinbox.com.br.evil.example/contacts/7', contact, kinbox)).toHaveProperty('what');
});

test('the first address names the account for the lists of the editor', () => {
  const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });
  expect(accountInAddresses([{ __rl: true, mode: 'id', value: '7' }, byUrl('https://chat.example.com/app/accounts/3/contacts/1'), 'text'], chatwoot)).toBe('3');
  expect(accountInAddresses([byUrl('https://other.example/app/accounts/3/contacts/1')], chatwoot)).toHaveProperty('what');
  expect(accountInAddresses([], chatwoot)).toBeUndefined();
});
