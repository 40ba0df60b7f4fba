/** What one run logs and throws, kept apart from other runs. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { LogLine } from './types';

export interface Recording {
  logs: LogLine[];
  thrown: Map<string, unknown>;
  executions: Map<string, number>;
}
export const recordings = new AsyncLocalStorage<Recording>();
export const newRecording = (): Recording => ({ logs: [], thrown: new Map(), executions: new Map() });
