import { Refusal } from '../types';
import type { Call, Handlers, Json, JsonObject } from '../types';
import { crash, error } from './errors';
import type { ChatwootState } from './state';

type RuleCall = Call<ChatwootState>;

export interface ChatwootAutomationRule {
  id: number;
  accountId: number;
  name: string;
  description: string | null;
  eventName: string;
  conditions: JsonObject[];
  actions: JsonObject[];
  active: boolean;
  files: Array<{ id: number; blobId: number; filename: string; contentType: string; url: string }>;
  createdAt: number;
}

const CONDITIONS = [
  'content', 'email', 'country_code', 'status', 'message_type', 'browser_language', 'assignee_id', 'team_id', 'referer', 'city', 'company_name', 'inbox_id', 'mail_subject', 'phone_number', 'priority',
  'conversation_language', 'labels', 'private_note',
];
const ACTIONS = [
  'send_message', 'add_label', 'remove_label', 'send_email_to_team', 'assign_team', 'assign_agent', 'remove_assigned_agent', 'remove_assigned_team', 'send_webhook_event', 'mute_conversation', 'send_attachment',
  'change_status', 'resolve_conversation', 'open_conversation', 'pending_conversation', 'snooze_conversation', 'change_priority', 'send_email_transcript', 'add_private_note',
];

function render(one: ChatwootAutomationRule): JsonObject {
  return {
    id: one.id, account_id: one.accountId, name: one.name, description: one.description, event_name: one.eventName, conditions: one.conditions, actions: one.actions,
    created_on: Math.floor(one.createdAt / 1000), active: one.active,
    ...(one.files.length === 0 ? {} : {
      files: one.files.map((file) => ({
        id: file.id, automation_rule_id: one.id, file_type: file.contentType, account_id: one.accountId, file_url: file.url, blob_id: file.blobId, filename: file.filename,
      })),
    }),
  };
}

/** The lookup gives nil for an unknown ID, and everything after it stumbles. */
function find({ state, params }: RuleCall): ChatwootAutomationRule {
  const one = state.automationRules.get(params.automation_rule_id);
  return one && one.accountId === params.account_id ? one : crash();
}

/** The model's own checks; the complaint is an object of field names. */
function check({ state, params }: RuleCall, conditions: JsonObject[], actions: JsonObject[]): void {
  const own = [...state.attributeDefinitions.values()].filter((one) => one.accountId === params.account_id).map(({ key }) => key);
  const strangeConditions = conditions.map((one) => String(one.attribute_key)).filter((key) => ![...CONDITIONS, ...own].includes(key));
  const strangeActions = actions.map((one) => String(one.action_name)).filter((name) => !ACTIONS.includes(name));
  const complaints: Record<string, string[]> = {};
  const complain = (field: string, text: string): void => { (complaints[field] ??= []).push(text); };
  if (strangeConditions.length) complain('conditions', `Automation conditions ${strangeConditions.join(',')} not supported.`);
  if (strangeActions.length) complain('actions', `Automation actions ${strangeActions.join(',')} not supported.`);
  if (conditions.filter((one) => one.query_operator === undefined || one.query_operator === null).length > 1) complain('conditions', 'Automation conditions should have query operator.');
  for (const { query_operator: joint } of conditions) {
    if (joint && !['AND', 'OR'].includes(String(joint).toUpperCase())) complain('conditions', 'Query operator must be either "AND" or "OR"');
  }
  if (Object.keys(complaints).length) throw new Refusal({ status: 422, body: { error: complaints } });
}

/** Rails takes nulls out of the lists of a request. */
const stored = (conditions: JsonObject[]): JsonObject[] => conditions.map((row) => {
  const { from } = (row.values ?? {}) as { from?: Json[] };
  return Array.isArray(from) ? { ...row, values: { ...(row.values as JsonObject), from: from.filter((one) => one !== null) } } : row;
});

/** Signed upload IDs become the numbers of the stored files; a number has to be attached already. */
function attach({ state }: RuleCall, rule: ChatwootAutomationRule, actions: JsonObject[]): JsonObject[] {
  return actions.map((action) => {
    if (action.action_name !== 'send_attachment') return action;
    const [blob] = (action.action_params ?? []) as Array<string | number>;
    const upload = state.uploads.get(String(blob));
    if (upload) {
      const blobId = state.ids.number('blob');
      rule.files.push({ id: state.ids.number('attachedFile'), blobId, filename: upload.filename, contentType: upload.contentType, url: upload.url });
      return { ...action, action_params: [blobId] };
    }
    if (rule.files.some((file) => file.blobId === Number(blob))) return action;
    throw new Refusal(error(422, 'Invalid attachment'));
  });
}

/** Rules: administrators only, which the contract says; `payload` around everything but the answer of "create". */
export const automationRules: Handlers<ChatwootState> = {
  listAutomationRules: ({ state, params }) => ({ status: 200, body: { payload: [...state.automationRules.values()].filter((one) => one.accountId === params.account_id).map(render) } }),
  getAutomationRule: (call) => ({ status: 200, body: { payload: render(find(call)) } }),
  createAutomationRule: (call) => {
    const { state, params, body, clock } = call;
    if (!body.name || !body.event_name) crash();
    check(call, body.conditions ?? [], body.actions ?? []);
    const rule: ChatwootAutomationRule = {
      id: 0, accountId: params.account_id, name: body.name, description: body.description ?? null, eventName: body.event_name, conditions: stored(body.conditions ?? []), actions: [], active: body.active ?? true, files: [],
      createdAt: clock.now(),
    };
    rule.actions = attach(call, rule, body.actions ?? []);
    rule.id = state.ids.number('automationRule');
    state.automationRules.set(rule.id, rule);
    return { status: 200, body: render(rule) };
  },
  updateAutomationRule: (call) => {
    const rule = find(call);
    const { body } = call;
    check(call, body.conditions ?? rule.conditions, body.actions ?? rule.actions);
    if (body.actions !== undefined) rule.actions = attach(call, rule, body.actions);
    if (body.conditions !== undefined) rule.conditions = stored(body.conditions);
    if (body.name !== undefined) rule.name = body.name;
    if (body.description !== undefined) rule.description = body.description;
    if (body.event_name !== undefined) rule.eventName = body.event_name;
    if (body.active !== undefined) rule.active = body.active;
    return { status: 200, body: { payload: render(rule) } };
  },
  deleteAutomationRule: (call) => {
    call.state.automationRules.delete(find(call).id);
    return { status: 200 };
  },
  cloneAutomationRule: (call) => {
    const { files: _files, ...rule } = structuredClone(find(call));
    const copy: ChatwootAutomationRule = { ...rule, id: call.state.ids.number('automationRule'), files: [], createdAt: call.clock.now() };
    call.state.automationRules.set(copy.id, copy);
    return { status: 200, body: { payload: render(copy) } };
  },
};
