import type { ChatwootConversation } from './conversations';
import { customAttributeTest, dayOf, joined, type FilterRow, type RowTest } from './customAttributeFilter';
import { crash, refuse } from './errors';
import type { ChatwootState } from './state';

const presence = ['equal_to', 'not_equal_to', 'is_present', 'is_not_present'];
const parts = ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'];
const equality = ['equal_to', 'not_equal_to'];
const days = ['is_greater_than', 'is_less_than', 'days_before'];
const OPERATORS: Record<string, readonly string[]> = {
  status: equality, assignee_id: presence, inbox_id: presence, team_id: presence, contact_id: equality, priority: equality, display_id: parts, campaign_id: presence, labels: presence,
  browser_language: equality, conversation_language: equality, referer: parts, created_at: days, last_activity_at: days, mail_subject: parts,
};
const NUMBERS = ['assignee_id', 'inbox_id', 'team_id', 'contact_id', 'display_id', 'campaign_id'];

function valueOf(one: ChatwootConversation, key: string): unknown {
  switch (key) {
    case 'status': return one.status;
    case 'assignee_id': return one.assigneeId;
    case 'inbox_id': return one.inboxId;
    case 'team_id': return one.teamId;
    case 'contact_id': return one.contactId;
    case 'priority': return one.priority;
    case 'display_id': return one.displayId;
    case 'created_at': return one.createdAt;
    case 'last_activity_at': return one.lastActivityAt;
    case 'campaign_id': return null;
    default: return one.additionalAttributes[key];
  }
}

/** One row; words are compared exactly, and what is empty is neither equal nor unequal. */
function testOf(state: ChatwootState, accountId: number, row: FilterRow): RowTest<ChatwootConversation> {
  const { attribute_key: key, filter_operator: operator, values = [] } = row;
  const present = operator === 'is_present' || operator === 'is_not_present';
  const custom = OPERATORS[key] ? undefined : [...state.attributeDefinitions.values()].find((one) => one.accountId === accountId && one.model === 'conversation_attribute' && one.key === key);
  if (!OPERATORS[key] && !custom) refuse(422, `Invalid attribute key - [${key}]. The key should be one of [${Object.keys(OPERATORS).join(',')}] or a custom attribute defined in the account.`);
  if (OPERATORS[key] && !OPERATORS[key].includes(operator)) refuse(422, `Invalid operator. The allowed operators for ${key} are [${OPERATORS[key].join(',')}].`);
  if (!present && (values.length === 0 || values[0] === '' || values[0] === null)) refuse(422, `Invalid value. The values provided for ${key} are invalid`);
  if (custom) return customAttributeTest(custom, row, [...state.conversations.values()].filter((one) => one.accountId === accountId));
  if (operator === 'days_before') crash();
  if (operator === 'is_greater_than' || operator === 'is_less_than') {
    const bound = dayOf(values[0], key);
    return { test: (one) => (operator === 'is_greater_than' ? Number(valueOf(one, key)) > bound : Number(valueOf(one, key)) < bound) };
  }
  const negative = operator === 'not_equal_to' || operator === 'does_not_contain' || operator === 'is_not_present';
  const texts = values.map(String);
  if (key === 'labels') return { test: (one) => (present ? one.labels.length > 0 : one.labels.some((label) => texts.includes(label))) !== negative };
  const contains = operator === 'contains' || operator === 'does_not_contain';
  // A number is no text to look into, and a text no number.
  if (NUMBERS.includes(key) && (contains || texts.some((text) => !/^\d+$/.test(text)))) crash();
  if (key === 'status' && texts.includes('all')) return { test: () => true };
  // A word that the server does not know becomes NULL, to which nothing is equal and nothing unequal.
  const known: Record<string, string[]> = { status: ['open', 'resolved', 'pending', 'snoozed'], priority: ['low', 'medium', 'high', 'urgent'] };
  const unknownWord = known[key] !== undefined && texts.some((text) => !known[key]!.includes(text));
  const isText = !NUMBERS.includes(key) && known[key] === undefined;
  const fold = (text: string): string => (isText ? text.toLowerCase() : text);
  return {
    test: (one) => {
      const value = valueOf(one, key);
      if (present) return (value !== null && value !== undefined) !== negative;
      if (value === null || value === undefined || (negative && unknownWord)) return false;
      const hit = contains ? fold(String(value)).includes(fold(texts[0]!)) : texts.some((text) => fold(text) === fold(String(value)));
      return hit !== negative;
    },
  };
}

/** The rows as one test. */
export function conversationFilter(state: ChatwootState, accountId: number, rows: FilterRow[]): (one: ChatwootConversation) => boolean {
  return joined(rows, (row) => testOf(state, accountId, row));
}
