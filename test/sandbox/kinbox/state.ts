import type { Clock, SandboxOptions } from '../types';

export interface KinboxToken {
  name: string;
  kind: 'v3' | 'api' | 'workspace';
  scopes: readonly string[];
  operatorId: number;
}

export interface KinboxState {
  tokens: Map<string, KinboxToken>;
}

export function createState(_clock: Clock, _options: SandboxOptions): KinboxState {
  return {
    tokens: new Map<string, KinboxToken>([
      ['eyJhbGciOiJIUzI1NiJ9.eyJ3b3Jrc3BhY2VJZCI6MSwib3BlcmF0b3JJZCI6NDJ9.kinbox-v3-token', { name: 'v3', kind: 'v3', scopes: ['read', 'write', 'send'], operatorId: 42 }],
      ['ak_live_kinbox_api_token_7f3c', { name: 'api', kind: 'api', scopes: ['read', 'write', 'send'], operatorId: 42 }],
      ['ak_live_kinbox_default_scopes_19aa', { name: 'apiWithoutSend', kind: 'api', scopes: ['read', 'write'], operatorId: 42 }],
      ['kinbox-workspace-token-55d0', { name: 'workspace', kind: 'workspace', scopes: ['read', 'write', 'send'], operatorId: 42 }],
    ]),
  };
}
