/** Credentials as the server stores, applies and renews them. */
import { getAdditionalKeys } from 'n8n-core';
import { deepCopy, ICredentialsHelper, isExpression, NodeHelpers, Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, ICredentials, ICredentialsExpressionResolveValues, ICredentialType, IDataObject, IExecuteData, IHttpRequestHelper, IHttpRequestOptions, INode, INodeCredentials, INodeCredentialsDetails, INodeParameters, INodeProperties, INodeType, INodeTypes, IRequestOptionsSimplified, IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';

import { instanceOf, nodeTypeRegistry } from './nodes';
import type { EngineOptions, WorkflowNodeJson } from './types';
import { nodeFromJson } from './workflow';

type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

export const credentialTestNodeType = 'n8n-nodes-base.noOp';

const resolved = new Map<string, string>();

/** Stands in for the server's credential store: defaults, expressions, `authenticate` and `preAuthentication`. */
class HarnessCredentials extends ICredentialsHelper {
  constructor(
    private readonly types: Map<string, ICredentialType>,
    private readonly values: CredentialValues,
    private readonly nodeTypes: INodeType[],
  ) {
    super();
  }

  private type(name: string): ICredentialType {
    const type = this.types.get(name);
    if (type === undefined) throw new Error(`Credential type "${name}" is not among the harness option "credentials"`);
    return type;
  }

  getParentTypes(name: string): string[] {
    const parents = this.types.get(name)?.extends ?? [];
    return parents.flatMap((parent) => [...this.getParentTypes(parent), parent]);
  }

  isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
    if (this.types.get(credentialType)?.restrictToSupportedNodes !== true) return true;
    const shortName = nodeType.slice(nodeType.lastIndexOf('.') + 1);
    return this.nodeTypes.some(
      ({ description }) => description.name === shortName && description.credentials?.some(({ name }) => name === credentialType),
    );
  }

  getCredentialsProperties(name: string): INodeProperties[] {
    const type = this.type(name);
    const properties: INodeProperties[] = [];
    for (const parent of type.extends ?? []) NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
    NodeHelpers.mergeNodeProperties(properties, type.properties);
    return properties;
  }

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow?: Workflow,
    node?: INode,
  ): Promise<IHttpRequestOptions> {
    const options = requestOptions as IHttpRequestOptions;
    const { authenticate } = this.type(typeName);
    if (authenticate === undefined) return options;
    if (typeof authenticate === 'function') return await authenticate(credentials, options);
    if (workflow === undefined || node === undefined) throw new Error('Generic authentication needs workflow and node');

    // What an expression of a credential gives depends on the credential alone; to resolve it takes as long as a request.
    const resolve = (value: unknown): unknown => {
      if (!isExpression(value)) return value;
      const key = JSON.stringify([value, credentials]);
      const known = resolved.get(key) ?? String(workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials }, undefined, '') || '');
      resolved.set(key, known);
      return known;
    };
    options.headers ??= {};
    for (const [part, entries] of Object.entries(authenticate.properties)) {
      const target = ((options as unknown as Record<string, IDataObject>)[part] ??= {});
      for (const [key, value] of Object.entries(entries as Record<string, string>)) {
        target[String(resolve(key))] = resolve(value) as string;
      }
    }
    return options;
  }

  async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    node: INode,
    credentialsExpired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const type = this.type(typeName);
    const expirable = type.properties.find(({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true);
    if (expirable === undefined || type.preAuthentication === undefined) return undefined;
    const isTest = node.type === credentialTestNodeType && node.parameters.temp === '';
    if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;
    const output = (await type.preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
    if (output[expirable.name] === undefined) return undefined;
    const details = node.credentials?.[typeName];
    if (details === undefined) return undefined;
    await this.updateCredentials(details, typeName, { ...this.stored(details, typeName), ...output });
    return Object.assign(credentials, output);
  }

  async runPreAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    return (await this.type(typeName).preAuthentication?.call(helpers, credentials)) as ICredentialDataDecryptedObject | undefined;
  }

  private key(details: INodeCredentialsDetails, type: string): string {
    const key = [details.id, details.name, type].find((name) => typeof name === 'string' && this.values[name] !== undefined);
    if (typeof key !== 'string') throw new Error(`No values for credential "${type}" in the harness option "credentialValues"`);
    return key;
  }

  private stored(details: INodeCredentialsDetails, type: string): ICredentialDataDecryptedObject {
    return this.values[this.key(details, type)] as ICredentialDataDecryptedObject;
  }

  async getCredentials(): Promise<ICredentials> {
    throw new Error('The harness keeps credentials unencrypted; use getDecrypted');
  }

  async getDecrypted(
    additionalData: IWorkflowExecuteAdditionalData,
    details: INodeCredentialsDetails,
    type: string,
    mode: WorkflowExecuteMode,
    executeData?: IExecuteData,
    raw?: boolean,
    resolveValues?: ICredentialsExpressionResolveValues,
  ): Promise<ICredentialDataDecryptedObject> {
    const stored = deepCopy(this.stored(details, type));
    return raw === true ? stored : this.applyDefaults(additionalData, stored, type, mode, executeData, resolveValues);
  }

  /** Missing fields get their default, expressions in fields are resolved: what a node sees of a stored credential. */
  applyDefaults(
    additionalData: IWorkflowExecuteAdditionalData,
    stored: ICredentialDataDecryptedObject,
    type: string,
    mode: WorkflowExecuteMode,
    executeData?: IExecuteData,
    resolveValues?: ICredentialsExpressionResolveValues,
  ): ICredentialDataDecryptedObject {
    const data = NodeHelpers.getNodeParameters(
      this.getCredentialsProperties(type), stored as INodeParameters, true, false, null, null,
    ) as INodeParameters;
    for (const key of ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains']) {
      if (data[key] === undefined && stored[key] !== undefined) data[key] = stored[key] as INodeParameters[string];
    }
    const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
    if (resolveValues !== undefined) {
      const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = resolveValues;
      return workflow.expression.getParameterValue(
        data, runExecutionData, runIndex, itemIndex, node.name, connectionInputData, mode, keys, executeData, false, data,
      ) as ICredentialDataDecryptedObject;
    }
    const node = nodeFromJson({ name: 'Credential', type: 'n8n-nodes-base.noOp' });
    const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypeRegistry([]) });
    return workflow.expression.getComplexParameterValue(
      node, data, mode, keys, undefined, undefined, data as ICredentialDataDecryptedObject,
    ) as ICredentialDataDecryptedObject;
  }

  async updateCredentials(details: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
    this.values[this.key(details, type)] = data;
  }

  async updateCredentialsOauthTokenData(details: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
    await this.updateCredentials(details, type, { ...this.stored(details, type), oauthTokenData: data.oauthTokenData as IDataObject });
  }
}

export function credentialsHelperFor({ nodes = [], credentials = [], credentialValues = {} }: EngineOptions): HarnessCredentials {
  const types = credentials.map((type) => instanceOf(type));
  return new HarnessCredentials(
    new Map(types.map((type) => [type.name, type])),
    { ...credentialValues },
    nodes.map((node) => NodeHelpers.getVersionedNodeType(instanceOf(node))),
  );
}

/** A node gets every credential that its type declares and `credentialValues` has, unless the workflow names its own. */
export function credentialsOfNode(registry: INodeTypes, node: WorkflowNodeJson, values: CredentialValues = {}): INodeCredentials | undefined {
  if (node.credentials !== undefined) return node.credentials;
  const declared = registry.getByNameAndVersion(node.type, node.typeVersion).description.credentials ?? [];
  const chosen = declared.filter(({ name }) => values[name] !== undefined).map(({ name }) => [name, { id: name, name }] as const);
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}
