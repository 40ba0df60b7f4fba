/** What the editor asks a node: lists, options, mapped fields. */
import { LoadOptionsContext } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, ILoadOptionsFunctions, INode, INodeListSearchResult, INodeParameters, INodePropertyOptions, INodeType, INodeTypeDescription, ResourceMapperFields } from 'n8n-workflow';

import { credentialsHelperFor } from './credentials';
import { instanceOf, nodeTypeRegistry } from './nodes';
import { startEngine } from './process';
import type { AnyNodeType, EngineOptions } from './types';
import { additionalDataFor, buildWorkflow } from './workflow';

export interface NodeOptions extends Omit<EngineOptions, 'nodes'> {
  parameters?: INodeParameters;
  typeVersion?: number;
  /** Further settings of the node, e.g. `webhookId` or `credentials`. */
  settings?: Partial<INode>;
  workflowId?: string;
}

/** A workflow of this one node, its parameters filled up with defaults, and the data that contexts need. */
export function soleNode(nodeType: AnyNodeType, name: string, options: NodeOptions, staticData?: IDataObject) {
  const type = instanceOf(nodeType);
  const engineOptions: EngineOptions = { ...options, nodes: [type] };
  const workflow = buildWorkflow(
    {
      id: options.workflowId ?? 'workflow-1',
      nodes: [
        {
          name,
          type: type.description.name,
          parameters: options.parameters ?? {},
          ...(options.typeVersion === undefined ? {} : { typeVersion: options.typeVersion }),
          ...(type.description as INodeTypeDescription).webhooks === undefined ? {} : { webhookId: WEBHOOK_ID },
          ...options.settings,
        },
      ],
      connections: {},
      ...(staticData === undefined ? {} : { staticData: { [`node:${name}`]: staticData } }),
    },
    nodeTypeRegistry([type]),
    engineOptions,
  );
  const node = workflow.getNode(name) as INode;
  const additionalData = additionalDataFor(engineOptions, credentialsHelperFor(engineOptions));
  // Here no execution exists yet, as on the server.
  if (options.executionId === undefined) delete additionalData.executionId;
  return { workflow, node, type: NodeHelpers.getVersionedNodeType(type, node.typeVersion), additionalData };
}

/** `webhookId` that trigger nodes get, unless `settings` has another. */
export const WEBHOOK_ID = '7b0c5f3e-0000-4000-8000-000000000001';

export interface LoadOptionsOptions extends NodeOptions {
  /** Path of the parameter whose list is loaded. Default `parameters`. */
  path?: string;
}

async function withLoadOptionsContext<T>(
  nodeType: AnyNodeType,
  options: LoadOptionsOptions,
  call: (methods: NonNullable<INodeType['methods']>, context: ILoadOptionsFunctions) => Promise<T>,
): Promise<T> {
  await startEngine();
  const { workflow, node, type, additionalData } = soleNode(nodeType, 'Temp-Node', options);
  additionalData.currentNodeParameters = node.parameters;
  return await call(type.methods ?? {}, new LoadOptionsContext(workflow, node, additionalData, options.path ?? 'parameters'));
}

function methodOf<T>(methods: Record<string, T> | undefined, name: string): T {
  const method = methods?.[name];
  if (method === undefined) throw new Error(`The node type has no method "${name}"; it has ${Object.keys(methods ?? {}).join(', ') || 'none'}`);
  return method;
}

/** Calls a `methods.listSearch` method, as the editor does for a resource locator. Its errors reject. */
export async function listSearch(
  nodeType: AnyNodeType,
  methodName: string,
  options: LoadOptionsOptions & { filter?: string; paginationToken?: string } = {},
): Promise<INodeListSearchResult> {
  return await withLoadOptionsContext(nodeType, options, async (methods, context) =>
    await methodOf(methods.listSearch, methodName).call(context, options.filter, options.paginationToken));
}

/** Calls a `methods.loadOptions` method. Its errors reject. */
export async function loadOptions(nodeType: AnyNodeType, methodName: string, options: LoadOptionsOptions = {}): Promise<INodePropertyOptions[]> {
  return await withLoadOptionsContext(nodeType, options, async (methods, context) =>
    await methodOf(methods.loadOptions, methodName).call(context));
}

/** Calls a `methods.resourceMapping` method. Its errors reject. */
export async function resourceMapping(nodeType: AnyNodeType, methodName: string, options: LoadOptionsOptions = {}): Promise<ResourceMapperFields> {
  return await withLoadOptionsContext(nodeType, options, async (methods, context) =>
    await methodOf(methods.resourceMapping, methodName).call(context));
}
