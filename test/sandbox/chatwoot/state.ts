import type { Clock, SandboxOptions } from '../types';

export interface ChatwootToken {
  name: string;
  kind: 'user' | 'bot';
  /** User id or bot id. */
  ownerId: number;
}

export interface ChatwootState {
  tokens: Map<string, ChatwootToken>;
  accounts: Map<number, { id: number; status: 'active' | 'suspended' }>;
  accountUsers: Array<{ accountId: number; userId: number; role: 'administrator' | 'agent' }>;
}

export function createState(_clock: Clock, _options: SandboxOptions): ChatwootState {
  return {
    tokens: new Map<string, ChatwootToken>([
      ['Cw7administratorToken4xQ9', { name: 'administrator', kind: 'user', ownerId: 1 }],
      ['Cw7agentTokenP2sVb81', { name: 'agent', kind: 'user', ownerId: 2 }],
      ['Cw7botTokenZZ0k3', { name: 'bot', kind: 'bot', ownerId: 1 }],
    ]),
    accounts: new Map(),
    accountUsers: [],
  };
}
