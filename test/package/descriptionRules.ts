/**
 * Rules for a node's final description, as the editor gets it: put together from literals, spreads and functions, so
 * that a linter cannot see it whole. Each rule returns one line for each thing that is wrong.
 */
import type {
  DisplayCondition,
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
} from 'n8n-workflow';

import { operationsOf, type PackageNode } from '../../scripts/nodes';

export type Rule = (node: PackageNode) => string[];

/** A condition value, or a list of them for each controlling parameter; keys are absolute: "/output". */
interface Conditions {
  show: Map<string, unknown[]>;
  hide: Map<string, unknown[]>;
}

/** One parameter, wherever it stands in the tree. */
interface Parameter {
  property: INodeProperties;
  /** "/additionalFields/phone". */
  path: string;
  conditions: Conditions;
  /** The parameters of the same form. */
  siblings: INodeProperties[];
}

/** For people only: no parameter to fill in. */
const texts = new Set(['notice', 'callout', 'button', 'hidden']);

/** Ids that no list can offer, with the reason; keys are `<vendor><path>`. */
export const idsWithoutList: Record<string, string> = {
  'Callbell/bsuid': 'is given by WhatsApp, not by Callbell',
  'Callbell/channelUserId': 'is given by the channel, not by Callbell',
  'Callbell/identifier': 'names a person who is not in Callbell yet',
  'Callbell/messageId': 'comes from the step that sent the message',
  'Callbell/userId': 'is told by no call of the API',
  'Chatwoot/sourceId': 'is given by the channel, not by Chatwoot',
  'Chatwoot/additionalFields/sourceId': 'is given by the channel, not by Chatwoot',
  'Chatwoot/filters/sourceId': 'is given by the channel, not by Chatwoot',
  'Chatwoot/conversationIds': 'many at once, from an earlier node',
  'Chatwoot/updateFields/slaPolicyId': 'Chatwoot has no list of SLA policies in its API',
  'Kinbox/additionalFields/_id': 'is made up by the caller for a new record',
  'Kinbox/additionalFields/externalId': "is the record's key in another system",
  'Kinbox/additionalFields/facebookId': 'is of Facebook',
  'Kinbox/additionalFields/instagramId': 'is of Instagram',
  'Kinbox/additionalFields/telegramId': 'is of Telegram',
  'Kinbox/additionalFields/conversationId': 'is the one of a channel; the list of conversations has those of sessions',
  'Kinbox/additionalFields/execAutoAttributionId': 'is told by no call of the API',
  'Kinbox/additionalFields/execBotId': 'is told by no call of the API',
  'Kinbox/externalId': "is the record's key in another system",
  'Kinbox/filters/callId': 'is the number that people see',
  'Kinbox/messageId': 'comes from the step that read or sent the message',
  'Kinbox/queueId': 'comes from the step that sent the message',
  'Kinbox/filters/externalId': "is the record's key in another system",
};

/** Lists whose names are data, not labels. */
const namesThatAreData: Record<string, string> = {
  defaultCountry: 'names of countries',
  outputFields: "the service's own field names",
};

function conditionsOf(property: INodeProperties, parentPath: string, inherited: Conditions): Conditions {
  const absolute = (key: string) => (key.startsWith('/') || key.startsWith('@') ? key : `${parentPath}/${key}`);
  const merged: Conditions = { show: new Map(inherited.show), hide: new Map(inherited.hide) };
  for (const kind of ['show', 'hide'] as const) {
    for (const [key, values] of Object.entries(property.displayOptions?.[kind] ?? {})) merged[kind].set(absolute(key), (values ?? []) as unknown[]);
  }
  return merged;
}

/** Every parameter of a node: at the top, in collections, in the rows of fixed collections. */
export function parametersOf(node: PackageNode): Parameter[] {
  const walk = (properties: INodeProperties[], parentPath: string, inherited: Conditions): Parameter[] =>
    properties.flatMap((property) => {
      const path = `${parentPath}/${property.name}`;
      const conditions = conditionsOf(property, parentPath, inherited);
      const inside =
        property.type === 'collection'
          ? walk((property.options ?? []) as INodeProperties[], path, conditions)
          : property.type === 'fixedCollection'
            ? ((property.options ?? []) as INodePropertyCollection[]).flatMap((group) => walk(group.values, `${path}/${group.name}`, conditions))
            : [];
      return [{ property, path, conditions, siblings: properties }, ...inside];
    });
  return walk(node.description.properties, '', { show: new Map(), hide: new Map() });
}

const isCondition = (value: unknown): value is DisplayCondition => typeof value === 'object' && value !== null && '_cnd' in value;

