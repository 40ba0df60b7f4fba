import type { Call } from '../types';
import type { ChatwootAutomationRule } from './automationRules';
import type { ChatwootConversation } from './conversations';
import { customAttributeTest, joined, type FilterRow, type RowTest } from './customAttributeFilter';
import { crash } from './errors';
import { act } from './macros';
import type { ChatwootMessage } from './messages';
import type { ChatwootState } from './state';

/** What an event tells of a conversation: its columns before and after, and the message. */
interface Happened {
  changed?: Record<string, [before: unknown, after: unknown]>;
  message?: ChatwootMessage;
}
interface RuleRow extends Omit<FilterRow, 'values'> {
  values?: unknown[] | { from: unknown[]; to: unknown[] };
  custom_attribute_type?: string;
}

/** Messages and changes that a rule makes come from here; rules take no notice of them. */
export const BY_RULE = { kind: 'rule' } as const;

/**
 * Carries out the account's active rules for an event, in a job of its own. Calls that have no jobs (state that a test
 * sets up) start none.
 */
export function runRules(call: Pick<Call<ChatwootState>, 'state' | 'deliver' | 'clock'> & Partial<Pick<Call<ChatwootState>, 'background' | 'identity'>>, event: string, conversation: ChatwootConversation, happened: Happened = {}): void {
  const { state, background, identity } = call;
  if (!background || identity?.kind === BY_RULE.kind) return;
  const rules = [...state.automationRules.values()].filter((rule) => rule.active && rule.accountId === conversation.accountId && rule.eventName === event);
  if (rules.length === 0) return;
  background(() => {
    if (!state.conversations.has(conversation.id)) return;
    for (const rule of rules) {
      if (!fits(state, rule, conversation, happened)) continue;
      for (const { action_name: name, action_params: params } of rule.actions) act({ ...call, identity: BY_RULE }, conversation, String(name), (params ?? []) as Array<string | number>);
    }
  });
}

/** Whether the conditions hold. What the server stumbles over, such as broken SQL, holds not. */
function fits(state: ChatwootState, rule: ChatwootAutomationRule, conversation: ChatwootConversation, happened: Happened): boolean {
  const rows = rule.conditions as unknown as RuleRow[];
  const changes = rows.filter(({ filter_operator: operator }) => operator === 'attribute_changed');
  const others = rows.filter((row) => !changes.includes(row)) as FilterRow[];
  try {
    const found = joined(others, (row) => testOf(state, row, happened))(conversation);
    return changes.length === 0 ? found : afterChanges(changes, found, happened.changed);
  } catch {
    return false;
  }
}

/**
 * Rows about changes are worked off behind the others, whatever stands between them: AND, in capitals, keeps those that
 * the others found, and everything else adds them.
 */
function afterChanges(rows: RuleRow[], found: boolean, changed: Happened['changed'] = {}): boolean {
  let holds = false;
  let current = true;
  for (const { attribute_key: key, values, query_operator: joint } of rows) {
    const [before, after] = changed[key] ?? crash();
    const { from, to } = values as { from: unknown[]; to: unknown[] };
    if (from.includes(before) && to.includes(after)) holds ||= joint === 'AND' ? current && found : current || found;
    current = holds;
  }
  return holds;
}

/** A row about what is: columns of the conversation, its contact, or the message. */
function testOf(state: ChatwootState, row: FilterRow, { message }: Happened): RowTest<ChatwootConversation> {
  const { attribute_key: key, filter_operator: operator } = row;
  const values = row.values ?? [];
  const custom = (row as RuleRow).custom_attribute_type;
  if (custom) {
    const definition = [...state.attributeDefinitions.values()].find((one) => one.model === custom && one.key === key) ?? crash();
    const holder = (one: ChatwootConversation) => (custom === 'contact_attribute' ? state.contacts.get(one.contactId) ?? crash() : one);
    return { test: (one) => customAttributeTest(definition, row, [holder(one)]).test(holder(one)), orEmpty: operator === 'not_equal_to' ? (one) => customAttributeTest(definition, row, [holder(one)]).orEmpty!(holder(one)) : undefined };
  }
  const valueOf = (one: ChatwootConversation): unknown => {
    const contact = state.contacts.get(one.contactId);
    switch (key) {
      case 'status': return one.status;
      case 'priority': return one.priority;
      case 'assignee_id': return one.assigneeId;
      case 'team_id': return one.teamId;
      case 'inbox_id': return one.inboxId;
      case 'email': return contact?.email;
      case 'phone_number': return contact?.phoneNumber;
      case 'city': case 'company_name': case 'country_code': return contact?.additionalAttributes[key];
      case 'content': return message?.content?.toLowerCase();
      case 'message_type': return message === undefined ? undefined : ['incoming', 'outgoing', 'activity', 'template'][message.type];
      case 'private_note': return message?.private;
      default: return one.additionalAttributes[key];
    }
  };
  const isThere = (one: ChatwootConversation): boolean => (key === 'labels' ? one.labels.length > 0 : valueOf(one) !== null && valueOf(one) !== undefined);
  const wanted = values.map((value) => (key === 'content' ? String(value).toLowerCase() : value));
  const equals = (one: ChatwootConversation): boolean => {
    // Of several labels, the first.
    if (key === 'labels') return one.labels.includes(String(wanted[0]));
    return wanted.includes(valueOf(one));
  };
  const contains = (one: ChatwootConversation): boolean => wanted.some((value) => String(valueOf(one)).toLowerCase().includes(String(value).trim().toLowerCase()));
  const known = (one: ChatwootConversation): boolean => key === 'labels' || isThere(one);
  switch (operator) {
    case 'is_present': return { test: isThere };
    case 'is_not_present': return { test: (one) => !isThere(one) };
    case 'equal_to': return { test: equals };
    // What is empty is neither equal nor unequal.
    case 'not_equal_to': return { test: (one) => known(one) && !equals(one) };
    case 'contains': return { test: (one) => isThere(one) && contains(one) };
    case 'does_not_contain': return { test: (one) => isThere(one) && !contains(one) };
    case 'starts_with': return { test: (one) => String(valueOf(one) ?? '').startsWith(String(values[0])) };
    default: return crash();
  }
}
