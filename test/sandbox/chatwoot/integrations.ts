import Ajv from 'ajv';

import type { Call, Handlers, JsonObject } from '../types';
import { crash, invalid, notFound } from './errors';
import type { ChatwootState } from './state';

type HookCall = Call<ChatwootState>;

export interface ChatwootIntegrationHook {
  id: number;
  accountId: number;
  appId: string;
  inboxId: number | null;
  enabled: boolean;
  settings: JsonObject;
}

interface App {
  id: string;
  name: string;
  description: string;
  hookType: 'account' | 'inbox';
  several: boolean;
  /** Sign-in page of the service. */
  signIn?: string;
  /** Settings that answers may show. */
  visible: string[];
  schema?: JsonObject;
  form?: JsonObject[];
}

const closed = (properties: JsonObject, required: string[]): JsonObject => ({ type: 'object', properties, required, additionalProperties: false });
const text = { type: 'string' };
const languages = [{ label: 'English (US)', value: 'en-US' }, { label: 'Portuguese (Brazil)', value: 'pt-BR' }];

const keyFile = (label: string): JsonObject => ({
  label, type: 'textarea', name: 'credentials', validation: 'required|JSON', validationName: 'Credentials', 'validation-messages': { JSON: 'Invalid JSON', required: 'Credentials is required' },
});

/** Integrations of a server, with the settings that its configuration asks for. */
const APPS: App[] = [
  { id: 'webhook', name: 'Webhooks', description: 'Send events to other systems', hookType: 'account', several: true, visible: [] },
  {
    id: 'openai', name: 'OpenAI', description: 'Answer suggestions and summaries', hookType: 'account', several: false, visible: ['label_suggestion'],
    schema: closed({ api_key: text, label_suggestion: { type: 'boolean' } }, ['api_key']),
    form: [{ label: 'API Key', type: 'text', name: 'api_key', validation: 'required' }, { label: 'Show label suggestions', type: 'checkbox', name: 'label_suggestion', validation: '' }],
  },
  {
    id: 'dialogflow', name: 'Dialogflow', description: 'Bots built with Dialogflow', hookType: 'inbox', several: true, visible: ['project_id', 'region', 'language_code'],
    schema: closed({ project_id: text, credentials: { type: 'object' }, region: text, language_code: text }, ['project_id', 'credentials']),
    form: [
      { label: 'Dialogflow Project ID', type: 'text', name: 'project_id', validation: 'required', validationName: 'Project Id' },
      keyFile('Dialogflow Project Key File'),
      { label: 'Dialogflow Region', type: 'select', name: 'region', default: 'global', options: [{ label: 'Global - Default', value: 'global' }, { label: 'EU-W1 - St. Ghislain, Belgium', value: 'europe-west1' }] },
      { label: 'Language Code', type: 'select', name: 'language_code', default: 'en-US', help: 'Language code for Dialogflow agent. Use "auto" to detect from contact language.', options: languages },
    ],
  },
  {
    id: 'google_translate', name: 'Google Translate', description: 'Messages in the language of the reader', hookType: 'account', several: false, visible: ['project_id'],
    schema: closed({ project_id: text, credentials: { type: 'object' } }, ['project_id', 'credentials']),
    form: [{ label: 'Google Cloud Project ID', type: 'text', name: 'project_id', validation: 'required', validationName: 'Project Id' }, keyFile('Google Cloud Project Key File')],
  },
  {
    id: 'dyte', name: 'Dyte', description: 'Calls with customers', hookType: 'account', several: false, visible: ['organization_id'],
    schema: closed({ api_key: text, organization_id: text }, ['api_key', 'organization_id']),
    form: [{ label: 'Organization ID', type: 'text', name: 'organization_id', validation: 'required' }, { label: 'API Key', type: 'text', name: 'api_key', validation: 'required' }],
  },
  { id: 'slack', name: 'Slack', description: 'Conversations in Slack', hookType: 'account', several: false, visible: ['channel_name'], signIn: 'https://slack.com/oauth/v2/authorize?scope=chat:write&state=signedState' },
  {
    id: 'leadsquared', name: 'LeadSquared', description: 'Leads and activities', hookType: 'account', several: false, visible: ['enable_conversation_activity'],
    schema: closed({ access_key: text, secret_key: text, enable_conversation_activity: { type: 'boolean' }, conversation_activity_code: { type: 'integer' } }, ['access_key', 'secret_key']),
    form: [
      { label: 'Access Key', type: 'text', name: 'access_key', validation: 'required' }, { label: 'Secret Key', type: 'text', name: 'secret_key', validation: 'required' },
      { label: 'Push Conversation Activity', type: 'checkbox', name: 'enable_conversation_activity' },
    ],
  },
];