/** Whether two parameters can be on the screen at the same time. */
function canMeet(a: Conditions, b: Conditions): boolean {
  const contradicts = (one: Conditions, other: Conditions) =>
    [...one.show].some(([key, values]) => {
      if (values.some(isCondition)) return false;
      const shown = other.show.get(key);
      if (shown && !shown.some(isCondition) && !shown.some((value) => values.includes(value))) return true;
      const hidden = other.hide.get(key);
      return hidden !== undefined && values.every((value) => hidden.includes(value));
    });
  return !contradicts(a, b) && !contradicts(b, a);
}

function without(conditions: Conditions, key: string): Conditions {
  const copy: Conditions = { show: new Map(conditions.show), hide: new Map(conditions.hide) };
  copy.show.delete(key);
  copy.hide.delete(key);
  return copy;
}

const optionsOf = (property: INodeProperties) => (property.options ?? []) as INodePropertyOptions[];
const isList = (property: INodeProperties) => property.type === 'options' || property.type === 'multiOptions';
const isFilled = (property: INodeProperties) => !texts.has(property.type);

/** The Operation lists, by resource. */
function operationLists(node: PackageNode): Map<string, INodePropertyOptions[]> {
  const lists = node.description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap((property) => ((property.displayOptions?.show?.resource ?? []) as string[]).map((resource) => [resource, optionsOf(property)] as const));
  return new Map(lists);
}

const smallWords = new Set(['a', 'an', 'and', 'as', 'at', 'but', 'by', 'for', 'from', 'if', 'in', 'into', 'nor', 'of', 'off', 'on', 'or', 'per', 'than', 'the', 'to', 'up', 'via', 'vs', 'with']);

export function isTitleCase(name: string): boolean {
  const words = name.split(/[\s/]+/).filter((word) => /\p{L}/u.test(word));
  return words.every((word, index) => {
    const letters = word.replace(/^[^\p{L}]+/u, '');
    return !/^\p{Ll}/u.test(letters) || /^\p{Ll}['’]\p{Lu}/u.test(letters) || (index > 0 && smallWords.has(letters.replace(/\W+$/, '')));
  });
}

const properNouns = /^(?:Kinbox|Chatwoot|Callbell|WhatsApp|Instagram|Messenger|Telegram|IDs?|URLs?|CSV|JSON|API|CSAT|SLA|AI)$/;

function isSentenceCase(text: string): boolean {
  return text.split(' ').every((word, index) => (index === 0 ? /^\p{Lu}/u.test(word) : !/^\p{Lu}/u.test(word) || properNouns.test(word)));
}

function isSorted(names: string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] as string).localeCompare(name, 'en', { sensitivity: 'base' }) <= 0);
}

function defaultProblem(property: INodeProperties): string | undefined {
  const { type, default: value } = property;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const isRows = type === 'collection' || type === 'fixedCollection';
  if (property.typeOptions?.multipleValues && !isRows) return Array.isArray(value) ? undefined : 'is not a list';
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'is not a boolean';
    case 'number':
      return typeof value === 'number' ? undefined : 'is not a number';
    case 'string':
    case 'json':
    case 'dateTime':
    case 'color':
      return typeof value === 'string' ? undefined : 'is not text';
    case 'options': {
      if (property.typeOptions?.loadOptionsMethod) return value === '' ? undefined : 'is not empty, though the list is loaded';
      return optionsOf(property).some((option) => option.value === value) ? undefined : 'is not in the list';
    }
    case 'multiOptions': {
      if (!Array.isArray(value)) return 'is not a list';
      if (property.typeOptions?.loadOptionsMethod) return undefined;
      return (value as unknown[]).every((entry) => optionsOf(property).some((option) => option.value === entry)) ? undefined : 'is not in the list';
    }
    case 'collection':
    case 'fixedCollection':
      return isObject ? undefined : 'is not an object';
    case 'resourceLocator': {
      const mode = isObject && 'mode' in value ? value.mode : undefined;
      return property.modes?.some(({ name }) => name === mode) ? undefined : 'names no mode';
    }
    case 'resourceMapper':
      return isObject && 'mappingMode' in value ? undefined : 'names no mapping mode';
    default:
      return value === undefined ? 'is missing' : undefined;
  }
}

