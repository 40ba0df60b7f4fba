import type { ChatwootContact } from './contacts';
import { customAttributeTest, dayOf, joined, type FilterRow, type RowTest } from './customAttributeFilter';
import { crash, refuse } from './errors';
import type { ChatwootState } from './state';

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

function valueOf(contact: ChatwootContact, key: string): unknown {
  switch (key) {
    case 'name': return contact.name;
    case 'email': return contact.email;
    case 'phone_number': return contact.phoneNumber;
    case 'identifier': return contact.identifier;
    case 'blocked': return contact.blocked;
    case 'created_at': return contact.createdAt;
    case 'last_activity_at': return contact.lastActivityAt;
    default: return contact.additionalAttributes[key];
  }
}

/** One row; equality reads the first value only, `starts_with` behaves as equality, and what is empty is neither equal nor unequal. */
function testOf(state: ChatwootState, accountId: number, row: FilterRow): RowTest<ChatwootContact> {
  const { attribute_key: key, filter_operator: operator } = row;
  const own = OPERATORS[key];
  if (!own) {
    const definition = [...state.attributeDefinitions.values()].find((one) => one.accountId === accountId && one.model === 'contact_attribute' && one.key === key);
    if (!definition) return refuse(422, `Invalid attribute key - [${key}]. The key should be one of [${Object.keys(OPERATORS).join(',')}] or a custom attribute defined in the account.`);
    checkValues(row);
    return customAttributeTest(definition, row, state.contacts.with('account', String(accountId)));
  }
  if (!own.includes(operator)) refuse(422, `Invalid operator. The allowed operators for ${key} are [${own.join(',')}].`);
  checkValues(row);
  const first = row.values?.[0];
  if (key === 'labels') {
    const present = operator === 'is_present' || operator === 'is_not_present';
    // The values of labels are folded before anything else, so that none at all is a fall.
    if (!row.values) crash();
    // The value is folded, the stored name is not.
    const has = (contact: ChatwootContact): boolean => (present ? contact.labels.length > 0 : contact.labels.includes(fold(first)));
    return { test: operator === 'equal_to' || operator === 'is_present' ? has : (contact) => !has(contact) };
  }
  if (operator === 'days_before') crash();
  if (operator === 'is_greater_than' || operator === 'is_less_than') {
    const bound = dayOf(first, key);
    const at = (contact: ChatwootContact): number => (valueOf(contact, key) as number | null) ?? Number.NaN;
    return { test: operator === 'is_greater_than' ? (contact) => at(contact) > bound : (contact) => at(contact) < bound };
  }
  const contains = operator === 'contains' || operator === 'does_not_contain';
  const wanted = key === 'phone_number' ? `${contains ? '' : '+'}${fold(first).replace(/^\+/, '')}` : fold(first);
  const negative = operator === 'not_equal_to' || operator === 'does_not_contain';
  return {
    test: (contact) => {
      const value = valueOf(contact, key);
      if (value === null || value === undefined) return false;
      return (contains ? fold(value).includes(wanted) : fold(value) === wanted) !== negative;
    },
  };
}

const fold = (value: unknown): string => String(value).toLowerCase();

function checkValues({ attribute_key: key, filter_operator: operator, values }: FilterRow): void {
  if (operator === 'is_present' || operator === 'is_not_present') return;
  const first = values?.[0];
  if (first === undefined || first === null || first === '') refuse(422, `Invalid value. The values provided for ${key} are invalid`);
}

/** The rows as one test. */
export function contactFilter(state: ChatwootState, accountId: number, rows: FilterRow[]): (contact: ChatwootContact) => boolean {
  return joined(rows, (row) => testOf(state, accountId, row));
}
