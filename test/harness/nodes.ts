/** Node types: a few of n8n's own, and those under test. */
import { deepCopy, isNodeClassInstance, NodeHelpers } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription, INodeTypes, IVersionedNodeType } from 'n8n-workflow';

import { recordings } from './recording';
import type { AnyNodeType } from './types';

export const baseDescription = (name: string, displayName: string, version: number | number[]): INodeTypeDescription => ({
  name,
  displayName,
  group: ['transform'],
  version,
  description: displayName,
  defaults: { name: displayName },
  inputs: ['main'],
  outputs: ['main'],
  properties: [],
});

/** Outputs what the run was started with. */
class ManualTrigger implements INodeType {
  description: INodeTypeDescription = { ...baseDescription('manualTrigger', 'Manual Trigger', 1), group: ['trigger'], inputs: [] };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [this.getInputData()];
  }
}

class NoOp implements INodeType {
  description = baseDescription('noOp', 'No Operation, do nothing', 1);

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [this.getInputData()];
  }
}

/** Only to be seen in the editor; exported workflows have them. */
class StickyNote implements INodeType {
  description: INodeTypeDescription = { ...baseDescription('stickyNote', 'Sticky Note', 1), inputs: [], outputs: [] };
}

/** The "Edit Fields" node as workflows of version 3 store it: assignments with dotted names, or raw JSON. */
class EditFields implements INodeType {
  description: INodeTypeDescription = {
    ...baseDescription('set', 'Edit Fields', [3, 3.1, 3.2, 3.3, 3.4]),
    properties: [
      { displayName: 'Mode', name: 'mode', type: 'options', default: 'manual', options: [{ name: 'Manual', value: 'manual' }, { name: 'JSON', value: 'raw' }] },
      { displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}', displayOptions: { show: { mode: ['raw'] } } },
      { displayName: 'Fields to Set', name: 'assignments', type: 'assignmentCollection', default: {}, displayOptions: { show: { mode: ['manual'] } } },
      { displayName: 'Include Other Input Fields', name: 'includeOtherFields', type: 'boolean', default: false },
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [
      this.getInputData().map((item, index) => {
        const json: IDataObject = this.getNodeParameter('includeOtherFields', index, false) === true ? deepCopy(item.json) : {};
        if (this.getNodeParameter('mode', index) === 'raw') {
          const raw = this.getNodeParameter('jsonOutput', index) as string | IDataObject;
          Object.assign(json, typeof raw === 'string' ? (JSON.parse(raw) as IDataObject) : raw);
        } else {
          const assignments = this.getNodeParameter('assignments.assignments', index, []) as Array<{ name: string; value: unknown }>;
          for (const { name, value } of assignments) setPath(json, name, value);
        }
        return { json, pairedItem: { item: index }, ...(item.binary === undefined ? {} : { binary: item.binary }) };
      }),
    ];
  }
}

function setPath(target: IDataObject, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let object = target;
  for (const key of keys) object = (object[key] ??= {}) as IDataObject;
  object[last] = value as IDataObject[string];
}

const builtInNodes: INodeType[] = [new ManualTrigger(), new NoOp(), new EditFields(), new StickyNote()];
/** The engine knows some of these by their full name, so short ones in tests are completed. */
export const fullTypeName = (type: string): string => (builtInNodes.some(({ description }) => description.name === type) ? `n8n-nodes-base.${type}` : type);

const instances = new WeakMap<object, object>();
/** As n8n does it, a type is made once a process. */
export function instanceOf<T extends object>(type: T | (new () => T)): T {
  if (typeof type !== 'function') return type;
  let instance = instances.get(type) as T | undefined;
  if (!instance) instances.set(type, (instance = new type()));
  return instance;
}

/**
 * Finds node types by full name (`package.name`) or by `description.name`. Their `execute` is listened to, because
 * the engine only hands on a plain copy of what a node throws.
 */
export function nodeTypeRegistry(nodes: AnyNodeType[]): INodeTypes {
  const byName = new Map<string, INodeType | IVersionedNodeType>();
  for (const type of [...builtInNodes, ...nodes.map((node) => instanceOf(node))]) byName.set(type.description.name, type);
  const listenedTo = new Map<INodeType, INodeType>();
  const find = (name: string): INodeType | IVersionedNodeType => {
    const type = byName.get(name) ?? byName.get(name.slice(name.lastIndexOf('.') + 1));
    if (type === undefined) throw new Error(`Node type "${name}" is not among the harness option "nodes"`);
    return type;
  };
  return {
    getKnownTypes: () => ({}),
    getByName: find,
    getByNameAndVersion: (name, version) => {
      const type = NodeHelpers.getVersionedNodeType(find(name), version);
      const known = listenedTo.get(type) ?? listenTo(type);
      listenedTo.set(type, known);
      return known;
    },
  };
}

function listenTo(type: INodeType): INodeType {
  const { execute } = type;
  if (execute === undefined) return type;
  const classStyle = isNodeClassInstance(type);
  return Object.create(type, {
    execute: {
      value: async function (this: IExecuteFunctions, ...args: unknown[]) {
        const context = classStyle ? (args[0] as IExecuteFunctions) : this;
        const recording = recordings.getStore();
        const { name } = context.getNode();
        recording?.executions.set(name, (recording.executions.get(name) ?? 0) + 1);
        try {
          return await (execute as (...values: unknown[]) => Promise<unknown>).apply(classStyle ? type : this, args);
        } catch (error) {
          recording?.thrown.set(name, error);
          throw error;
        }
      },
    },
  }) as INodeType;
}
