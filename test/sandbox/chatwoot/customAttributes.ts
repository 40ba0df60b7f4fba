import type { Call, Handlers, JsonObject } from '../types';
import { crash, invalid, notFound } from './errors';
import type { ChatwootAttributeDefinition, ChatwootState } from './state';

const TYPES = ['text', 'number', 'currency', 'percent', 'link', 'date', 'list', 'checkbox'] as const;
const MODELS = ['conversation_attribute', 'contact_attribute', 'company_attribute'] as const;
const STANDARD: Record<string, readonly string[]> = {
  contact_attribute: ['name', 'email', 'phone_number', 'identifier', 'country_code', 'city', 'created_at', 'last_activity_at', 'referer', 'blocked', 'labels'],
  conversation_attribute: ['status', 'priority', 'assignee_id', 'inbox_id', 'team_id', 'display_id', 'campaign_id', 'labels', 'browser_language', 'country_code', 'referer', 'created_at', 'last_activity_at'],
};

function render(one: ChatwootAttributeDefinition): JsonObject {
  return {
    id: one.id, attribute_display_name: one.displayName, attribute_display_type: one.displayType, attribute_description: one.description, attribute_key: one.key,
    regex_pattern: one.regexPattern, regex_cue: one.regexCue, attribute_values: one.values, attribute_model: one.model, default_value: one.defaultValue,
    created_at: new Date(one.createdAt).toISOString(), updated_at: new Date(one.updatedAt).toISOString(),
  };
}

function find({ state, params }: Call<ChatwootState>): ChatwootAttributeDefinition {
  const one = state.attributeDefinitions.get(Number(params.definition_id));
  return one && one.accountId === params.account_id ? one : notFound();
}

/** An enum by name or number; anything else is an ArgumentError. */
function pick<T extends string>(names: readonly T[], value: unknown): T {
  const name = typeof value === 'number' ? names[value] : names.find((one) => one === value);
  return name ?? crash();
}

function assign({ state, body, clock }: Call<ChatwootState>, one: ChatwootAttributeDefinition): void {
  const next = { ...one };
  if (body.attribute_display_name !== undefined) next.displayName = body.attribute_display_name;
  if (body.attribute_display_type !== undefined) next.displayType = pick(TYPES, body.attribute_display_type);
  if (body.attribute_description !== undefined) next.description = body.attribute_description;
  if (body.attribute_key !== undefined) next.key = body.attribute_key;
  if (body.attribute_model !== undefined) next.model = pick(MODELS, body.attribute_model);
  if (body.regex_pattern !== undefined) next.regexPattern = body.regex_pattern;
  if (body.regex_cue !== undefined) next.regexCue = body.regex_cue;
  if (body.attribute_values !== undefined) next.values = body.attribute_values;
  const taken = [...state.attributeDefinitions.values()].some((other) => other.id !== one.id && other.accountId === one.accountId && other.key === next.key && other.model === next.model);
  if (taken) invalid([['attribute_key', 'Attribute key has already been taken']]);
  if (!/^[\p{L}\p{N}_.-]+$/u.test(next.key)) invalid([['attribute_key', 'Attribute key is invalid']]);
  if (STANDARD[next.model]?.includes(next.key)) invalid([['attribute_key', 'Attribute key The provided key is not allowed as it might conflict with default attributes.']]);
  Object.assign(one, next, { updatedAt: clock.now() });
}

/** Definitions of custom attributes: bare answers, DELETE 204. */
export const customAttributes: Handlers<ChatwootState> = {
  listCustomAttributeDefinitions: ({ state, params, query }) => ({
    status: 200,
    body: [...state.attributeDefinitions.values()].filter((one) => one.accountId === params.account_id && (query.attribute_model === undefined || one.model === query.attribute_model)).map(render),
  }),
  getCustomAttributeDefinition: (call) => ({ status: 200, body: render(find(call)) }),
  createCustomAttributeDefinition: (call) => {
    const { state, params, clock } = call;
    const at = clock.now();
    const one: ChatwootAttributeDefinition = {
      id: 0, accountId: params.account_id, displayName: '', displayType: 'text', description: null, key: '', regexPattern: null, regexCue: null, values: [],
      model: 'conversation_attribute', defaultValue: null, createdAt: at, updatedAt: at,
    };
    assign(call, one);
    one.id = state.ids.number('attribute');
    state.attributeDefinitions.set(one.id, one);
    return { status: 200, body: render(one) };
  },
  updateCustomAttributeDefinition: (call) => {
    const one = find(call);
    assign(call, one);
    return { status: 200, body: render(one) };
  },
  deleteCustomAttributeDefinition: (call) => {
    call.state.attributeDefinitions.delete(find(call).id);
    return { status: 204 };
  },
};
