import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NodeHelpers, type ICredentialType, type INodeProperties, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { fieldsFor, filesBelow, fromRoot, loadNodes, operationsOf, root, type PackageNode } from '../../scripts/nodes';
import { idsWithoutList, isTitleCase, parametersOf, rules } from './descriptionRules';

let nodes: PackageNode[];
let credentialNames: string[];

beforeAll(async () => {
  nodes = await loadNodes();
  const files = filesBelow(join(root, 'credentials')).filter((file) => file.endsWith('.credentials.ts'));
  const modules = await Promise.all(files.map(async (file) => (await import(file)) as Record<string, new () => ICredentialType>));
  credentialNames = modules.flatMap((module) => Object.values(module).map((Credential) => new Credential().name));
});

/** What is wrong in any node, one line each. */
const inAllNodes = (rule: (node: PackageNode) => string[]) => nodes.flatMap((node) => rule(node).map((line) => `${node.name} ${line}`));

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; repository: { url: string } };

/** The page of this package that an address leads to, with its heading; undefined for any other. */
function guideOf(url = ''): string | undefined {
  const guides = `${manifest.repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/`;
  const [file = '', anchor] = url.slice(guides.length).split('#');
  if (!url.startsWith(guides) || !existsSync(join(root, file))) return undefined;
  const headings = readFileSync(join(root, file), 'utf8').match(/^#+ .+$/gm) ?? [];
  return anchor === undefined || headings.some((line) => line.replace(/^#+ /, '').toLowerCase().replaceAll(' ', '-') === anchor) ? file : undefined;
}

describe('the nodes\' descriptions', () => {
  test('the package has nodes, and they have parameters', () => {
    expect(nodes.map(({ name }) => name)).toContain('Kinbox');
    for (const node of nodes) expect(parametersOf(node).length).toBeGreaterThan(node.isTrigger ? 0 : 20);
  });

  test.each(Object.entries(rules))('%s', (_, rule) => {
    expect(inAllNodes(rule)).toEqual([]);
  });

  test('credentials are those of this package', () => {
    expect(inAllNodes(({ description }) => {
      const names = (description.credentials ?? []).map(({ name }) => name);
      return names.length === 0 ? ['has no credential'] : names.filter((name) => !credentialNames.includes(name));
    })).toEqual([]);
  });

  test('icons are there, light and dark', () => {
    expect(inAllNodes(({ description, folder }) => {
      const icon = description.icon;
      if (typeof icon !== 'object') return ['has no pair of icons'];
      if (icon.light === icon.dark) return ['has one icon for light and dark'];
      return [icon.light, icon.dark].filter((path) => {
        const file = join(folder, path.replace(/^file:/, ''));
        return !path.startsWith('file:') || !existsSync(file) || !/viewBox="0 0 60 60"/.test(readFileSync(file, 'utf8'));
      });
    })).toEqual([]);
  });

  test('each node has a codex file of its own name', () => {
    const packageName = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string }).name;
    expect(inAllNodes(({ name, description, folder }) => {
      const file = join(folder, `${name}.node.json`);
      if (!existsSync(file)) return ['has no codex file'];
      const codex = JSON.parse(readFileSync(file, 'utf8')) as { node: string; categories: string[]; alias: string[]; resources: Record<string, Array<{ url: string }>> };
      return [
        ...(codex.node === `${packageName}.${description.name}` ? [] : [`codex is for ${codex.node}`]),
        ...codex.categories.filter((category) => !['Communication', 'HITL', 'Marketing', 'Sales'].includes(category)),
        ...(codex.alias.includes('whatsapp') && new Set(codex.alias).size === codex.alias.length ? [] : ['codex aliases']),
        ...(guideOf(codex.resources.primaryDocumentation?.[0]?.url) ? [] : ['Docs does not lead to a page of this package']),
        ...['primaryDocumentation', 'credentialDocumentation'].filter((kind) => !codex.resources[kind]?.every(({ url }) => url.startsWith('https://'))),
      ];
    })).toEqual([]);
  });

  test('people find the nodes by what they type', () => {
    const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const codexOf = ({ name, folder }: { name: string; folder: string }) => JSON.parse(readFileSync(join(folder, `${name}.node.json`), 'utf8')) as { alias: string[]; categories: string[]; subcategories?: Record<string, string[]> };
    expect(inAllNodes((node) => {
      const typed = node.isTrigger
        ? ['whatsapp', 'webhook', 'nova mensagem', 'nuevo mensaje', 'new message']
        : ['send whatsapp', 'send message', 'enviar mensagem', 'enviar mensaje', 'campanha', 'campaña', 'campaign', 'aprovação', 'aprobación', 'approval', 'human', 'contato', 'lead'];
      return typed.filter((words) => !codexOf(node).alias.some((alias) => folded(alias).includes(folded(words))));
    })).toEqual([]);
    expect(inAllNodes((node) => (node.description.webhooks && !node.isTrigger && !codexOf(node).subcategories?.HITL?.includes('Human in the Loop') ? ['is not under human review'] : []))).toEqual([]);
  });

  test('a trigger that stands for its node in the panel tells of both', () => {
    expect(inAllNodes(({ description, isTrigger }) => [
      ...(isTrigger && /^Starts the workflow/.test(description.description) ? ['tells of the trigger alone'] : []),
      ...(description.builderHint?.searchHint ? [] : ['has no hint for the assistant']),
      ...(description.webhooks && !isTrigger && !description.waitingNodeTooltip ? ['does not say what it waits for'] : []),
    ])).toEqual([]);
  });

  test('a trigger that anybody can call warns of it in its panel, wherever its events may come unsigned', () => {
    const hooks = nodes.filter(({ description }) => description.webhooks?.some(({ restartWebhook }) => restartWebhook !== true));
    const shown = hooks.map(({ description }) => {
      const warning = description.properties.find(({ type, displayName }) => type === 'notice' && /anybody who knows the address can start this workflow, with any content/.test(displayName));
      return [description.name, warning?.displayOptions?.show];
    });
    expect(Object.fromEntries(shown)).toEqual({
      callbellTrigger: { calledBy: ['events'] },
      chatwootTrigger: { acceptUnsigned: [true] },
      kinboxWebhookTrigger: { source: ['customChannel', 'settings'] },
    });
    // What has no signature at all says so where its address is copied.
    const told = hooks.flatMap(({ description }) => description.properties.filter(({ type, displayName }) => type === 'notice' && /Nothing tells who calls: anybody who knows the address can/.test(displayName)).map(({ displayOptions }) => displayOptions?.show));
    expect(told).toEqual([{ source: ['scenario'] }, { calledBy: ['bot'] }]);
  });

  test('each operation comes from an operation file in its resource\'s folder, and each file is used', () => {
    expect(inAllNodes((node) => {
      const operations = operationsOf(node);
      return [
        ...operations
          .filter(({ resource, file }) => !file?.startsWith(`nodes/${node.vendor}/actions/${resource.option.value}/`))
          .map(({ resource, operation, file }) => `${resource.option.value}:${operation.option.value} comes from ${file ?? 'no operation file'}`),
        ...node.operationFiles.filter(({ file }) => !operations.some((operation) => operation.file === file)).map(({ file }) => `does not use ${file}`),
      ];
    })).toEqual([]);
  });

  test('each operation has an output preview, and each preview an operation', () => {
    expect(inAllNodes((node) => {
      if (node.isTrigger) return [];
      const folder = join(node.folder, '__schema__', 'v1.0.0');
      const previews = filesBelow(folder).map(fromRoot);
      const expected = operationsOf(node).map(({ resource, operation }) =>
        fromRoot(join(folder, resource.option.value, `${operation.option.value}.json`)));
      return [
        ...expected.filter((file) => !previews.includes(file)).map((file) => `lacks ${file}`),
        ...previews.filter((file) => !expected.includes(file)).map((file) => `has no operation for ${file}`),
        ...previews.filter((file) => {
          const { type, version } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { type?: unknown; version?: unknown };
          return type !== 'object' || version !== 1;
        }).map((file) => `${file} is no preview`),
      ];
    })).toEqual([]);
  });

  test('each operation shows its own fields, in its order, as often as conditions allow', () => {
    // Equal fields of operations are one in the node's list: none may be lost by that, moved, or shown where it does not belong.
    expect(inAllNodes(({ description, resources }) => resources.flatMap(({ option, operations }) => operations.flatMap(({ option: { value }, properties, output }) => {
      const own = [...properties, ...output?.properties ?? []].map(({ displayOptions: _, ...field }) => JSON.stringify(field));
      const shown = fieldsFor(description.properties, option.value, value).filter(({ name }) => !['resource', 'operation', 'options'].includes(name)).map(({ displayOptions: _, ...field }) => JSON.stringify(field));
      return shown.join('\n') === own.join('\n') ? [] : [`${option.value}:${value} shows ${shown.length} fields, it has ${own.length}`];
    })))).toEqual([]);
  });

  test('a field under several conditions is shown where one of them holds', () => {
    const campaign = { resource: 'campaign', operation: 'send' };
    const countryShown = (name: string, chosen: Record<string, string>) => {
      const { description } = nodes.find((node) => node.name === name)!;
      const values = NodeHelpers.getNodeParameters(description.properties, chosen, true, false, { typeVersion: 1 }, description)!;
      // Workflows store what is not a default.
      expect(Object.keys(NodeHelpers.getNodeParameters(description.properties, values, false, false, { typeVersion: 1 }, description)!)).not.toContain('showsDefaultCountry');
      return 'defaultCountry' in values;
    };
    for (const name of ['Callbell', 'Chatwoot', 'Kinbox']) {
      expect([name, countryShown(name, campaign), countryShown(name, { ...campaign, recipients: 'contacts' }), countryShown(name, { resource: 'contact', operation: 'upsert' }), countryShown(name, { resource: 'contact', operation: 'delete' })])
        .toEqual([name, true, false, true, false]);
    }
    const message = { resource: 'message', operation: 'sendTemplate' };
    expect([countryShown('Callbell', { ...message, sendTo: 'contact' }), countryShown('Callbell', { ...message })]).toEqual([false, true]);
  });

  test('the list of ids without a list has no entry too many', () => {
    const paths = nodes.flatMap((node) => parametersOf(node).map(({ path }) => `${node.vendor}${path}`));
    expect(Object.keys(idsWithoutList).filter((path) => !paths.includes(path))).toEqual([]);
  });
});

/** A small node that keeps all rules; each case below breaks one. */
function soundNode(): PackageNode {
  const properties: INodeProperties[] = [
    { displayName: 'Resource', name: 'resource', type: 'options', noDataExpression: true, options: [{ name: 'Contact', value: 'contact' }], default: 'contact', description: 'What to work with' },
    {
      displayName: 'Operation',
      name: 'operation',
      type: 'options',
      noDataExpression: true,
      displayOptions: { show: { resource: ['contact'] } },
      options: [
        { name: 'Get', value: 'get', action: 'Get contact', description: 'Get one contact' },
        { name: 'Get Many', value: 'getAll', action: 'Get many contacts', description: 'Get several contacts' },
      ],
      default: 'get',
      description: 'What to do',
    },
    {
      displayName: 'Contact',
      name: 'contactId',
      type: 'resourceLocator',
      displayOptions: { show: { resource: ['contact'], operation: ['get'] } },
      default: { mode: 'list', value: '' },
      description: 'The contact',
      modes: [
        { displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchContacts' } },
        { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1' },
        { displayName: 'By URL', name: 'url', type: 'string', placeholder: 'e.g. https://example.com/1', extractValue: { type: 'regex', regex: '/(\\d+)' } },
      ],
    },
    { displayName: 'Return All', name: 'returnAll', type: 'boolean', displayOptions: { show: { resource: ['contact'], operation: ['getAll'] } }, default: false, description: 'Whether to return all results' },
    { displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 }, displayOptions: { show: { resource: ['contact'], operation: ['getAll'], returnAll: [false] } }, default: 50, description: 'Max number of results to return' },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      description: 'More choices',
      options: [
        { displayName: 'Note', name: 'note', type: 'string', default: '', placeholder: 'e.g. Hello', description: 'Some text' },
        { displayName: 'Order', name: 'order', type: 'options', options: [{ name: 'Name', value: 'name' }, { name: 'Time', value: 'time' }], default: 'name', description: 'How to sort. Newest first.' },
      ],
    },
  ];
  const description = {
    displayName: 'Sound', name: 'sound', group: ['transform'], version: 1, subtitle: '={{ 1 }}', description: 'A node', defaults: { name: 'Sound' },
    inputs: ['main'], outputs: ['main'], usableAsTool: true, properties,
  } as unknown as INodeTypeDescription;
  const operations = (properties[1]?.options ?? []).map((option) => ({ option, properties: properties.slice(3, 5), read: () => ({}), run: () => Promise.resolve({}) }));
  return {
    name: 'Sound', vendor: 'Sound', folder: '/nowhere', file: 'nodes/Sound/Sound.node.ts', isTrigger: false, description,
    node: { description, methods: { listSearch: { searchContacts: () => Promise.resolve({ results: [] }) } } } as INodeType,
    resources: [{ option: { name: 'Contact', value: 'contact' }, operations }] as unknown as PackageNode['resources'],
    operationFiles: [],
  };
}

type Breaking = (properties: INodeProperties[], node: PackageNode) => void;
/** The parameter of that name, also inside a collection. */
function named(properties: INodeProperties[], name: string): INodeProperties {
  const all = properties.flatMap((property) => [property, ...(property.type === 'collection' ? (property.options as INodeProperties[]) : [])]);
  const found = all.find((property) => property.name === name);
  if (!found) throw new Error(name);
  return found;
}
const operation = (properties: INodeProperties[]) => named(properties, 'operation').options?.[0] as { action?: string; description?: string };

const breaking: Array<[rule: string, broken: Breaking]> = [
  ['every operation has an action in sentence case that names the resource', (p) => { delete operation(p).action; }],
  ['every operation has an action in sentence case that names the resource', (p) => { operation(p).action = 'Get Contact'; }],
  ['every operation has an action in sentence case that names the resource', (p) => { operation(p).action = 'Get a contact'; }],
  ['every operation has an action in sentence case that names the resource', (p) => { operation(p).action = 'Get person'; }],
  ['every operation has an action in sentence case that names the resource', (p) => { operation(p).action = 'Get many contacts'; }],
  ['every operation has an action in sentence case that names the resource', (p) => { operation(p).description = 'Get'; }],
  ['names are in title case', (p) => { named(p, 'note').displayName = 'Some note'; }],
  ['names are in title case', (p) => { named(p, 'order').options = [{ name: 'by name', value: 'name' }]; }],
  ['lists are sorted by name', (p) => { named(p, 'order').options?.reverse(); }],
  ['lists are sorted by name', (p) => { named(p, 'options').options?.reverse(); }],
  ['no name or value stands twice in a list', (p) => { named(p, 'order').options?.push({ name: 'Time', value: 'again' }); }],
  ['conditions point at parameters and values that exist', (p) => { named(p, 'note').displayOptions = { show: { sort: ['name'] } }; }],
  ['conditions point at parameters and values that exist', (p) => { named(p, 'note').displayOptions = { show: { order: ['size'] } }; }],
  ['conditions point at parameters and values that exist', (p) => { named(p, 'note').displayOptions = { show: { '/output': ['raw'] } }; }],
  ['conditions point at parameters and values that exist', (p) => { named(p, 'limit').displayOptions = { show: { resource: ['contact'], operation: ['get'], returnAll: [false] } }; }],
  ['conditions point at parameters and values that exist', (p) => { named(p, 'contactId').displayOptions = { show: { resource: ['contact'], operation: ['create'] } }; }],
  ['every parameter can be reached', (p) => {
    (named(p, 'resource').options as unknown[]).push({ name: 'Tag', value: 'tag' });
    named(p, 'contactId').displayOptions = { show: { resource: ['contact', 'tag'], operation: ['get'] } };
  }],
  ['every id is picked from a list', (p) => { named(p, 'note').name = 'channelId'; }],
  ['every id is picked from a list', (p) => { named(p, 'note').displayName = 'Channel ID'; }],
  ['locators offer a list and an id', (p) => { named(p, 'contactId').modes?.splice(0, 1); }],
  ['locators offer a list and an id', (p) => { named(p, 'contactId').modes?.splice(1, 1); }],
  ['locators offer a list and an id', (p) => { named(p, 'contactId').default = { mode: 'id', value: '' }; }],
  ['locators offer a list and an id', (p) => { delete named(p, 'contactId').modes?.[2]?.extractValue; }],
  ['methods behind lists exist', (_, node) => { node.node.methods = {}; }],
  ['every parameter has a description', (p) => { delete named(p, 'note').description; }],
  ['every parameter has a description', (p) => { named(p, 'note').description = 'Note'; }],
  ['every parameter has a description', (p) => { named(p, 'note').description = 'Some text.'; }],
  ['descriptions of switches start with "Whether"', (p) => { named(p, 'returnAll').description = 'Return all results'; }],
  ['placeholders are examples or name what a button adds', (p) => { named(p, 'note').placeholder = 'Hello'; }],
  ['placeholders are examples or name what a button adds', (p) => { delete named(p, 'options').placeholder; }],
  ['no two parameters of one name are shown at once', (p) => { p.push({ ...named(p, 'limit'), displayOptions: { show: { operation: ['getAll'] } } }); }],
  ['no two parameters of one name are shown at once', (p) => { named(p, 'options').options?.push(named(p, 'note')); }],
  ['defaults fit their parameter', (p) => { named(p, 'order').default = 'size'; }],
  ['defaults fit their parameter', (p) => { named(p, 'limit').default = '50'; }],
  ['defaults fit their parameter', (p) => { named(p, 'note').typeOptions = { multipleValues: true }; }],
  ['defaults fit their parameter', (p) => { named(p, 'contactId').default = { mode: 'name', value: '' }; }],
  ['parameter names can be written in expressions without quotes', (p) => { named(p, 'note').name = 'a-note'; }],
  ['no parameter is a secret', (p) => { named(p, 'note').name = 'accessToken'; }],
  ['no parameter is a secret', (p) => { named(p, 'note').typeOptions = { password: true }; }],
  ['get many has Return All and Limit', (p) => { named(p, 'limit').default = 100; }],
  ['get many has Return All and Limit', (p) => { named(p, 'returnAll').name = 'all'; }],
  ['selectors take no expression and no hints for the workflow builder', (p) => { delete named(p, 'operation').noDataExpression; }],
  ['the Operation lists and the code have the same operations', (p) => { named(p, 'operation').options?.pop(); }],
  ['the Operation lists and the code have the same operations', (_, node) => { node.resources[0]?.operations.pop(); }],
  ['regular nodes are tools, triggers have no input', (_, node) => { delete node.description.usableAsTool; }],
  ['regular nodes are tools, triggers have no input', (_, node) => { node.isTrigger = true; }],
  ['the node names itself', (_, node) => { delete node.description.subtitle; }],
];

describe('the rules themselves', () => {
  test.each(Object.entries(rules))('find nothing in a sound node: %s', (_, rule) => {
    expect(rule(soundNode())).toEqual([]);
  });

  test.each(breaking)('find what is broken: %s', (rule, broken) => {
    const node = soundNode();
    broken(node.description.properties, node);
    expect(rules[rule]?.(node)).not.toEqual([]);
  });

  test('each rule is tried', () => {
    expect(Object.keys(rules).filter((rule) => !breaking.some(([name]) => name === rule))).toEqual([]);
  });

  test.each([
    ['Create or Update', true],
    ['Côte d’Ivoire (+225)', true],
    ['E-Mail', true],
    ['WhatsApp ID', true],
    ['Create contact', false],
    ['or Update', false],
    ['(optional)', false],
  ])('title case of %p: %p', (name, expected) => {
    expect(isTitleCase(name)).toBe(expected);
  });
});
