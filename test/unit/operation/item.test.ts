import fc from 'fast-check';
import type { IExecuteFunctions, INode, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { locator } from '../../../nodes/shared/descriptions/locator';
import { Item } from '../../../nodes/shared/operation/item';

const properties: INodeProperties[] = [
  { displayName: 'Contact Name', name: 'name', type: 'string', default: '' },
  { displayName: 'Start', name: 'start', type: 'dateTime', default: '' },
  {
    displayName: 'Additional Fields', name: 'extra', type: 'collection', default: {},
    options: [
      { displayName: 'Avatar URL', name: 'avatar', type: 'string', default: '' },
      locator({ label: 'Inbox', field: 'inbox', help: '', search: 'searchInboxes', record: 'an inbox', example: '3', url: { example: 'https://chat.example.com/app/accounts/1/inbox/9', regex: 'https?://[^\\s]*?/inbox(?:es)?/(\\d+)' } }),
      {
        displayName: 'Rows', name: 'rows', type: 'fixedCollection', default: {},
        options: [{ displayName: 'Row', name: 'row', values: [{ displayName: 'Row Value', name: 'value', type: 'string', default: '' }] }],
      },
    ],
  },
];
const node: INode = { id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };

/** An item whose parameters are given; nothing else of n8n is needed to read fields. */
function itemWith(values: Record<string, unknown>, timezone = 'America/Fortaleza'): Item {
  const context = { getNode: () => node, getTimezone: () => timezone, getNodeParameter: (name: string) => values[name] };
  return new Item(context as unknown as IExecuteFunctions, 3, properties);
}

const refusal = (read: () => unknown): NodeOperationError => {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(NodeOperationError);
    return error as NodeOperationError;
  }
  throw new Error('nothing was refused');
};

test('a refusal names the field as the editor shows it, and the item', () => {
  const error = refusal(() => itemWith({ name: '  ' }).required('name'));
  expect(error.message).toBe("'Contact Name' is empty [item 3]");
  expect(error.context.itemIndex).toBe(3);
  expect(error.description).toContain('Contact Name');
});

test('fields inside collections and rows are named, too', () => {
  const extra = itemWith({ extra: { avatar: 'no address', rows: { row: [{ value: {} }] } } }).collection('extra');
  expect(refusal(() => extra.url('avatar')).message).toBe("'Avatar URL' is not a web address [item 3]");
  expect(refusal(() => extra.rows('rows', 'row')[0]!.text('value')).message).toBe("'Row Value' is an object, not text [item 3]");
});

test('empty means not filled in', () => {
  for (const empty of ['', null, undefined]) {
    const item = itemWith({ name: empty });
    expect([item.text('name'), item.number('name'), item.boolean('name'), item.email('name'), item.url('name'), item.date('name'), item.list('name'), item.object('name'), item.locator('name'), item.phone('name', 'BR')]).toEqual(Array(10).fill(undefined));
  }
});

describe('dates', () => {
  test.each<[string, unknown, string]>([
    ['the picker, local to the workflow', '2026-12-24T09:00:00', '2026-12-24T12:00:00.000Z'],
    ['with a zone', '2026-12-24T09:00:00Z', '2026-12-24T09:00:00.000Z'],
    ['a Date', new Date('2026-12-24T09:00:00Z'), '2026-12-24T09:00:00.000Z'],
    ['luxon’s DateTime', { toMillis: () => Date.parse('2026-12-24T09:00:00Z') }, '2026-12-24T09:00:00.000Z'],
    ['Unix seconds', 1_766_566_800, '2025-12-24T09:00:00.000Z'],
    ['Unix seconds as text', '1766566800', '2025-12-24T09:00:00.000Z'],
    ['milliseconds', 1_766_566_800_000, '2025-12-24T09:00:00.000Z'],
  ])('%s', (_name, value, iso) => {
    expect(itemWith({ start: value }).date('start')).toBe(iso);
  });

  test.each([['05/12/2026'], ['soon'], [{}], [true], [Number.NaN], ['2026-02-30']])('%p is refused', (value) => {
    expect(refusal(() => itemWith({ start: value }).date('start')).message).toMatch(/^'Start' (?:is not a date|is a day that does not exist|can be 2026-12-05 or 2026-05-12; write it with the year in front) \[item 3\]$/);
  });
});

test('numbers, switches and choices come from expressions, too', () => {
  const item = itemWith({ count: ' 30 ', on: 'true', off: 0, kind: 'b' });
  expect(item.number('count', { min: 1, max: 30, integer: true })).toBe(30);
  expect(item.boolean('on')).toBe(true);
  expect(item.boolean('off')).toBe(false);
  expect(item.choice('kind', ['a', 'b'] as const)).toBe('b');
  expect(refusal(() => itemWith({ count: 31 }).number('count', { max: 30 })).message).toContain('more than 30');
  expect(refusal(() => itemWith({ count: 1.5 }).number('count', { integer: true })).message).toContain('whole number');
  expect(refusal(() => itemWith({ kind: 'c' }).choice('kind', ['a', 'b'])).description).toBe('Pick one of: a, b.');
});

test('lists come as arrays or as text with commas or line breaks', () => {
  expect(itemWith({ tags: ' vip, lead\nnew ,, ' }).list('tags')).toEqual(['vip', 'lead', 'new']);
  expect(itemWith({ tags: ['vip', 7, '', null] }).list('tags')).toEqual(['vip', '7']);
  expect(refusal(() => itemWith({ tags: [{ id: 1 }] }).list('tags')).message).toContain('has an object in it');
});

