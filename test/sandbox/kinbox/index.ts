import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../types';
import type { Answer, Handlers } from '../types';
import type { AuthRequest, VendorDefinition } from '../vendor';
import { campaignLifecycle } from './campaignLifecycle';
import { campaigns } from './campaigns';
import { channels } from './channels';
import { contacts } from './contacts';
import { customFields } from './customFields';
import { documents } from './documents';
import { error } from './errors';
import { createState, type KinboxState } from './state';
import { messages } from './messages';
import { sales } from './sales';
import { sessions } from './sessions';
import { tags } from './tags';
import { workspace } from './workspace';

/** One line for each resource file. */
const handlers: Handlers<KinboxState> = {
  ...contacts,
  ...campaigns,
  ...campaignLifecycle,
  ...customFields,
  ...tags,
  ...channels,
  ...workspace,
  ...sessions,
  ...messages,
  ...sales,
  ...documents,
};

function bearer(headers: IncomingHttpHeaders): string | undefined {
  const plain = headers['x-api-token'];
  if (typeof plain === 'string') return plain;
  // The legacy API takes the token with or without the prefix.
  return headers.authorization?.replace(/^Bearer /, '');
}

/**
 * Which token opens which generation is not stated by the vendor. The sandbox decides strictly, so that a
 * mixed-up credential is noticed: Token V3 for /v3 only, API token for /v1 only (403 otherwise); the workspace
 * token for the legacy paths and the custom channel. Scopes of an API token: `send` for messages and campaigns
 * that send is checked where the operation is, read/write here.
 */
function authenticate({ headers, operation, path }: AuthRequest, state: KinboxState): { kind: string; scopes: readonly string[]; userId?: number } {
  const security = operation.object.security as Array<Record<string, unknown>> | undefined;
  if (security?.some((one) => Object.keys(one).length === 0)) return { kind: 'none', scopes: [] };
  const token = bearer(headers);
  const known = token === undefined ? undefined : state.tokens.get(token);
  if (!known) throw new Refusal(error(401, 'Unauthorized'));
  const legacy = security !== undefined;
  const wanted = legacy ? 'workspace' : path.startsWith('/v3') ? 'v3' : 'api';
  // The API token also opens the legacy paths: public code sends it there with the Bearer prefix.
  if (known.kind !== wanted && !(legacy && known.kind === 'api')) throw new Refusal(error(403, `This token does not open ${path.split('/')[1]} paths`));
  if (!legacy && !headers.authorization?.startsWith('Bearer ')) throw new Refusal(error(401, 'Unauthorized'));
  const scope = operation.method === 'get' ? 'read' : operation.operationId === 'sendMessage' ? 'send' : 'write';
  if (known.kind === 'api' && !known.scopes.includes(scope)) throw new Refusal(error(403, `Token lacks the scope ${scope}`));
  return { kind: known.kind, scopes: known.scopes, userId: known.operatorId };
}

export const kinbox: VendorDefinition<KinboxState> = {
  vendor: 'kinbox',
  basePath: '',
  createState,
  tokens: (state) => Object.fromEntries([...state.tokens].map(([token, { name }]) => [name, token])),
  tokenOf: bearer,
  authenticate,
  error: (status, messages): Answer => error(status, messages.length === 1 ? messages[0]! : messages),
  refusalStatus: 400,
  throttled: () => error(429, 'Too Many Requests'),
  // None is published.
  publishedLimits: [],
  handlers,
};
