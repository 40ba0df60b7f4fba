import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../types';
import type { Answer, Handlers, Identity } from '../types';
import type { AuthRequest, VendorDefinition } from '../vendor';
import { agentBots } from './agentBots';
import { agents } from './agents';
import { automationRules } from './automationRules';
import { campaignResults } from './campaignResults';
import { campaigns } from './campaigns';
import { cannedResponses } from './cannedResponses';
import { contactFiles } from './contactFiles';
import { contacts } from './contacts';
import { conversations } from './conversations';
import { csat } from './csat';
import { customAttributes } from './customAttributes';
import { error, noRoute, nothingHere, notFound, refuse } from './errors';
import { customFilters } from './customFilters';
import { helpCenter } from './helpCenter';
import { inboxes } from './inboxes';
import { inboxSettings } from './inboxSettings';
import { integrations } from './integrations';
import { labels } from './labels';
import { macros } from './macros';
import { messages } from './messages';
import { notes } from './notes';
import { notifications } from './notifications';
import { profileHandlers } from './profile';
import { profileSettings } from './profileSettings';
import { publicInbox } from './publicInbox';
import { createState, type ChatwootState } from './state';
import { reports } from './reports';
import { search } from './search';
import { uploads } from './uploads';
import { isKnownTo } from './versions';
import { webhooks } from './webhooks';

/** One line for each resource file. */
const handlers: Handlers<ChatwootState> = {
  ...agentBots,
  ...automationRules,
  ...cannedResponses,
  ...csat,
  ...customFilters,
  ...macros,
  ...profileHandlers,
  ...profileSettings,
  ...agents,
  ...campaigns,
  ...campaignResults,
  ...contacts,
  ...contactFiles,
  ...conversations,
  ...customAttributes,
  ...helpCenter,
  ...inboxes,
  ...inboxSettings,
  ...integrations,
  ...labels,
  ...messages,
  ...notes,
  ...notifications,
  ...publicInbox,
  ...reports,
  ...search,
  ...uploads,
  ...webhooks,
};

/** Rack reads both spellings as one header. */
function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const value = headers.api_access_token ?? headers['api-access-token'];
  return Array.isArray(value) ? value[0] : value;
}

/** Order of the real server: token, account, membership, bot, role. All but the unknown account are 401. */
function authenticate({ headers, params, operation }: AuthRequest, state: ChatwootState): Identity {
  const { object } = operation;
  // Found before anybody is asked who they are.
  if ((state.edition === 'community' && object['x-edition'] === 'enterprise') || !isKnownTo(state.version, operation.operationId)) noRoute(headers);
  if (Array.isArray(object.security) && object.security.length === 0) return { kind: 'none' };
  const token = tokenOf(headers);
  if (!token) throw new Refusal({ status: 401, body: { errors: ['You need to sign in or sign up before continuing.'] } });
  const known = state.tokens.get(token);
  if (!known) return refuse(401, 'Invalid Access Token');
  if (known.kind === 'bot' && !object['x-bot-token']) return refuse(401, 'Access to this endpoint is not authorized for bots');
  if (params.account_id === undefined) return { kind: known.name, userId: known.ownerId };
  const account = state.accounts.get(Number(params.account_id));
  if (!account) return notFound();
  if (known.kind === 'bot') return { kind: known.name, userId: known.ownerId, role: 'bot' };
  const member = state.accountUsers.find((one) => one.accountId === account.id && one.userId === known.ownerId);
  // The account itself is looked up among the caller's own.
  if (!member && operation.operationId === 'getAccount') return notFound();
  if (!member) return refuse(401, 'You are not authorized to access this account');
  if (account.status === 'suspended') return refuse(401, 'Account is suspended');
  if (object['x-role'] === 'administrator' && member.role !== 'administrator') return refuse(401, 'You are not authorized to do this action');
  return { kind: known.name, userId: known.ownerId, role: member.role };
}

export const chatwoot: VendorDefinition<ChatwootState> = {
  vendor: 'chatwoot',
  basePath: '',
  createState,
  tokens: (state) => Object.fromEntries([...state.tokens].map(([token, { name }]) => [name, token])),
  tokenOf,
  authenticate,
  error: (status, messages): Answer => (status === 404
    ? error(404, 'Resource could not be found')
    : status >= 500 && status !== 501 ? { status, body: { status, error: messages.join('; ') } } : error(status, messages.join('; '))),
  refusalStatus: 422,
  unknownPath: nothingHere,
  brokenBody: { status: 400, text: '', contentType: 'text/html' },
  // Rack::Attack: plain text, no Retry-After.
  throttled: () => ({ status: 429, text: 'Retry later\n', contentType: 'text/plain' }),
  publishedLimits: [
    { requests: 3000, windowMs: 60_000 },
    { requests: 100, windowMs: 60_000, operations: ['searchContacts'], per: ({ params }) => params.account_id ?? '' },
    { requests: 30, windowMs: 60_000, operations: ['getConversationCounts'], per: ({ params, token }) => `${token} ${params.account_id}` },
    { requests: 60, windowMs: 3_600_000, operations: ['uploadFile'], per: ({ params }) => params.account_id ?? '' },
    { requests: 1000, windowMs: 3_600_000, operations: ['sendTranscript'], per: ({ params }) => params.account_id ?? '' },
  ],
  handlers,
  normalizeBody: (operation, body) => {
    const key = operation.object['x-wrapper-key'] as string | undefined;
    const inner = key === undefined ? undefined : body?.[key];
    return inner !== null && typeof inner === 'object' ? inner : body;
  },
};