test('objects come as JSON text or as they are', () => {
  expect(itemWith({ json: '{"a": 1}' }).object('json')).toEqual({ a: 1 });
  expect(itemWith({ json: { a: 1 } }).object('json')).toEqual({ a: 1 });
  for (const wrong of ['{a: 1}', '[1]', 'null', 5, [1]]) {
    expect(refusal(() => itemWith({ json: wrong }).object('json')).message).toContain('is not a JSON object');
  }
});

test('ids come from locators of any form', () => {
  expect(itemWith({ id: 42 }).locator('id')).toBe('42');
  expect(itemWith({ id: { __rl: true, mode: 'list', value: 42 } }).locator('id')).toBe('42');
  expect(refusal(() => itemWith({ id: { __rl: true, mode: 'list', value: '' } }).requiredLocator('id')).message).toBe("'id' is empty [item 3]");
  const nested = itemWith({ extra: { inbox: { mode: 'url', value: 'https://chat.example.com/app/accounts/1/inbox/9' } } }).collection('extra');
  expect(nested.locator('inbox')).toBe('9');
});

test('property: whatever a parameter holds, a reader gives a clean value or one readable refusal', () => {
  const readers: Array<(item: Item) => unknown> = [
    (item) => item.text('name'), (item) => item.required('name'), (item) => item.number('name', { min: 0, integer: true }),
    (item) => item.boolean('name'), (item) => item.choice('name', ['a']), (item) => item.email('name'), (item) => item.url('name'),
    (item) => item.phone('name', 'PT'), (item) => item.date('name'), (item) => item.list('name'), (item) => item.object('name'),
    (item) => item.rows('name', 'row').map((row) => row.text('value')), (item) => item.collection('name').text('value'),
    (item) => item.mapped('name'), (item) => item.locator('name'), (item) => item.requiredLocator('name'),
  ];
  fc.assert(
    fc.property(fc.anything({ withDate: true, withNullPrototype: true }), fc.constantFrom(...readers), (value, read) => {
      try {
        read(itemWith({ name: value }));
      } catch (error) {
        expect(error).toBeInstanceOf(NodeOperationError);
        expect((error as Error).message).toMatch(/^'.+' .+ \[item 3\]$/s);
      }
    }),
    { numRuns: 5000 },
  );
});

describe('values of databases, sheets and expressions', () => {
  test.each<[string, unknown, string]>([
    ['a linked cell', { text: 'Ana', hyperlink: 'https://example.com' }, 'Ana'],
    ['a formula', { formula: 'A1', result: 'Ana' }, 'Ana'],
    ['an option', { id: 7, name: 'Café' }, 'Café'],
    ['a list of one', [{ value: 'Ana' }], 'Ana'],
  ])('%s is its text', (_what, value, text) => expect(itemWith({ name: value }).text('name')).toBe(text));

  test.each(['Itens: [object Object]', 'Olá undefined, seu pedido saiu', 'Total: NaN', 'undefined', '[object Promise]'])('"%s" never leaves', (text) => {
    expect(refusal(() => itemWith({ name: text }).text('name')).message).toMatch(/^'Contact Name' has "(?:\[object \w+\]|undefined|NaN)" in it \[item 3\]$/);
  });

  test.each(["typeof x === 'undefined'", 'isNaN(x)', 'Nanette', 'my_undefined', '`undefined`'])('"%s" is a text', (text) => expect(itemWith({ name: text }).text('name')).toBe(text));

  test('a date has to say how it is written', () => {
    expect(refusal(() => itemWith({ name: new Date(0) }).text('name')).message).toBe("'Contact Name' is a date, not text [item 3]");
  });

  test.each<[unknown, number]>([['1.234,50', 1234.5], ['12,5', 12.5], [{ $numberDecimal: '10.5' }, 10.5]])('%p is the number %p', (value, number) => expect(itemWith({ name: value }).number('name')).toBe(number));

  test('a number that can be two is refused with both', () => {
    expect(refusal(() => itemWith({ name: '1.500' }).number('name')).message).toBe("'Contact Name' can be 1500 or 1.500; write 1500 or 1.5 [item 3]");
  });

  test.each<[unknown, string]>([[46380.375, '2026-12-24T12:00:00.000Z'], ['25/12/2026 09:00', '2026-12-25T12:00:00.000Z'], [20261224, '2026-12-24T03:00:00.000Z']])('%p is the moment %p', (value, iso) => expect(itemWith({ start: value }).date('start')).toBe(iso));

  test.each([5, 500, 123456, 12345678901234])('%p is no moment', (value) => expect(refusal(() => itemWith({ start: value }).date('start')).message).toContain('is not a date'));
});

test('a mapper converts by the type of its fields, or refuses', () => {
  const schema = [
    { id: 'born', displayName: 'Birthday', type: 'dateTime' }, { id: 'limit', displayName: 'Limit', type: 'number' }, { id: 'size', displayName: 'Size', type: 'options', options: [{ name: 'M', value: 'm' }] },
    { id: 'vip', displayName: 'VIP', type: 'options', options: [{ name: 'Yes', value: true }, { name: 'No', value: false }] },
  ];
  const mapped = (value: Record<string, unknown>) => itemWith({ name: { mappingMode: 'defineBelow', value, schema } }).mapped('name', { days: true });
  expect(mapped({ born: '25/12/1990', limit: '1.234,56', size: 'M', vip: 'Sim', other: 'x' })).toEqual({ born: '1990-12-25', limit: 1234.56, size: 'm', vip: true, other: 'x' });
  for (const [field, value, reason] of [['born', 'soon', 'is not a date'], ['limit', 'many', 'is not a number'], ['size', 'nope', 'is not one of M'], ['vip', 'maybe', 'is neither yes nor no']] as const) {
    const label = schema.find(({ id }) => id === field)!.displayName;
    expect(refusal(() => mapped({ [field]: value })).message).toBe(`'Contact Name' cannot take the value of '${label}': it ${reason} [item 3]`);
  }
});
