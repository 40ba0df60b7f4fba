import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { resources } from '../../nodes/Chatwoot/actions';
import { resourceProperties } from '../../nodes/shared/operation/operation';
import { fieldsFor } from '../../scripts/nodes';

export interface Operation {
  /** As `contact:create`. */
  key: string;
  resource: string;
  operation: string;
  properties: INodeProperties[];
}

// Not from the node's class: tsx would load Chatwoot.node.json in its place.
const properties = resourceProperties(resources, 'contact');
const shows = ({ displayOptions }: INodeProperties, field: string, value: string): boolean => displayOptions?.show?.[field]?.includes(value) ?? true;
const choices = (property: INodeProperties | undefined): string[] => ((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));

/** Every operation of the node with the fields that it shows. */
export const operations = new Map<string, Operation>(choices(properties.find(({ name }) => name === 'resource')).flatMap((resource) => {
  const own = properties.filter((one) => shows(one, 'resource', resource));
  return own.filter(({ name }) => name === 'operation').flatMap(choices).map((operation) => {
    const key = `${resource}:${operation}`;
    return [key, { key, resource, operation, properties: fieldsFor(properties, resource, operation).filter(({ name }) => !['resource', 'operation'].includes(name)) }] as const;
  });
}));

/** What can be chosen under Fields to Output; undefined for operations without this field. */
export const outputFields = (key: string): string[] | undefined => {
  const field = operations.get(key)?.properties.find(({ name }) => name === 'outputFields');
  return field && choices(field);
};

/** Fields by their path, such as `additionalFields.city` or `conditions.condition.value`; choices as `status=open`. */
export function fieldsOf({ properties: own }: Operation): string[] {
  const walk = (list: Array<INodeProperties | INodePropertyOptions | INodePropertyCollection>, at: string): string[] => list.flatMap((one) => {
    const property = one as INodeProperties;
    const path = `${at}${property.name}`;
    if (property.type === 'notice') return [];
    if (property.type === 'collection') return [path, ...walk(property.options ?? [], `${path}.`)];
    if (property.type === 'fixedCollection') return [path, ...((property.options ?? []) as INodePropertyCollection[]).flatMap(({ name, values }) => walk(values, `${path}.${name}.`))];
    return property.type === 'options' || property.type === 'multiOptions' ? [path, ...choices(property).map((value) => `${path}=${value}`)] : [path];
  });
  return [...new Set(walk(own, ''))];
}

/** The same for parameters that were given to an operation. */
export function fieldsIn(parameters: unknown, at = ''): string[] {
  if (parameters === null || typeof parameters !== 'object') return [];
  return Object.entries(parameters).flatMap(([name, value]): string[] => {
    const path = `${at}${name}`;
    if (Array.isArray(value)) return [path, ...value.flatMap((one) => (one !== null && typeof one === 'object' ? fieldsIn(one, `${path}.`) : [`${path}=${String(one)}`]))];
    if (value === null || typeof value !== 'object') return [path, `${path}=${String(value)}`];
    return [path, ...('__rl' in value || 'mappingMode' in value ? [] : fieldsIn(value, `${path}.`))];
  });
}
