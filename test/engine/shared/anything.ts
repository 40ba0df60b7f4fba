/** What anybody may write, and what a service may answer, where a plain value belongs. */
import fc from 'fast-check';

/** The seed of a run; printed, so that `SEED=… npx jest …` repeats it. */
export function seedOf(file: string): number {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`${file}: SEED=${seed}\n`);
  return seed;
}

/** Lists and objects inside each other; fast-check itself can print some hundred levels only. */
export const nested = (levels: number, inner: unknown): unknown => Array.from({ length: levels }).reduce<unknown>((value, _, level) => (level % 2 ? [value] : { a: value }), inner);

/** Names that every object of JavaScript has; data may be called so. */
export const namesOfEverything = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];

/** An object as JSON gives it, with a key that is called as an object's own parts are. */
const called = (name: string, value: unknown): unknown => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

const texts = [
  '', ' ', ',', ',,', '\u0000\u0007', '\ud800', '<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '{', '{}', '[', '[null]', 'null', '{"a":', `${'['.repeat(3000)}${']'.repeat(3000)}`, `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '[{"constructor":null},null]', '{constructor}', '{{constructor}}', '{__proto__}',
  '%', '%%', '%E9', 'caf%E9.pdf', '%E0%A4%A', 'https://x.example/%E9?a=%', 'https://', 'https://[', 'http://[::1', '.', '..', '../../etc/passwd', '?limit=0&x', 'a@b', '@', '+', '-1', '0', '1e999', 'NaN', 'true', '2026-02-30', '9'.repeat(400), 'x'.repeat(20_000),
  ...namesOfEverything,
];
const lists = [[], [null], [null, null], ['vip', null], [undefined, 'x'], [[[null]]], [{}], [{ id: null }, null, 'x'], [{ name: null }], [0, -1], [Number.MAX_SAFE_INTEGER], namesOfEverything];
const objects = [{}, { id: null }, { value: null }, { name: {} }, { toString: null }, { length: 3 }, { toISO: 'x' }, { then: 1 }, { data: [null] }, nested(40, null), nested(300, 'x'), ...namesOfEverything.flatMap((name) => [called(name, null), called(name, 'x'), called(name, [null]), called(name, { name: 'x' })])];

export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...texts) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, -1, -0, 0.5, 1e308, Number.MAX_SAFE_INTEGER, true, ...lists) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...objects) },
  { weight: 2, arbitrary: fc.anything({ maxDepth: 3, maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** As n8n and HTTP carry data. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null') as unknown;

/** Every way to a value inside another. */
export function waysOf(value: unknown, way: string[] = []): string[][] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, one]) => waysOf(one, [...way, key])) : [];
  return [way, ...below];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A copy with another value at the end of a way; as it is where the way is not there any more. */
export function changed(whole: unknown, [key, ...way]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (!isRecord(whole)) return whole;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(whole) ? [...(whole as unknown[])] : { ...whole };
  Object.defineProperty(copy, key, { value: changed(Object.hasOwn(whole, key) ? whole[key] : undefined, way, value), enumerable: true, writable: true, configurable: true });
  return copy;
}

/** A value with one to three of the values in it replaced, or with further keys. */
export const variant = (whole: object): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(fc.constantFrom(...waysOf(whole)), fc.option(fc.constantFrom('attachments', ...namesOfEverything), { nil: undefined, freq: 4 }), hostile), { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<unknown>((one, [way, further, value]) => changed(one, further === undefined ? way : [...way, further], value), whole));
