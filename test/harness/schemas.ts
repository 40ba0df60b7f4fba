import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import Ajv, { type ValidateFunction } from 'ajv';

/**
 * Output previews of the editor: `nodes/<Node>/__schema__/v1.0.0/<resource>/<operation>.json`. They are written from
 * what an operation really puts out against the sandbox, whose answers are held to the vendor's contract.
 */
const root = join(__dirname, '../..');

type Schema = { type: string | string[]; properties?: Record<string, Schema>; items?: Schema };

export function schemaFile(node: string, resource: string, operation: string): string {
  return join(root, 'nodes', node, '__schema__', 'v1.0.0', resource, `${operation}.json`);
}

/**
 * Holds rows against the operation's schema file; with UPDATE_SCHEMAS=1 widens the file by what the rows show.
 *
 * @throws when the file is missing or a row does not fit it
 */
export function checkSchema(node: string, resource: string, operation: string, rows: unknown[]): void {
  const file = schemaFile(node, resource, operation);
  if (process.env.UPDATE_SCHEMAS === '1') {
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Schema) : undefined;
    const { version: _version, ...old } = (before ?? {}) as Schema & { version?: number };
    const schema = rows.map(inferSchema).reduce<Schema | undefined>(merge, before ? old : undefined);
    if (!schema) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ ...sorted(schema), version: 1 }, null, '\t')}\n`);
    return;
  }
  if (!existsSync(file)) throw new Error(`No output preview ${file}: run the test with UPDATE_SCHEMAS=1`);
  const validate = checkOf(file);
  for (const row of rows) {
    if (!validate(row)) {
      throw new Error(`The output of ${node} ${resource}:${operation} does not fit its preview: ${validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ')}`);
    }
  }
}

const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true, meta: false, validateSchema: false });
const checks = new Map<string, ValidateFunction>();

/** The compiled preview, made once a file. */
function checkOf(file: string): ValidateFunction {
  let check = checks.get(file);
  if (!check) checks.set(file, check = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object));
  return check;
}

/** Widens a preview by what recorded rows hold of the properties that it names: what the server may leave empty, it says so. Adds none. */
export function widenSchema(node: string, resource: string, operation: string, rows: unknown[]): void {
  const file = schemaFile(node, resource, operation);
  if (!existsSync(file)) return;
  const { version: _version, ...before } = JSON.parse(readFileSync(file, 'utf8')) as Schema & { version?: number };
  const schema = rows.reduce<Schema>((sum, row) => merge(sum, inferSchema(known(row, sum))), before);
  writeFileSync(file, `${JSON.stringify({ ...sorted(schema), version: 1 }, null, '\t')}\n`);
}

/** A value without what the schema does not name. */
function known(value: unknown, schema: Schema | undefined): unknown {
  if (Array.isArray(value)) return schema?.items ? value.map((one) => known(one, schema.items)) : [];
  if (value === null || typeof value !== 'object') return value;
  const properties = schema?.properties ?? {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (properties[key] ? [[key, known(one, properties[key])]] : [])));
}

function inferSchema(value: unknown): Schema {
  if (value === null) return { type: 'null' };
  if (Array.isArray(value)) {
    const items = value.map(inferSchema).reduce<Schema | undefined>(merge, undefined);
    return items ? { type: 'array', items } : { type: 'array' };
  }
  if (typeof value === 'object') {
    const properties = Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined).map(([key, entry]) => [key, inferSchema(entry)]));
    return { type: 'object', properties };
  }
  if (typeof value === 'number') return { type: 'number' };
  return { type: typeof value };
}

function merge(a: Schema | undefined, b: Schema): Schema {
  if (!a) return b;
  const types = [...new Set([a.type, b.type].flat())].sort();
  const properties: Record<string, Schema> = { ...a.properties };
  for (const [key, schema] of Object.entries(b.properties ?? {})) properties[key] = merge(properties[key], schema);
  const items = b.items ? merge(a.items, b.items) : a.items;
  return {
    type: types.length === 1 ? types[0]! : types,
    ...(a.properties || b.properties ? { properties } : {}),
    ...(items ? { items } : {}),
  };
}

function sorted(schema: Schema): Schema {
  const { properties, items, ...rest } = schema;
  return {
    ...rest,
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).sort(([a], [b]) => a.localeCompare(b)).map(([key, value]) => [key, sorted(value)])) } : {}),
    ...(items ? { items: sorted(items) } : {}),
  };
}
