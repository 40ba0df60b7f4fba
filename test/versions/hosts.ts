/** The versions of n8n that the package is run on besides the one of test/n8n. */
import { join } from 'node:path';

import { pinnedN8n, versionOf, type Installation } from '../e2e/n8n';
import hosts from './hosts.json';

export interface Host extends Installation {
  /** n8n's own version, e.g. "1.123.81". */
  version: string;
  /** Whether it can give a file a temporary address, which Kinbox reads recipients from. */
  signsFiles: boolean;
  /** Whether it finds the node that tests a credential: n8n 1.50 looks for community nodes under the name of their package twice. */
  testsByNode: boolean;
}

/** Every pinned n8n, oldest first, the one of the end-to-end tests last. */
export function allHosts(): Host[] {
  const pinned = pinnedN8n();
  const others = hosts.map(({ folder, node, env, signsFiles, testsByNode }) => ({
    folder: join(__dirname, folder),
    signsFiles: signsFiles ?? true,
    testsByNode: testsByNode ?? true,
    // "own" is the Node that runs the tests: n8n 1 does not know Node 24. "tools" is the one test/n8n brings.
    node: node === 'own' ? process.execPath : pinned.node,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  }));
  return [...others, { ...pinned, signsFiles: true, testsByNode: true }].map((host) => ({ ...host, version: versionOf(host) }));
}