const appOf = (id: string): App | undefined => APPS.find((one) => one.id === id);
const hooksOf = ({ state, params }: HookCall, app: App): ChatwootIntegrationHook[] => [...state.integrationHooks.values()].filter((one) => one.accountId === params.account_id && one.appId === app.id);

/** Administrators see those settings that the integration declares harmless. */
function renderHook({ state, identity }: HookCall, hook: ChatwootIntegrationHook): JsonObject {
  const app = appOf(hook.appId) ?? crash();
  const inbox = hook.inboxId === null ? undefined : state.inboxes.get(hook.inboxId);
  return {
    id: hook.id, app_id: hook.appId, status: hook.enabled, inbox: inbox ? { id: inbox.id, name: inbox.name } : null, account_id: hook.accountId, hook_type: app.hookType,
    ...(identity.role === 'administrator' ? { settings: Object.fromEntries(Object.entries(hook.settings).filter(([key]) => app.visible.includes(key))), reference_id: null } : {}),
  };
}

function renderApp(call: HookCall, app: App): JsonObject {
  const hooks = hooksOf(call, app);
  return {
    id: app.id, name: app.name, description: app.description, short_description: app.description, enabled: hooks.length > 0, hooks: hooks.map((one) => renderHook(call, one)),
    ...(call.identity.role === 'administrator' ? {
      logo: `${app.id}.png`, i18n_key: app.id, action: app.signIn ?? `/${app.id}`, button: app.signIn ?? `/${app.id}`, hook_type: app.hookType, allow_multiple_hooks: app.several,
      ...(app.visible.length > 0 ? { visible_properties: app.visible } : {}), ...(app.schema ? { settings_json_schema: app.schema, settings_form_schema: app.form } : {}),
    } : {}),
  };
}

const ajv = new Ajv({ strict: false });

function check(app: App, settings: unknown): void {
  if (app.schema && !ajv.validate(app.schema, settings ?? {})) invalid([['settings', 'Settings : Invalid settings data']]);
}

function findHook({ state, params }: HookCall): ChatwootIntegrationHook {
  const hook = state.integrationHooks.get(params.hook_id);
  return hook && hook.accountId === params.account_id ? hook : notFound();
}

/** Integrations are there for everybody, their connections for administrators, which the contract says. */
export const integrations: Handlers<ChatwootState> = {
  listIntegrationApps: (call) => ({ status: 200, body: { payload: APPS.map((app) => renderApp(call, app)) } }),
  getIntegrationApp: (call) => ({ status: 200, body: renderApp(call, appOf(call.params.app_id) ?? crash()) }),
  createIntegrationHook: (call) => {
    const { state, params, body } = call;
    const app = appOf(body.app_id) ?? crash();
    if (app.hookType === 'inbox' && (body.inbox_id === undefined || body.inbox_id === null)) invalid([['inbox_id', "Inbox can't be blank"]]);
    check(app, body.settings);
    if (!app.several && hooksOf(call, app).length > 0) invalid([['app_id', 'App has already been taken']]);
    const hook: ChatwootIntegrationHook = { id: state.ids.number('integrationHook'), accountId: params.account_id, appId: app.id, inboxId: body.inbox_id ?? null, enabled: body.status !== 'disabled', settings: body.settings ?? {} };
    state.integrationHooks.set(hook.id, hook);
    return { status: 200, body: renderHook(call, hook) };
  },
  updateIntegrationHook: (call) => {
    const hook = findHook(call);
    const { body } = call;
    if (body.settings !== undefined) {
      check(appOf(hook.appId) ?? crash(), body.settings);
      hook.settings = body.settings;
    }
    if (body.status !== undefined) hook.enabled = body.status === 'enabled';
    return { status: 200, body: renderHook(call, hook) };
  },
  deleteIntegrationHook: (call) => {
    call.state.integrationHooks.delete(findHook(call).id);
    return { status: 200 };
  },
};
