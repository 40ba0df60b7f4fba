import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, Handlers, Identity } from '../types';
import type { AuthRequest, VendorDefinition } from '../vendor';
import { account } from './account';
import { channels } from './channels';
import { contacts } from './contacts';
import { conversations } from './conversations';
import { error, refuse } from './errors';
import { messages } from './messages';
import { createState, type CallbellState } from './state';
import { teams } from './teams';
import { webhooks } from './webhooks';

/** One line for each resource file. */
const handlers: Handlers<CallbellState> = {
  ...account,
  ...channels,
  ...contacts,
  ...conversations,
  ...messages,
  ...teams,
  ...webhooks,
};

/** All that follows `Bearer `; a doubled prefix therefore is a token nobody knows. */
function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  return headers.authorization?.replace(/^Bearer /, '');
}

function authenticate({ headers }: AuthRequest, state: CallbellState): Identity {
  const token = tokenOf(headers);
  const known = token === undefined ? undefined : state.tokens.get(token);
  if (!known || !headers.authorization?.startsWith('Bearer ')) return refuse(401, 'not authorized');
  return { kind: known.name };
}

export const callbell: VendorDefinition<CallbellState> = {
  vendor: 'callbell',
  basePath: '/v1',
  createState,
  tokens: (state) => Object.fromEntries([...state.tokens].map(([token, { name }]) => [name, token])),
  tokenOf,
  authenticate,
  error: (status, messages): Answer => error(status, status === 404 ? 'not found' : messages.join('; ')),
  refusalStatus: 400,
  throttled: () => error(429, 'Too many requests'),
  publishedLimits: [{ requests: 300, windowMs: 1000 }],
  handlers,
};
