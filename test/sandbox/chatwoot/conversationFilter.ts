import type { ChatwootConversation } from './conversations';
import { crash, refuse } from './errors';
import type { ChatwootState } from './state';

interface Row {
  attribute_key: string;
  filter_operator: string;
  values?: unknown[];
  query_operator?: string | null;
}

const presence = ['equal_to', 'not_equal_to', 'is_present', 'is_not_present'];
const parts = ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'];
const equality = ['equal_to', 'not_equal_to'];
const days = ['is_greater_than', 'is_less_than', 'days_before'];
const OPERATORS: Record<string, readonly string[]> = {
  status: equality, assignee_id: presence, inbox_id: presence, team_id: presence, contact_id: equality, priority: equality, display_id: parts, campaign_id: presence, labels: presence,
  browser_language: equality, conversation_language: equality, referer: parts, created_at: days, last_activity_at: days, mail_subject: parts,
};
const DAY = 86_400_000;

type Test = (conversation: ChatwootConversation) => boolean;

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

function testOf(state: ChatwootState, accountId: number, row: Row, now: number): Test {
  const { attribute_key: key, filter_operator: operator } = row;
  const custom = OPERATORS[key] ? undefined : [...state.attributeDefinitions.values()].find((one) => one.accountId === accountId && one.model === 'conversation_attribute' && one.key === key);
  if (!OPERATORS[key] && !custom) refuse(422, `Invalid attribute key - [${key}]. The key should be one of [${Object.keys(OPERATORS).join(',')}] or a custom attribute defined in the account.`);
  const allowed = OPERATORS[key] ?? [...presence, ...parts, ...days];
  if (!allowed.includes(operator)) refuse(422, `Invalid operator. The allowed operators for ${key} are [${allowed.join(',')}].`);
  const present = operator === 'is_present' || operator === 'is_not_present';
  const values = row.values ?? [];
  if (!present && (values.length === 0 || values[0] === '' || values[0] === null)) refuse(422, `Invalid value. The values provided for ${key} are invalid`);
  const read = (one: ChatwootConversation): unknown => (custom ? one.customAttributes[key] : valueOf(one, key));
  const texts = values.map((value) => String(value).toLowerCase());
  const negative = operator === 'not_equal_to' || operator === 'does_not_contain' || operator === 'is_not_present';
  const hit: Test = (one) => {
    if (key === 'labels') return present ? one.labels.length > 0 : one.labels.some((label) => texts.includes(label));
    if (key === 'status' && texts.includes('all')) return true;
    const value = read(one);
    if (present) return value !== null && value !== undefined;
    if (value === null || value === undefined) return false;
    switch (operator) {
      case 'is_greater_than': return Number(value) > Date.parse(`${String(values[0])}T00:00:00Z`);
      case 'is_less_than': return Number(value) < Date.parse(`${String(values[0])}T00:00:00Z`);
      case 'days_before': return Number(value) < now - Number(values[0]) * DAY;
      case 'contains':
      case 'does_not_contain': return String(value).toLowerCase().includes(texts[0]!);
      default: return texts.includes(String(value).toLowerCase());
    }
  };
  if ((operator === 'is_greater_than' || operator === 'is_less_than') && !/^\d{4}-\d\d-\d\d$/.test(String(values[0]))) refuse(422, `Invalid value. The values provided for ${key} are invalid`);
  return negative ? (one) => !hit(one) : hit;
}

/** The rows as one test; AND binds tighter than OR. A wrong joint ends in broken SQL, a 500. */
export function conversationFilter(state: ChatwootState, accountId: number, rows: Row[], now: number): Test {
  if (rows.length === 0) return () => true;
  rows.forEach((row, index) => {
    if (!row.query_operator !== (index === rows.length - 1)) crash();
  });
  const groups: Test[][] = [[]];
  for (const row of rows) {
    groups.at(-1)!.push(testOf(state, accountId, row, now));
    if (row.query_operator?.toUpperCase() === 'OR') groups.push([]);
  }
  return (one) => groups.some((tests) => tests.every((test) => test(one)));
}
