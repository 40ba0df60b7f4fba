import { crash, refuse } from './errors';
import type { ChatwootContact } from './contacts';
import type { ChatwootState } from './state';

interface Row {
  attribute_key: string;
  filter_operator: string;
  values?: unknown[];
  query_operator?: string | null;
}

const OPERATORS: Record<string, readonly string[]> = {
  name: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'],
  phone_number: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain', 'starts_with'],
  email: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'],
  identifier: ['equal_to', 'not_equal_to'],
  country_code: ['equal_to', 'not_equal_to'],
  city: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'],
  company_name: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'],
  labels: ['equal_to', 'not_equal_to', 'is_present', 'is_not_present'],
  created_at: ['is_greater_than', 'is_less_than', 'days_before'],
  last_activity_at: ['is_greater_than', 'is_less_than', 'days_before'],
  blocked: ['equal_to', 'not_equal_to'],
};
/** Custom attributes, by display type. */
const CUSTOM_OPERATORS: Record<string, readonly string[]> = {
  text: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain', 'is_present', 'is_not_present'],
  link: ['equal_to', 'not_equal_to', 'contains', 'does_not_contain', 'is_present', 'is_not_present'],
  list: ['equal_to', 'not_equal_to', 'is_present', 'is_not_present'],
  checkbox: ['equal_to', 'not_equal_to', 'is_present', 'is_not_present'],
  number: ['equal_to', 'not_equal_to', 'is_greater_than', 'is_less_than', 'is_present', 'is_not_present'],
  date: ['equal_to', 'not_equal_to', 'is_greater_than', 'is_less_than', 'days_before', 'is_present', 'is_not_present'],
};
const DAY = 86_400_000;

type Test = (contact: ChatwootContact) => boolean;

function valueOf(contact: ChatwootContact, key: string): unknown {
  switch (key) {
    case 'name': return contact.name;
    case 'email': return contact.email;
    case 'phone_number': return contact.phoneNumber;
    case 'identifier': return contact.identifier;
    case 'blocked': return contact.blocked;
    case 'labels': return contact.labels;
    case 'created_at': return contact.createdAt;
    case 'last_activity_at': return contact.lastActivityAt;
    default: return contact.additionalAttributes[key];
  }
}

/** One row; equality reads the first value only, and `starts_with` behaves as equality. */
function testOf(state: ChatwootState, accountId: number, row: Row, now: number): Test {
  const key = row.attribute_key;
  const operators = OPERATORS[key];
  const custom = operators ? undefined : [...state.attributeDefinitions.values()].find((one) => one.accountId === accountId && one.model === 'contact_attribute' && one.key === key);
  if (!operators && !custom) refuse(422, `Invalid attribute key - [${key}]. The key should be one of [${Object.keys(OPERATORS).join(',')}] or a custom attribute defined in the account.`);
  const allowed = operators ?? CUSTOM_OPERATORS[custom!.displayType] ?? CUSTOM_OPERATORS.text!;
  if (!allowed.includes(row.filter_operator)) refuse(422, `Invalid operator. The allowed operators for ${key} are [${allowed.join(',')}].`);
  const present = row.filter_operator === 'is_present' || row.filter_operator === 'is_not_present';
  const first = row.values?.[0];
  if (!present && (first === undefined || first === null || first === '')) refuse(422, `Invalid value. The values provided for ${key} are invalid`);
  const read = (contact: ChatwootContact): unknown => (custom ? contact.customAttributes[key] : valueOf(contact, key));
  const fold = (value: unknown): string => String(value).toLowerCase();

  if (key === 'labels') {
    const has: Test = (contact) => (present ? contact.labels.length > 0 : contact.labels.includes(String(first)));
    return row.filter_operator === 'equal_to' || row.filter_operator === 'is_present' ? has : (contact) => !has(contact);
  }
  const dated = key === 'created_at' || key === 'last_activity_at' || custom?.displayType === 'date';
  const numeric = custom?.displayType === 'number';
  const ordered = (contact: ChatwootContact): number => {
    const value = read(contact);
    if (value === null || value === undefined) return Number.NaN;
    return numeric ? Number(value) : typeof value === 'number' ? value : Date.parse(String(value));
  };
  if (row.filter_operator === 'is_greater_than' || row.filter_operator === 'is_less_than') {
    if (dated && !/^\d{4}-\d{2}-\d{2}$/.test(String(first))) refuse(422, `Invalid value. The values provided for ${key} are invalid`);
    const bound = numeric ? Number(first) : Date.parse(`${String(first)}T00:00:00Z`);
    return row.filter_operator === 'is_greater_than' ? (contact) => ordered(contact) > bound : (contact) => ordered(contact) < bound;
  }
  if (row.filter_operator === 'days_before') {
    if (!/^\d+$/.test(String(first))) refuse(422, `Invalid value. The values provided for ${key} are invalid`);
    return (contact) => ordered(contact) < now - Number(first) * DAY;
  }
  if (present) {
    const has: Test = (contact) => read(contact) !== undefined && read(contact) !== null;
    return row.filter_operator === 'is_present' ? has : (contact) => !has(contact);
  }
  const text = fold(key === 'phone_number' ? `+${String(first).replace(/^\+/, '')}` : first);
  const contains = row.filter_operator === 'contains' || row.filter_operator === 'does_not_contain';
  const hit: Test = (contact) => {
    const value = read(contact);
    if (value === null || value === undefined) return false;
    if (contains) return fold(value).includes(key === 'phone_number' ? fold(first).replace(/^\+/, '') : text);
    // Identifiers as well, although two that differ in case are two contacts.
    return fold(value) === text;
  };
  // SQL: a missing value is neither equal nor unequal, but "does not contain" and "not equal" are written with IS NULL.
  return row.filter_operator === 'not_equal_to' || row.filter_operator === 'does_not_contain' ? (contact) => !hit(contact) : hit;
}

/** The rows as one test; AND binds tighter than OR, as in SQL. */
export function contactFilter(state: ChatwootState, accountId: number, rows: Row[], now: number): Test {
  if (rows.length === 0) return () => true;
  rows.forEach((row, index) => {
    const joint = row.query_operator ? row.query_operator.toUpperCase() : '';
    // A wrong joint ends in broken SQL.
    if ((joint === '') !== (index === rows.length - 1)) crash();
  });
  const groups: Test[][] = [[]];
  for (const row of rows) {
    groups.at(-1)!.push(testOf(state, accountId, row, now));
    if (row.query_operator?.toUpperCase() === 'OR') groups.push([]);
  }
  return (contact) => groups.some((tests) => tests.every((test) => test(contact)));
}
