import { convertFieldValue, kindOfValue } from '../../../nodes/shared/values/fieldValue';

describe('convertFieldValue', () => {
  const habits = { timezone: 'America/Sao_Paulo', country: 'BR' };
  it.each<[unknown, Parameters<typeof convertFieldValue>[1], unknown]>([
    ['42', { kind: 'number' }, 42], ['4.5', { kind: 'number' }, 4.5], ['4,5 kg', { kind: 'number' }, undefined], [true, { kind: 'number' }, undefined],
    [42, { kind: 'text' }, '42'], [['a', 'b'], { kind: 'text' }, 'a, b'], [{ a: 1 }, { kind: 'text' }, '{"a":1}'],
    ['Sim', { kind: 'boolean' }, true], [0, { kind: 'boolean' }, false], ['maybe', { kind: 'boolean' }, undefined],
    ['2001-02-03', { kind: 'day' }, '2001-02-03'], ['2001-02-03T00:00:00.000Z', { kind: 'day' }, '2001-02-03'], ['2001-02-03T00:00:00-03:00', { kind: 'day' }, '2001-02-03'],
    ['2001-02-03T01:30:00Z', { kind: 'day' }, '2001-02-02'], ['2001-13-45', { kind: 'day' }, undefined], ['soon', { kind: 'day' }, undefined],
    ['2001-02-03', { kind: 'time' }, '2001-02-03T00:00:00.000Z'], ['2001-02-03T01:30:00Z', { kind: 'time' }, '2001-02-03T01:30:00.000Z'], ['soon', { kind: 'time' }, undefined],
    ['PRO', { kind: 'choice', options: ['Basic', 'Pro'] }, 'Pro'], ['Gold', { kind: 'choice', options: ['Basic'] }, undefined], [['pro'], { kind: 'choice', options: ['Pro'] }, 'Pro'], ['x', { kind: 'choice', options: [] }, 'x'],
    ['1.234,50', { kind: 'number' }, 1234.5], ['R$ 1.234,50', { kind: 'number' }, 1234.5], ['1.500', { kind: 'number' }, undefined], ['0x10', { kind: 'number' }, undefined], ['1,5', { kind: 'number' }, 1.5],
    ['VERDADEIRO', { kind: 'boolean' }, true], ['FALSO', { kind: 'boolean' }, false], ['VERDADERO', { kind: 'boolean' }, true], ['VERO', { kind: 'boolean' }, true], ['S', { kind: 'boolean' }, true], ['N', { kind: 'boolean' }, false], ['X', { kind: 'boolean' }, true], ['on', { kind: 'boolean' }, true], ['Sì', { kind: 'boolean' }, true],
    ['25/12/1990', { kind: 'day' }, '1990-12-25'], ['25.12.1990', { kind: 'day' }, '1990-12-25'], ['25/12/1990 14:30', { kind: 'day' }, '1990-12-25'], [33232, { kind: 'day' }, '1990-12-25'], ['33232', { kind: 'day' }, '1990-12-25'], ['05/12/1990', { kind: 'day' }, '1990-12-05'], ['1990-02-30', { kind: 'day' }, undefined], ['30/02/1990', { kind: 'day' }, undefined], ['25/12/90', { kind: 'day' }, undefined],
    [new Date('1990-12-24T12:00:00Z'), { kind: 'day' }, '1990-12-24'], [{ $numberDecimal: '10.5' }, { kind: 'number' }, 10.5], [{ id: 1, name: 'Café' }, { kind: 'text' }, 'Café'], [Buffer.from([1]), { kind: 'boolean' }, true], [{ formula: 'A1', result: 3 }, { kind: 'number' }, 3],
    ['25/12/1990 14:30', { kind: 'time' }, '1990-12-25T16:30:00.000Z'], [46380.375, { kind: 'time' }, '2026-12-24T12:00:00.000Z'],
    ['bread;cakes', { kind: 'list' }, ['bread', 'cakes']], ['bread|cakes', { kind: 'list' }, ['bread', 'cakes']], ['bread, cakes', { kind: 'list', options: ['Bread', 'Cakes'] }, ['Bread', 'Cakes']], ['["bread"]', { kind: 'list' }, ['bread']], [['x'], { kind: 'list', options: ['y'] }, undefined],
    ['a@b.co', { kind: 'email' }, 'a@b.co'], ['ana', { kind: 'email' }, undefined], ['{"a":1}', { kind: 'json' }, { a: 1 }], ['{', { kind: 'json' }, undefined], [null, { kind: 'text' }, undefined],
  ])('%j as %j is %j', (value, target, expected) => {
    expect(convertFieldValue(value, target, habits)).toEqual(expected === undefined ? { problem: expect.any(String) } : { value: expected });
  });

  it.each<[unknown, string]>([[true, 'boolean'], [3, 'number'], ['2001-02-03', 'day'], ['2001-02-03T00:00:00.000Z', 'day'], ['2001-02-03T10:00:00Z', 'text'], ['hi', 'text'], [['a'], 'text']])('%j is best kept as %s', (value, kind) => {
    expect(kindOfValue(value)).toBe(kind);
  });
});

test.each<[unknown, string | undefined, number | 'both']>([
  ['1,500', 'BR', 1.5], ['1,500', 'US', 1500], ['1.500', 'US', 1.5], ['1.500', 'BR', 'both'], ['1.500', undefined, 'both'], ['1,500', undefined, 'both'],
  ['1.234.567', 'BR', 1234567], ['1,234,567.8', undefined, 1234567.8], ['1.234.567,8', undefined, 1234567.8], ['0.125', 'BR', 0.125], ['-12,5', undefined, -12.5], ['1234.567', 'BR', 1234.567],
])('%p in %p is %p', (text, country, number) => {
  const read = convertFieldValue(text, { kind: 'number' }, { timezone: 'UTC', country });
  expect(read).toEqual(number === 'both' ? { problem: expect.stringMatching(/^can be 1500 or 1\.500/) } : { value: number });
});

test.each<[string, string | undefined, string | 'both']>([
  ['05/12/1990', undefined, 'both'], ['05/12/1990', 'US', '1990-05-12'], ['05/12/1990', 'ES', '1990-12-05'], ['25/12/1990', 'US', '1990-12-25'], ['12/25/1990', 'BR', '1990-12-25'], ['05/05/1990', undefined, '1990-05-05'],
])('the day %s in %p is %s', (text, country, day) => {
  const read = convertFieldValue(text, { kind: 'day' }, { timezone: 'UTC', country });
  expect(read).toEqual(day === 'both' ? { problem: 'can be 1990-12-05 or 1990-05-12; write it with the year in front' } : { value: day });
});
