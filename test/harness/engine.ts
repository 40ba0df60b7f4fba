/**
 * Runs n8n nodes in this process on the real engine (n8n-core), without an n8n server.
 *
 * Everything that touches engine internals is in this folder, so that an upgrade of n8n-core costs one folder; tests
 * import this file. What the server adds around the engine (credential storage, credential test, webhook router,
 * drop-down requests) is rebuilt here after the server's behaviour; README.md says how to write a test.
 */
import './environment.cjs';

export { testCredential } from './credentialTest';
export { listSearch, loadOptions, type LoadOptionsOptions, type NodeOptions, resourceMapping, WEBHOOK_ID } from './editor';
export { type LoadedPackage, loadPackage } from './package';
export { startEngine } from './process';
export { binaryBuffer, storeBinary, NODE_NAME, runNode, type RunNodeOptions, type RunNodeResult, runWorkflow } from './runs';
export { hook, type HookResult, poll, type PollResult, type TriggerOptions, webhookCall } from './triggers';
export type { AnyCredentialType, AnyNodeType, EngineError, EngineOptions, InputRows, LogLine, ResumeRequest, ResumeResult, RunWorkflowOptions, WebhookCallResult, WebhookRequest, WebhookResponse, WorkflowJson, WorkflowNodeJson, WorkflowResult } from './types';
export { toItems } from './workflow';