export const rules: Record<string, Rule> = {
  'every operation has an action in sentence case that names the resource': (node) => {
    const resourceNames = new Map(node.resources.map(({ option }) => [option.value, option.name]));
    const found: string[] = [];
    const seen = new Set<string>();
    for (const [resource, options] of operationLists(node)) {
      for (const { name, value, action, description } of options) {
        const where = `${resource}:${String(value)}`;
        if (!action) found.push(`${where} has no action`);
        else {
          if (!isSentenceCase(action)) found.push(`${where}: "${action}" is not in sentence case`);
          if (/\b(?:a|an|the)\b/i.test(action)) found.push(`${where}: "${action}" has an article`);
          const stems = (resourceNames.get(resource) ?? resource).toLowerCase().split(' ').map((word) => word.replace(/(?:y|ies|s)$/, ''));
          if (!stems.every((stem) => action.toLowerCase().includes(stem))) found.push(`${where}: "${action}" does not name the resource`);
          if (seen.has(action)) found.push(`${where}: "${action}" stands twice in the node's list of actions`);
          seen.add(action);
        }
        if (!description || description === name || description === action) found.push(`${where} has no description of its own`);
      }
    }
    return found;
  },

  'names are in title case': (node) =>
    parametersOf(node).filter(({ property }) => isFilled(property)).flatMap(({ property, path }) => {
      const names = [property.displayName];
      if (isList(property) && !(property.name in namesThatAreData)) names.push(...optionsOf(property).map(({ name }) => name));
      if (property.type === 'fixedCollection') names.push(...((property.options ?? []) as INodePropertyCollection[]).map(({ displayName }) => displayName));
      if (property.type === 'resourceLocator') names.push(...(property.modes ?? []).map(({ displayName }) => displayName));
      return names.filter((name) => !isTitleCase(name) || name !== name.trim()).map((name) => `${path}: "${name}"`);
    }),

  'lists are sorted by name': (node) =>
    parametersOf(node).flatMap(({ property, path }) => {
      if (isList(property) && !isSorted(optionsOf(property).map(({ name }) => name))) return [`${path}: ${optionsOf(property).map(({ name }) => name).join(', ')}`];
      if (property.type === 'collection') {
        const names = ((property.options ?? []) as INodeProperties[]).map(({ displayName }) => displayName);
        return isSorted(names) ? [] : [`${path}: ${names.join(', ')}`];
      }
      return [];
    }),

  'no name or value stands twice in a list': (node) =>
    parametersOf(node).flatMap(({ property, path }) => {
      const entries = isList(property) ? optionsOf(property).flatMap(({ name, value }) => [`name ${name}`, `value ${String(value)}`]) : [];
      if (property.type === 'collection') entries.push(...((property.options ?? []) as INodeProperties[]).map(({ displayName }) => `name ${displayName}`));
      return entries.filter((entry, index) => entries.indexOf(entry) !== index).map((entry) => `${path}: ${entry}`);
    }),

  'conditions point at parameters and values that exist': (node) => {
    const parameters = parametersOf(node);
    return parameters.flatMap(({ path, conditions }) =>
      [...conditions.show, ...conditions.hide].flatMap(([key, values]) => {
        if (key.startsWith('@')) return [];
        const controls = parameters.filter((other) => other.path === key && other.path !== path && canMeet(other.conditions, without(conditions, key)));
        if (controls.length === 0) return [`${path} depends on ${key}, which is never there with it`];
        return values
          .filter((value) => !isCondition(value) && !controls.some(({ property }) => allows(property, value)))
          .map((value) => `${path} depends on ${key} being ${JSON.stringify(value)}, which it never is`);
      }));
  },

  'every parameter can be reached': (node) => {
    const lists = operationLists(node);
    return parametersOf(node).flatMap(({ path, conditions }) => {
      const resources = conditions.show.get('/resource') as string[] | undefined;
      const operations = conditions.show.get('/operation') as string[] | undefined;
      if (!resources || !operations) return [];
      return resources
        .filter((resource) => !lists.get(resource)?.some(({ value }) => operations.includes(String(value))))
        .map((resource) => `${path} is for operations that ${resource} does not have`);
    });
  },

  'every id is picked from a list': (node) =>
    parametersOf(node).filter(({ property }) => isFilled(property)).flatMap(({ property, path }) => {
      const namesId = /(?:^id|Ids?|IDs?)$/.test(property.name) || /\bIDs?\b/.test(property.displayName);
      if (!namesId || property.type === 'resourceLocator' || property.typeOptions?.loadOptionsMethod) return [];
      if (property.type === 'fixedCollection' || property.type === 'collection') return [];
      return `${node.vendor}${path}` in idsWithoutList ? [] : [`${node.vendor}${path} (${property.displayName})`];
    }),

  'locators offer a list and an id': (node) =>
    parametersOf(node).filter(({ property }) => property.type === 'resourceLocator').flatMap(({ property, path }) => {
      const modes = new Map((property.modes ?? []).map((mode) => [mode.name, mode]));
      const found: string[] = [];
      if (modes.get('list')?.type !== 'list') found.push(`${path} has no list`);
      if (!modes.get('id')) found.push(`${path} has no mode for an ID`);
      if ((property.default as { mode?: string } | undefined)?.mode !== 'list') found.push(`${path} does not begin with the list`);
      for (const [name, mode] of modes) {
        if (name !== 'list' && !mode.placeholder) found.push(`${path}: mode ${name} has no placeholder`);
        const pattern = mode.extractValue?.regex ?? '';
        if (name === 'url' && !(typeof pattern === 'string' && /\((?!\?)/.test(pattern) && compiles(pattern))) found.push(`${path}: the URL mode takes nothing out of the URL`);
        for (const validation of mode.validation ?? []) {
          const regex = 'properties' in validation ? (validation.properties as { regex?: string }).regex : undefined;
          if (regex !== undefined && !compiles(regex)) found.push(`${path}: ${regex} is no pattern`);
        }
      }
      return found;
    }),

  'methods behind lists exist': (node) => {
    const { listSearch, loadOptions, resourceMapping } = node.node.methods ?? {};
    return parametersOf(node).flatMap(({ property, path }) => {
      const wanted: Array<[string, string | undefined, object | undefined]> = [
        ['loadOptions', property.typeOptions?.loadOptionsMethod, loadOptions],
        ['resourceMapping', property.typeOptions?.resourceMapper?.resourceMapperMethod, resourceMapping],
        ...(property.modes ?? []).map(({ typeOptions }): [string, string | undefined, object | undefined] => ['listSearch', typeOptions?.searchListMethod, listSearch]),
      ];
      return wanted.filter(([, name, methods]) => name && !(name in (methods ?? {}))).map(([kind, name]) => `${path}: no ${kind} method ${name}`);
    });
  },

  'every parameter has a description': (node) =>
    parametersOf(node).filter(({ property }) => isFilled(property)).flatMap(({ property, path }) => {
      const { description, displayName } = property;
      if (!description) return [`${path} has none`];
      if (description === displayName) return [`${path} only repeats its name`];
      if (description !== description.trim() || /^\p{Ll}/u.test(description)) return [`${path}: "${description}"`];
      // One sentence has no full stop, several have one each.
      const sentences = description.replace(/<[^>]*>/g, '').split(/[.!?]\s+(?=[\p{Lu}\d])/u).length;
      if (sentences === 1 && /[^.]\.$/.test(description)) return [`${path}: one sentence ends in a full stop`];
      return [];
    }),

  'descriptions of switches start with "Whether"': (node) =>
    parametersOf(node)
      .filter(({ property }) => property.type === 'boolean' && !property.description?.startsWith('Whether '))
      .map(({ path, property }) => `${path}: "${property.description ?? ''}"`),

  'placeholders are examples or name what a button adds': (node) =>
    parametersOf(node).flatMap(({ property, path }) => {
      const { type, placeholder } = property;
      const found: string[] = [];
      const begin = type === 'collection' || type === 'fixedCollection' ? 'Add ' : 'e.g. ';
      if (placeholder && !placeholder.startsWith(begin)) found.push(`${path}: "${placeholder}"`);
      if (begin === 'Add ' && !placeholder) found.push(`${path} has no text for its button`);
      for (const mode of property.modes ?? []) {
        if (mode.type !== 'list' && mode.placeholder && !mode.placeholder.startsWith('e.g. ')) found.push(`${path}: "${mode.placeholder}"`);
      }
      return found;
    }),

  'no two parameters of one name are shown at once': (node) => {
    const parameters = parametersOf(node);
    const lists = operationLists(node);
    /** Of the operations that both name one must exist: n8n shows a field for resources and operations crosswise. */
    const inAnOperation = (one: Conditions, other: Conditions) => {
      const [resources, operations] = ['/resource', '/operation'].map((key) => one.show.get(key)?.filter((value) => other.show.get(key)?.includes(value)));
      if (!resources?.length || !operations?.length) return true;
      return resources.some((resource) => lists.get(String(resource))?.some(({ value }) => operations.includes(value)) ?? true);
    };
    return parameters.flatMap((one, index) =>
      parameters.slice(index + 1)
        .filter((other) => other.path === one.path && canMeet(one.conditions, other.conditions) && inAnOperation(one.conditions, other.conditions))
        .map((other) => `${one.path}: ${describe(one.conditions)} and ${describe(other.conditions)}`));
  },

  'defaults fit their parameter': (node) =>
    parametersOf(node).filter(({ property }) => isFilled(property)).flatMap(({ property, path }) => {
      const problem = defaultProblem(property);
      return problem ? [`${path}: the default ${problem}`] : [];
    }),

  'parameter names can be written in expressions without quotes': (node) =>
    parametersOf(node).filter(({ property }) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(property.name)).map(({ path }) => path),

  // A workflow is exported, shared and pasted: what is secret lies in the credential.
  'no parameter is a secret': (node) =>
    parametersOf(node)
      .filter(({ property }) => property.typeOptions?.password || (property.type === 'string' && /(?:password|secret|token|apikey)$/i.test(property.name)))
      .map(({ path }) => path),

  'get many has Return All and Limit': (node) =>
    operationsOf(node).filter(({ operation }) => operation.option.value === 'getAll').flatMap(({ resource, operation }) => {
      const where = `${resource.option.value}:getAll`;
      const find = (name: string) => operation.properties.find((property) => property.name === name);
      const [returnAll, limit] = [find('returnAll'), find('limit')];
      const found: string[] = [];
      if (operation.option.name !== 'Get Many') found.push(`${where} is called "${operation.option.name}"`);
      if (returnAll?.type !== 'boolean' || returnAll.default !== false) found.push(`${where}: Return All is not off by default`);
      if (limit?.default !== 50 || limit.typeOptions?.minValue !== 1) found.push(`${where}: Limit is not 50 and at least 1`);
      return found;
    }),

  'selectors take no expression and no hints for the workflow builder': (node) =>
    node.description.properties
      .filter(({ name }) => name === 'resource' || name === 'operation' || name === 'mode')
      .flatMap((property) => [
        ...(property.noDataExpression ? [] : [`/${property.name} takes expressions`]),
        // n8n refuses to load the whole package otherwise.
        ...('builderHint' in property ? [`/${property.name} has a builderHint`] : []),
      ]),

  'the Operation lists and the code have the same operations': (node) => {
    const inCode = operationsOf(node).map(({ resource, operation }) => `${resource.option.value}:${operation.option.value}`);
    const shown = [...operationLists(node)].flatMap(([resource, options]) => options.map(({ value }) => `${resource}:${String(value)}`));
    const resources = node.description.properties.filter(({ name }) => name === 'resource').flatMap(optionsOf).map(({ value }) => String(value));
    return [
      ...(!node.isTrigger && shown.length === 0 ? ['the node has no operations'] : []),
      ...inCode.filter((operation) => !shown.includes(operation)).map((operation) => `${operation} is not in its list`),
      ...shown.filter((operation) => !inCode.includes(operation)).map((operation) => `${operation} has no code`),
      ...[...inCode, ...shown].filter((operation, index, all) => all.indexOf(operation) !== index && all.filter((other) => other === operation).length > 2).map((operation) => `${operation} stands twice`),
      ...resources.filter((resource) => !shown.some((operation) => operation.startsWith(`${resource}:`))).map((resource) => `${resource} has no operations`),
      ...operationsOf(node)
        .filter(({ operation }) => typeof operation.run !== 'function' || typeof operation.read !== 'function')
        .map(({ resource, operation }) => `${resource.option.value}:${operation.option.value} cannot be run`),
    ];
  },

  'regular nodes are tools, triggers have no input': ({ description, isTrigger, name }) =>
    isTrigger
      ? [
          ...(description.usableAsTool ? ['a trigger cannot be a tool'] : []),
          ...(description.inputs.length ? ['a trigger has no input'] : []),
          ...(name.endsWith('Trigger') && description.name.endsWith('Trigger') && description.displayName.includes('Trigger') ? [] : ['the names do not say that it is a trigger']),
        ]
      : description.usableAsTool
        ? []
        : ['usableAsTool is not set'],

  'the node names itself': ({ description, name }) => [
    ...(description.name === `${name[0]?.toLowerCase()}${name.slice(1)}` ? [] : [`the name ${description.name} is not the file's`]),
    ...(description.subtitle ? [] : ['it has no subtitle']),
    ...(description.description ? [] : ['it has no description']),
    ...(description.defaults.name ? [] : ['it has no default name']),
  ],
};

function allows(property: INodeProperties, value: unknown): boolean {
  if (isList(property) && !property.typeOptions?.loadOptionsMethod) return optionsOf(property).some((option) => option.value === value);
  if (property.type === 'boolean') return typeof value === 'boolean';
  return true;
}

function compiles(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern));
  } catch {
    return false;
  }
}

function describe({ show, hide }: Conditions): string {
  return JSON.stringify({ show: Object.fromEntries(show), ...(hide.size && { hide: Object.fromEntries(hide) }) });
}
