import { sendParts, textParts, type TextParts } from '../../../nodes/shared/message/textParts';
import type { HttpClient } from '../../../nodes/shared/http/httpClient';
import type { Item } from '../../../nodes/shared/operation/item';

const item = { refuse: (field: string, what: string) => new Error(`${field} ${what}`) } as unknown as Item;
const split = (text: string, how: Partial<TextParts> = {}) => textParts(item, 'content', text, { by: 'blankLines', most: 1000, pause: 0, ...how });

it('splits at blank lines, lines of dashes, or by length only', () => {
  expect(split('Olá!\n\nTudo bem?\r\n \t\r\n\n- a\n- b\n')).toEqual(['Olá!', 'Tudo bem?', '- a\n- b']);
  expect(split('a\n\nb\n---\nc', { by: 'line' })).toEqual(['a\n\nb', 'c']);
  expect(split('a\n\nb\n---\nc', { by: 'length' })).toEqual(['a\n\nb\n---\nc']);
  expect(split('---', { by: 'line' })).toEqual(['---']);
});

it('cuts at lines, else sentences, else words, and loses nothing', () => {
  expect(split('Um dois. Tres quatro cinco', { most: 20 })).toEqual(['Um dois. Tres quatro', 'cinco']);
  expect(split('Um dois tres. Quatro cinco', { most: 20 })).toEqual(['Um dois tres.', 'Quatro cinco']);
  expect(split('Um dois tres\nquatro. Cinco seis', { most: 20 })).toEqual(['Um dois tres', 'quatro. Cinco seis']);
  expect(split(`Veja https://example.com/${'a'.repeat(20)}`, { most: 48 })).toHaveLength(1);
  expect(split(`Veja isto: https://example.com/${'a'.repeat(10)}`, { most: 32 })).toEqual(['Veja isto:', `https://example.com/${'a'.repeat(10)}`]);
  const long = Array.from({ length: 120 }, (_, index) => `palavra${index}${index % 9 === 0 ? '.' : ''}`).join(' ');
  const parts = split(long, { most: 100 });
  expect(parts.join(' ')).toBe(long);
  expect(parts.every((part) => part.length <= 100)).toBe(true);
  // A sign of two halves is not cut in two.
  expect(split('😀'.repeat(50), { most: 20 }).map((part) => [...part].length)).toEqual([20, 20, 10]);
});

it('refuses more messages than anybody wants', () => {
  expect(() => split('a\n\n'.repeat(21))).toThrow('content would become 21 messages, and 20 are the most');
});

it('sends one after the other, says how many are out when one fails, and stops when cancelled', async () => {
  const http = { error: (message: string) => Object.assign(new Error(message), { context: {} }) } as unknown as HttpClient;
  const sent: string[] = [];
  const send = async (text: string) => await Promise.resolve().then(() => {
    if (text === 'bad') throw new Error('no');
    return { id: sent.push(text) };
  });
  expect(await sendParts(http, ['a', 'b'], 0, send)).toEqual([{ id: 1 }, { id: 2 }]);
  await expect(sendParts(http, ['c', 'bad', 'd'], 0, send)).rejects.toThrow('Only 1 of 3 messages were sent: no');
  await expect(sendParts(http, ['bad', 'd'], 0, send)).rejects.toThrow(/^no$/);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(await sendParts({ ...http, signal: AbortSignal.abort() } as HttpClient, ['e', 'f'], 0, send)).toHaveLength(1);
});
