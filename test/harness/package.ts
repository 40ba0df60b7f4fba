/** A built package, as n8n loads it. */
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, INodeTypeDescription, IVersionedNodeType } from 'n8n-workflow';

export interface LoadedPackage {
  packageName: string;
  /** Node types by `description.name`; `Object.values` of it goes into the option `nodes`. */
  nodes: Record<string, INodeType | IVersionedNodeType>;
  /** Credential types by name, with `supportedNodes` and icon URLs as the editor gets them. */
  credentials: Record<string, ICredentialType>;
  /** Node descriptions, one per version, with codex and icon URLs (`icons/<package>/…`) as the editor gets them. */
  descriptions: INodeTypeDescription[];
  loader: PackageDirectoryLoader;
}

/**
 * Loads a built package as n8n does at its start: codex, icons, description checks.
 *
 * @param packageDirectory folder with the package's package.json, whose `n8n.nodes` and `n8n.credentials` are loaded
 */
export async function loadPackage(packageDirectory: string): Promise<LoadedPackage> {
  const loader = new PackageDirectoryLoader(packageDirectory);
  await loader.loadAll();
  return {
    packageName: loader.packageName,
    nodes: Object.fromEntries(Object.entries(loader.nodeTypes).map(([name, { type }]) => [name, type])),
    credentials: Object.fromEntries(Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type])),
    descriptions: loader.types.nodes,
    loader,
  };
}
