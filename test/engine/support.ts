import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { CallbellApi } from '../../credentials/CallbellApi.credentials';
import { ChatwootAccessTokenApi } from '../../credentials/ChatwootAccessTokenApi.credentials';
import { KinboxApi } from '../../credentials/KinboxApi.credentials';
import { runNode, type AnyNodeType, type RunNodeOptions, type RunNodeResult } from '../harness/engine';
import { checkSchema } from '../harness/schemas';
import { startSandbox, type RecordedRequest, type Sandbox, type SandboxOptions, type Vendor } from '../sandbox';

export const credentials = [KinboxApi, ChatwootAccessTokenApi, CallbellApi];

/** Values of the three credentials that open the sandbox. */
export function credentialValues(sandbox: Sandbox): Record<string, ICredentialDataDecryptedObject> {
  return {
    kinboxApi: { generation: 'v3', token: sandbox.kinbox.tokens.v3, host: sandbox.kinbox.url },
    chatwootAccessTokenApi: { url: sandbox.chatwoot.url, accessToken: sandbox.chatwoot.tokens.administrator, accountId: String(sandbox.chatwoot.accountId) },
    callbellApi: { token: sandbox.callbell.token, baseUrl: sandbox.callbell.url },
  };
}

/** Every secret of the sandbox: none of them may be visible anywhere. */
export function secretsOf(sandbox: Sandbox): string[] {
  return [...Object.values(sandbox.kinbox.tokens), ...Object.values(sandbox.chatwoot.tokens), sandbox.callbell.token];
}

export interface OperationOptions extends Omit<RunNodeOptions, 'credentials' | 'credentialValues'> {
  /** Fields of a credential to change, by credential type: a wrong token, the other generation. */
  credential?: Record<string, ICredentialDataDecryptedObject>;
  /** Skip the check of the output against its preview, e.g. for Output: Raw. */
  skipSchema?: boolean;
}

export interface OperationResult extends RunNodeResult {
  /** Requests of this run, in the order they were answered. */
  requests: RecordedRequest[];
}

export interface Bench {
  sandbox: Sandbox;
  /** Runs one operation of the node in the real engine against the sandbox. */
  run(resource: string, operation: string, parameters?: INodeParameters, options?: OperationOptions): Promise<OperationResult>;
}

/**
 * A sandbox and a node for one test file. Starts before the first test, is reset before each, and after each test
 * fails it when a request or an answer has broken the contract, or a secret can be seen in what the run left behind.
 *
 * @param nodeName folder of the node, e.g. "Kinbox"
 */
export function useNode(nodeName: string, nodeType: AnyNodeType, options: SandboxOptions = {}): Bench {
  let sandbox: Sandbox | undefined;
  let visible: string[] = [];
  beforeAll(async () => {
    sandbox = await startSandbox(options);
  });
  beforeEach(() => {
    sandbox!.reset();
    visible = [];
  });
  afterEach(() => {
    expect(sandbox!.violations).toEqual([]);
    for (const secret of secretsOf(sandbox!)) for (const text of visible) expect(text).not.toContain(secret);
  });
  afterAll(async () => {
    await sandbox?.close();
  });
  return {
    get sandbox() {
      return sandbox!;
    },
    async run(resource, operation, parameters = {}, { credential = {}, skipSchema, ...runOptions } = {}) {
      const values = credentialValues(sandbox!);
      for (const [type, fields] of Object.entries(credential)) values[type] = { ...values[type], ...fields };
      const before = sandbox!.requests.length;
      const result = await runNode(nodeType, { resource, operation, ...parameters }, { ...runOptions, credentials, credentialValues: values });
      visible.push(result.visibleText());
      const raw = parameters.output !== undefined && parameters.output !== 'simplified';
      if (result.status === 'success' && !skipSchema && !raw && runOptions.continueOnFail !== true && runOptions.onError === undefined) {
        checkSchema(nodeName, resource, operation, result.rows.filter((row) => row.summary !== true));
      }
      return Object.assign(result, { requests: sandbox!.requests.slice(before) });
    },
  };
}

/** Resource locator values as the editor stores them. */
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });
export const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });
export const fromList = (value: string | number) => ({ __rl: true, mode: 'list', value: String(value) });

/** What *Get Results* of a campaign gives in all nodes: the counts, and each person. */
export const resultKeys = ['campaign', 'messages', 'sent', 'delivered', 'read', 'failed', 'waiting', 'other', 'unsure', 'answered', 'reasons'];
export const resultRowKeys = ['campaign', 'phone', 'name', 'status', 'reason', 'messageId', 'text', 'at'];

export type { Vendor };
