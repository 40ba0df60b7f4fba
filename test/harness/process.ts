/** The engine in this process: its start, and what it logs. */
import { rmSync } from 'node:fs';
import { basename } from 'node:path';

import { Container } from '@n8n/di';
import { BinaryDataService, HookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';

import { credentialsHelperFor } from './credentials';
import { nodeTypeRegistry } from './nodes';
import { recordings } from './recording';
import type { LogLine } from './types';
import { additionalDataFor, nodeFromJson } from './workflow';

let started: Promise<void> | undefined;

/** Initialises binary storage and log capture; every entry point calls it, once is enough. */
export function startEngine(): Promise<void> {
  started ??= (async () => {
    await Container.get(BinaryDataService).init();
    captureLogger();
  })();
  return started;
}

/** n8n has one logger for `this.logger` of every context and for LoggerProxy: its methods are listened to. */
function captureLogger(): void {
  const registry = nodeTypeRegistry([]);
  const node = nodeFromJson({ name: 'Logger', type: 'n8n-nodes-base.noOp' });
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: registry });
  const { logger } = new HookContext(workflow, node, additionalDataFor({}, credentialsHelperFor({})), 'internal', 'init');
  // The prototype, so that `logger.scoped(...)` is heard as well.
  const methods = Object.getPrototypeOf(logger) as Record<LogLine['level'], (message: string, meta?: object) => void>;
  for (const level of ['error', 'warn', 'info', 'debug'] as const) {
    const original = methods[level];
    methods[level] = function (message, meta) {
      recordings.getStore()?.logs.push({ level, message, ...(meta === undefined ? {} : { meta }) });
      original.call(this, message, meta === undefined ? undefined : { ...meta });
    };
  }
}

// n8n-core leaves its configuration and binary files behind; they go when the test file, or the script, is done.
function removeUserFolder(): void {
  const folder = process.env.N8N_USER_FOLDER;
  if (folder !== undefined && basename(folder).startsWith('n8n-jest-')) rmSync(folder, { recursive: true, force: true });
}
if (typeof afterAll === 'function') afterAll(removeUserFolder);
else process.once('exit', removeUserFolder);
