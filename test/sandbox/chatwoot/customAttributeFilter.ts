import { crash, refuse } from './errors';
import type { ChatwootAttributeDefinition } from './state';

export interface FilterRow {
  attribute_key: string;
  filter_operator: string;
  values?: unknown[];
  query_operator?: string | null;
}

/** What a row asks of a record; `orEmpty` is the part that stands behind an OR of its own, outside the row's AND. */
export interface RowTest<One> {
  test: (one: One) => boolean;
  orEmpty?: (one: One) => boolean;
}

/** SQL types by kind of attribute; a kind without one makes broken SQL. */
const SQL_TYPES: Record<ChatwootAttributeDefinition['displayType'], 'text' | 'numeric' | 'date' | 'boolean' | undefined> = {
  text: 'text', link: 'text', list: 'text', number: 'numeric', date: 'date', checkbox: 'boolean', currency: undefined, percent: undefined,
};
const BOOLEANS: Record<string, boolean> = { true: true, t: true, yes: true, y: true, on: true, 1: true, false: false, f: false, no: false, n: false, off: false, 0: false };

/** The value as PostgreSQL casts it; one that it cannot cast breaks the query for everybody. */
function cast(value: unknown, type: string): string | number | boolean {
  const text = String(value).trim();
  switch (type) {
    case 'numeric': return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : crash();
    case 'date': {
      const [, year, month, day] = /^(\d{4})-(\d\d?)-(\d\d?)/.exec(text) ?? [];
      const [, usMonth, usDay, usYear] = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(text) ?? [];
      const at = Date.parse(`${year ?? usYear}-${(month ?? usMonth ?? '').padStart(2, '0')}-${(day ?? usDay ?? '').padStart(2, '0')}T00:00:00Z`);
      return Number.isNaN(at) ? crash() : at;
    }
    case 'boolean': return BOOLEANS[text.toLowerCase()] ?? crash();
    default: return text.toLowerCase();
  }
}

/** A day as YYYY-MM-DD, in milliseconds, or the refusal of the value. */
export function dayOf(value: unknown, key: string): number {
  const at = /^\d{4}-\d{2}-\d{2}/.test(String(value)) ? Date.parse(String(value).slice(0, 10)) : Number.NaN;
  return Number.isNaN(at) ? refuse(422, `Invalid value. The values provided for ${key} are invalid`) : at;
}

/**
 * A row about a custom attribute. The server checks no operator here, casts every value of the account by the kind of the
 * attribute, and writes "is not" as `… != x OR … IS NULL` without brackets and before the joint, so that it is broken SQL
 * anywhere but in the last row, and there takes in everybody whose field is empty.
 *
 * @param all the records that the query looks at
 */
export function customAttributeTest<One extends { customAttributes: Record<string, unknown> }>(definition: ChatwootAttributeDefinition, row: FilterRow, all: Iterable<One>): RowTest<One> {
  const { filter_operator: operator, values = [] } = row;
  const key = row.attribute_key;
  const type = SQL_TYPES[definition.displayType];
  const greater = operator === 'is_greater_than';
  if (greater || operator === 'is_less_than') {
    const bound = type === 'numeric' ? Number(values[0]) : dayOf(values[0], key);
    if (type === undefined || type === 'boolean' || type === 'text' || Number.isNaN(bound)) crash();
    const read = column(key, type, all);
    return { test: (one) => { const value = read(one); return typeof value === 'number' && (greater ? value > bound : value < bound); } };
  }
  if (operator === 'days_before' || type === undefined) crash();
  const read = column(key, type, all);
  const isEmpty = (one: One): boolean => read(one) === undefined;
  if (operator === 'is_present') return { test: (one) => !isEmpty(one) };
  if (operator === 'is_not_present') return { test: isEmpty };
  const parts = operator === 'contains' || operator === 'does_not_contain';
  if (parts && type !== 'text') crash();
  const wanted = values.map((value) => (parts ? String(value).toLowerCase() : cast(value, type)));
  const hit = (one: One): boolean => wanted.some((value) => (parts ? String(read(one)).includes(String(value)) : read(one) === value));
  switch (operator) {
    case 'equal_to':
    case 'contains': return { test: (one) => !isEmpty(one) && hit(one) };
    case 'does_not_contain': return { test: (one) => !isEmpty(one) && !hit(one) };
    case 'not_equal_to': return row.query_operator ? crash() : { test: (one) => !isEmpty(one) && !hit(one), orEmpty: isEmpty };
    default: return refuse(422, `Invalid operator. The allowed operators for ${key} are [equal_to,not_equal_to,contains,does_not_contain,is_present,is_not_present,is_greater_than,is_less_than].`);
  }
}

/** Reads a record's value; the values of all are cast, as the database may look at any of them. */
function column<One extends { customAttributes: Record<string, unknown> }>(key: string, type: string, all: Iterable<One>): (one: One) => string | number | boolean | undefined {
  const values = new Map<One, string | number | boolean>();
  for (const one of all) {
    const value = one.customAttributes[key];
    if (value !== undefined && value !== null) values.set(one, cast(value, type));
  }
  return (one) => values.get(one);
}

/** The rows as one test; AND binds tighter than OR, as in SQL. A joint behind the last row, or none between two, is broken SQL. */
export function joined<One>(rows: FilterRow[], read: (row: FilterRow) => RowTest<One>): (one: One) => boolean {
  if (!Array.isArray(rows)) crash();
  if (rows.length === 0) return () => true;
  // Values are looked at before the database is asked.
  const tests = rows.map(read);
  rows.forEach(({ query_operator: joint }, index) => {
    if (!joint !== (index === rows.length - 1)) crash();
  });
  const groups: Array<Array<(one: One) => boolean>> = [[]];
  tests.forEach(({ test, orEmpty }, index) => {
    groups.at(-1)!.push(test);
    if (orEmpty) groups.push([orEmpty]);
    if (rows[index]!.query_operator?.toUpperCase() === 'OR') groups.push([]);
  });
  return (one) => groups.some((group) => group.every((test) => test(one)));
}
