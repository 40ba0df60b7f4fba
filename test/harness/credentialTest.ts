/** The test of a credential. */
import { isDeepStrictEqual } from 'node:util';

import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, deepCopy, Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, ICredentialType, INode, INodeCredentialTestResult, INodeType } from 'n8n-workflow';

import { credentialsHelperFor, credentialTestNodeType } from './credentials';
import { baseDescription, instanceOf, nodeTypeRegistry } from './nodes';
import { startEngine } from './process';
import { newRecording, recordings } from './recording';
import type { AnyCredentialType, EngineOptions, LogLine } from './types';
import { additionalDataFor } from './workflow';

/**
 * Tests a credential as the server does: by the method of a node that names it in `testedBy`, or the `test.request` of its
 * type runs through the declarative engine and its `test.rules` are applied.
 *
 * @param options.node the node that may test it
 * @param data field values as the user filled them in; missing ones get their default
 */
export async function testCredential(
  credentialType: AnyCredentialType,
  data: ICredentialDataDecryptedObject,
  options: Pick<EngineOptions, 'variables' | 'instanceUrl'> & { node?: INodeType } = {},
): Promise<INodeCredentialTestResult & { logs: LogLine[] }> {
  await startEngine();
  const recording = newRecording();
  const result = await recordings.run(recording, async () => await credentialTest(instanceOf(credentialType), data, options));
  return { ...result, logs: recording.logs };
}

async function credentialTest(type: ICredentialType, data: ICredentialDataDecryptedObject, options: EngineOptions & { node?: INodeType }): Promise<INodeCredentialTestResult> {
  const failed = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });
  const { test } = type;
  const named = options.node?.description.credentials?.find(({ name }) => name === type.name)?.testedBy;
  const method = typeof named === 'string' ? options.node?.methods?.credentialTest?.[named] : undefined;
  if (test === undefined && method === undefined) return failed('No testing function found for this credential.');
  const rules = test?.rules ?? [];
  const helper = credentialsHelperFor({ credentials: [type], credentialValues: { [type.name]: data } });
  const additionalData = additionalDataFor(options, helper);
  const decrypted: ICredentialsDecrypted = { id: type.name, name: type.name, type: type.name };
  try {
    decrypted.data = helper.applyDefaults(additionalData, deepCopy(data), type.name, 'internal');
  } catch (error) {
    return failed((error as Error).message);
  }
  // The type's own test comes first.
  if (test === undefined) return await method!.call(new CredentialTestContext(additionalData), decrypted);

  const nodeType: INodeType = {
    description: {
      ...baseDescription('noOp', 'Temp', 1),
      credentials: [{ name: type.name, required: true }],
      properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request: test.request } }],
    },
  };
  const node: INode = {
    id: 'temp', name: 'Temp-Node', type: credentialTestNodeType, typeVersion: 1, position: [0, 0], parameters: {},
    credentials: { [type.name]: { id: decrypted.id, name: decrypted.name } },
  };
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypeRegistry([nodeType]) });
  const context = new ExecuteContext(
    workflow, node, additionalData, 'internal', createEmptyRunExecutionData(), 0, [], { main: [[{ json: {} }]] }, { node, data: {}, source: null }, [],
  );
  let body: unknown;
  try {
    const outputs = await new RoutingNode(context, nodeType, decrypted).runNode();
    body = outputs?.[0]?.[0]?.json;
  } catch (error) {
    const { cause, message } = error as { message: string; cause?: { code?: string; response?: { status: number; statusText?: string } } };
    if (cause?.response !== undefined) {
      const { status, statusText } = cause.response;
      const rule = rules.find((candidate) => candidate.type === 'responseCode' && candidate.properties.value === status);
      if (rule !== undefined) return failed(rule.properties.message);
      if (status < 199 || status > 299) return failed(statusText || `Received HTTP status code: ${status}`);
    } else if (cause?.code !== undefined) {
      return failed(cause.code);
    }
    return failed(message);
  }
  for (const rule of rules) {
    if (rule.type === 'responseSuccessBody' && isDeepStrictEqual(valueAt(body, rule.properties.key), rule.properties.value)) {
      return failed(rule.properties.message);
    }
  }
  return { status: 'OK', message: 'Connection successful!' };
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
}
