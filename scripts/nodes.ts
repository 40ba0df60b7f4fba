/** Finds and loads the package's nodes from source: for the operations table and for the tests of descriptions. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import type { Operation, Resource } from '../nodes/shared/operation/operation';

export const root = join(__dirname, '..');

export interface PackageNode {
  /** Class and file name: "Kinbox", "KinboxTrigger". */
  name: string;
  /** The node's folder below nodes/: "Kinbox". */
  vendor: string;
  /** Absolute folder of the node's file. */
  folder: string;
  /** From package.json's folder, with slashes: "nodes/Kinbox/Kinbox.node.ts". */
  file: string;
  node: INodeType;
  description: INodeTypeDescription;
  isTrigger: boolean;
  /** What `actions/index.ts` exports; empty for triggers. */
  resources: Array<Resource<unknown>>;
  /** Every `*.operation.ts` of the node, from package.json's folder, with what it exports. */
  operationFiles: Array<{ file: string; exports: unknown[] }>;
}

/** All files below a folder, absolute, in the order of their names. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** Path from package.json's folder, with slashes. */
export function fromRoot(file: string): string {
  return relative(root, file).split('\\').join('/');
}

/** Every `*.node.ts`, from package.json's folder. */
export function nodeFiles(): string[] {
  return filesBelow(join(root, 'nodes')).filter((file) => file.endsWith('.node.ts')).map(fromRoot);
}

/** Every node of the source, made as n8n makes it, in the order of package.json. */
export async function loadNodes(): Promise<PackageNode[]> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
  const position = (file: string) => {
    const index = manifest.n8n.nodes.indexOf(`dist/${file.replace(/\.ts$/, '.js')}`);
    return index < 0 ? Infinity : index;
  };
  return await Promise.all(nodeFiles().sort((a, b) => position(a) - position(b) || 0).map(loadNode));
}

async function loadNode(file: string): Promise<PackageNode> {
  const folder = dirname(join(root, file));
  const name = basename(file, '.node.ts');
  const module = (await import(join(root, file))) as Record<string, new () => INodeType>;
  const NodeClass = module[name];
  if (!NodeClass) throw new Error(`${file} exports no class ${name}`);
  const node = new NodeClass();
  const isTrigger = node.description.group.includes('trigger');
  const index = join(folder, 'actions', 'index.ts');
  const actions = !isTrigger && existsSync(index) ? ((await import(index)) as { resources?: Array<Resource<unknown>> }) : undefined;
  return {
    name,
    vendor: basename(folder),
    folder,
    file,
    node,
    description: node.description,
    isTrigger,
    resources: actions?.resources ?? [],
    operationFiles: actions ? await loadOperationFiles(join(folder, 'actions')) : [],
  };
}

async function loadOperationFiles(folder: string): Promise<PackageNode['operationFiles']> {
  const files = filesBelow(folder).filter((file) => file.endsWith('.operation.ts'));
  return await Promise.all(files.map(async (file) => ({ file: fromRoot(file), exports: Object.values((await import(file)) as object) })));
}

export interface NodeOperation {
  resource: Resource<unknown>;
  operation: Operation<unknown>;
  /** Where its code is, from package.json's folder; undefined when no operation file exports it. */
  file: string | undefined;
}

/** Every operation of a node with its resource, in the order of the code. */
export function operationsOf(node: PackageNode): NodeOperation[] {
  return node.resources.flatMap((resource) =>
    resource.operations.map((operation) => ({
      resource,
      operation,
      file: node.operationFiles.find(({ exports }) => exports.includes(operation))?.file,
    })));
}

/** The fields that the editor can show for one choice of Resource and Operation; those that it never shows left out. */
export function fieldsFor(properties: INodeProperties[], resource: string, operation: string): INodeProperties[] {
  const chosen: Record<string, string> = { resource, operation };
  const fits = ({ displayOptions: { show, hide } = {} }: INodeProperties): boolean =>
    Object.entries(chosen).every(([key, value]) => (!show?.[key] || (show[key] as unknown[]).includes(value)) && !(hide?.[key] as unknown[] | undefined)?.includes(value))
    // A hidden field stands for conditions that a field cannot have by itself.
    && Object.keys(show ?? {}).every((key) => {
      const flags = properties.filter(({ name, type }) => name === key && type === 'hidden');
      return flags.length === 0 || flags.some(fits);
    });
  return properties.filter((property) => property.type !== 'hidden' && fits(property));
}
