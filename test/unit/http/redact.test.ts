import { redactor } from '../../../nodes/shared/http/redact';

const token = 'kX9v2Lq7Wm4Zt8Rb1Yc6Nd3Pf5Gh0JsQaUeIoTrEwVyBzMnKlDxCf';
const redact = redactor([token]);

/** Characters of the secret in a row that are left in a text. */
function longestLeft(text: string, secret = token): number {
  const bare = text.replace(/\s/g, '');
  for (let length = secret.length; length > 0; length -= 1) {
    for (let at = 0; at + length <= secret.length; at += 1) if (bare.includes(secret.slice(at, at + length))) return length;
  }
  return 0;
}

test.each([
  ['as it is', `Bearer ${token} is wrong`, 'Bearer *** is wrong'],
  ['twice', `${token} and ${token}`, '*** and ***'],
  ['cut off at its end', `the token ${token.slice(0, 32)}… is wrong`, 'the token ***… is wrong'],
  ['cut off at its beginning', `…${token.slice(20)} is wrong`, '…*** is wrong'],
  ['with a line break inside', `a ${token.slice(0, 20)}\r\n ${token.slice(20)} b`, 'a *** b'],
  ['in a URL', `https://x.example/?token=${token}&a=1`, 'https://x.example/?token=***&a=1'],
])('%s', (_name, text, expected) => {
  expect(redact(text)).toBe(expected);
});

test.each([
  ['alone', token], ['as a password', `user:${token}`], ['after one more sign', `u:${token}`], ['between', `api:${token}:x`],
])('base64, %s', (_name, text) => {
  const encoded = Buffer.from(text).toString('base64');
  // What is left decodes to less than a fourth of the secret.
  const left = redact(`Basic ${encoded} was sent`).replace('Basic ', '').replace(' was sent', '').split('***').filter((part) => !part.includes('*'));
  for (const part of left) for (const shift of [0, 1, 2, 3]) expect(longestLeft(Buffer.from(part.slice(shift), 'base64').toString('latin1'))).toBeLessThan(12);
});

test('special signs in a secret are found as JSON and percent-encoding write them', () => {
  const secret = 'a"b\\c/d+e&f g?h=ij';
  const other = redactor([secret]);
  expect(other(`x ${JSON.stringify(secret)} y ${encodeURIComponent(secret)} z`)).toBe('x "***" y *** z');
});

test('a short secret is blackened as a whole, a very short one is no secret', () => {
  expect(redactor(['abcd'])('xx abcd yy abc')).toBe('xx *** yy abc');
  expect(redactor(['abc', ''])('abc stays')).toBe('abc stays');
});

test('texts without a secret stay as they are', () => {
  const text = 'Name  is\tempty\n'.repeat(100);
  expect(redact(text)).toBe(text);
});
