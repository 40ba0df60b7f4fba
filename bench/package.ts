import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import type { NodeFacts, PackageFacts } from './types';

const run = promisify(execFile);
const times = 5;

/** Prints how long `require` of a node takes, and what its description is made of. */
const probe = `
  const [file, className, warm] = process.argv.slice(1);
  if (warm === 'warm') require('n8n-workflow');
  const start = performance.now();
  const loaded = require(file);
  const requireMs = performance.now() - start;
  const { description } = new loaded[className]();
  const all = description.properties;
  const operations = all.filter(({ name }) => name === 'operation').reduce((sum, { options }) => sum + options.length, 0);
  const options = all.find(({ name }) => name === 'options')?.options ?? [];
  console.log(JSON.stringify({
    requireMs,
    displayName: description.displayName,
    descriptionBytes: Buffer.byteLength(JSON.stringify(description)),
    properties: all.length,
    operations,
    parallelRequests: options.find(({ name }) => name === 'parallelRequests')?.default,
  }));
`;

type Probed = Omit<NodeFacts, 'file' | 'requireColdMs'>;

async function probeNode(root: string, file: string, warm: boolean): Promise<Probed> {
  const className = basename(file, '.node.js');
  const measured: Probed[] = [];
  for (let time = 0; time < times; time += 1) {
    const { stdout } = await run(process.execPath, ['-e', probe, join(root, file), className, warm ? 'warm' : 'cold'], { cwd: root });
    measured.push(JSON.parse(stdout) as Probed);
  }
  measured.sort((a, b) => a.requireMs - b.requireMs);
  return measured[Math.floor(times / 2)] as Probed;
}

/** Looks at the built package: each node's loading time and description, and the size of what npm publishes. */
export async function packageFacts(root: string): Promise<PackageFacts> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
  const nodes: NodeFacts[] = [];
  for (const file of manifest.n8n.nodes) {
    const warm = await probeNode(root, file, true);
    nodes.push({ ...warm, file, requireColdMs: (await probeNode(root, file, false)).requireMs });
  }
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { stdout } = await run(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, maxBuffer: 1 << 26 });
  const [packed] = JSON.parse(stdout) as Array<{ size: number; unpackedSize: number; entryCount: number }>;
  if (packed === undefined) throw new Error('npm pack told nothing');
  return { nodes, packedBytes: packed.size, unpackedBytes: packed.unpackedSize, files: packed.entryCount };
}
