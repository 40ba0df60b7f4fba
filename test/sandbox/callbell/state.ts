import type { Clock, SandboxOptions } from '../types';

export interface CallbellState {
  tokens: Map<string, { name: string; email: string; userName: string }>;
}

export function createState(_clock: Clock, _options: SandboxOptions): CallbellState {
  return {
    tokens: new Map([['cbk9Qm3vXwT7uLr2ZdEYh5Np', { name: 'token', email: 'marina@lojaexemplo.com.br', userName: 'Marina Duarte' }]]),
  };
}
