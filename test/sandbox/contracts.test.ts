import Ajv from 'ajv';
import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox } from '.';

type Node = Record<string, unknown>;

/** Every schema of a document: the values of `schema`, and all that lies below `components.schemas`. */
function schemasOf(node: unknown, place: string): Array<[string, Node]> {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]): Array<[string, Node]> => {
    const at = `${place}/${key}`;
    if (key === 'schema' && typeof value === 'object' && value !== null) return [[at, value as Node]];
    if (key === 'schemas' && place.endsWith('components')) return Object.entries(value as Node).map(([name, schema]) => [`${at}/${name}`, schema as Node]);
    return schemasOf(value, at);
  });
}

describe.each(['callbell', 'chatwoot', 'kinbox'])('contract of %s', (vendor) => {
  // The listeners skip this, because it takes longer than their start.
  it('holds right schemas', () => {
    const ajv = new Ajv({ strict: false });
    const schemas = schemasOf(load(readFileSync(join(__dirname, '..', 'contracts', `${vendor}.openapi.yaml`), 'utf8')), '#');
    expect(schemas.length).toBeGreaterThan(50);
    expect(schemas.filter(([, schema]) => !ajv.validateSchema(schema)).map(([place]) => place)).toEqual([]);
  });
});

it('every handler of the sandbox answers an operation of a contract', async () => {
  const sandbox = await startSandbox();
  try {
    // Reads all three contracts, and throws for a handler that they do not know.
    expect(Object.keys(sandbox.missingHandlers())).toEqual(['kinbox', 'chatwoot', 'callbell']);
  } finally {
    await sandbox.close();
  }
});
