import type {
  DeclarativeRestApiSettings,
  IDataObject,
  IExecutePaginationFunctions,
  INodeExecutionData,
  INodeProperties,
  INodePropertyOptions,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow';
import type { ListCall, VendorCalls } from './vendors';

/** Fields of ours that are no fields of the vendor's. */
const notSent = new Set(['resource', 'operation', 'options', 'output', 'outputFields', 'returnAll', 'limit', 'defaultCountry']);
const sendable = new Set(['string', 'number', 'boolean', 'dateTime']);

/**
 * The node that a generator would make of the same API: our node's properties, each with `routing`, so that n8n's
 * declarative engine sends the requests. Made for the comparison only.
 *
 * @param ours description of the built node
 * @param unshared make a field that several operations share into one for each
 */
export function declarativeNode(ours: INodeTypeDescription, calls: VendorCalls, baseUrl: string, unshared: boolean): INodeType {
  const fields = unshared ? ours.properties.flatMap(forEachOperation) : ours.properties;
  const bodyKeys = bodyKeysByField(calls);
  const routed = (property: INodeProperties): INodeProperties => {
    if (notSent.has(property.name)) return property;
    if (property.type === 'collection') return { ...property, options: (property.options as INodeProperties[]).map(routed) };
    if (!sendable.has(property.type)) return property;
    return { ...property, routing: { send: { type: 'body', property: bodyKeys.get(property.name) ?? property.name, value: '={{ $value || undefined }}' } } };
  };
  return {
    description: {
      ...ours,
      name: `${ours.name}Declarative`,
      displayName: `${ours.displayName} (declarative)`,
      requestDefaults: { baseURL: baseUrl, headers: { accept: 'application/json' } },
      properties: fields.map((property) => (property.name === 'operation' ? operationProperty(property, calls) : routed(property))),
    },
  };
}

function forEachOperation(property: INodeProperties): INodeProperties[] {
  const { show, ...display } = property.displayOptions ?? {};
  const operations = show?.operation;
  if (operations === undefined || property.name === 'operation') return [property];
  return operations.map((operation) => ({ ...property, displayOptions: { ...display, show: { ...show, operation: [operation] } } }));
}

/** Our fields' names with the vendor's names, where the two differ: read off the expressions that fill our node. */
function bodyKeysByField({ create, parameters }: VendorCalls): Map<string, string> {
  const fields = { ...parameters.create, ...(parameters.create.additionalFields as object | undefined) };
  const byExpression = new Map(Object.entries(create.body).map(([key, rowKey]) => [`={{ $json.${rowKey} }}`, key]));
  return new Map(Object.entries(fields).flatMap(([name, value]) => {
    const key = byExpression.get(String(value));
    return key === undefined ? [] : [[name, key] as const];
  }));
}

/** The operations of contacts send what the comparison needs, the others a request of the same kind. */
function operationProperty(property: INodeProperties, { create, update, list }: VendorCalls): INodeProperties {
  const [resource] = property.displayOptions?.show?.resource ?? [];
  const routingOf = (value: string): INodePropertyOptions['routing'] => {
    if (resource !== 'contact') return { request: { method: 'GET', url: `/${String(resource)}/${value}` } };
    switch (value) {
      case 'create':
        return { request: { method: create.method, url: create.path } };
      case 'update':
        return { request: { method: update.method, url: `=${update.path.replace('{id}', '{{ $parameter.contactId.value }}')}` } };
      case 'getAll':
        return {
          request: { method: 'GET', url: list.path, qs: list.query },
          send: { paginate: true },
          operations: { pagination: pageAfterPage(list) },
          output: { postReceive: [{ type: 'rootProperty', properties: { property: list.rows } }] },
        };
      default:
        return { request: { method: 'GET', url: `/contacts/${value}` } };
    }
  };
  const options = property.options as INodePropertyOptions[];
  return { ...property, options: options.map((option) => ({ ...option, routing: routingOf(String(option.value)) })) };
}

function pageAfterPage({ move, pageSize }: ListCall) {
  return async function (this: IExecutePaginationFunctions, request: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
    const all: INodeExecutionData[] = [];
    for (let position = move.first; ; position += move.step) {
      (request.options.qs as IDataObject)[move.parameter] = position;
      const page = await this.makeRoutingRequest(request);
      all.push(...page);
      if (page.length < pageSize) return all;
    }
  };
}
