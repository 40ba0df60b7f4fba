/**
 * Part of `npm run docs`: writes nodes/<Vendor>/helpers/knownAnswers.ts, by which *Check This Account* compares what a service
 * answers, from the contract and the output previews.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { load } from 'js-yaml';

import { accountChecks as callbell } from '../nodes/Callbell/actions/account/account.calls';
import { accountChecks as chatwoot } from '../nodes/Chatwoot/actions/account/account.calls';
import { accountChecks as kinbox } from '../nodes/Kinbox/actions/workspace/workspace.calls';
import type { AccountCheck } from '../nodes/shared/operation/accountCheck';
import type { NamedShapes, Parts, Shape } from '../nodes/shared/values/shape';
import { fromRoot, root } from './nodes';

type Schema = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
type AnyCheck = Pick<AccountCheck, 'operation' | 'path'> & { output?: unknown };

export const checksOf: Record<string, AnyCheck[]> = { Kinbox: Object.values(kinbox(0)).flat(), Chatwoot: chatwoot(0), Callbell: callbell };

const letters: Record<string, string> = { string: 's', number: 'n', integer: 'n', boolean: 'b', null: '0' };

/** Turns schemas of one document into shapes; those that have a name keep it. */
class Shapes {
  readonly named: NamedShapes = {};

  constructor(private readonly document: Schema) {}

  target(node: Schema): Schema {
    return typeof node.$ref === 'string' ? this.target(node.$ref.slice(2).split('/').reduce<Schema>((at, key) => at[key.replace(/~1/g, '/')] as Schema, this.document)) : node;
  }

  of(node: Schema): Shape {
    const name = typeof node.$ref === 'string' ? node.$ref.split('/').at(-1)! : undefined;
    if (name === undefined) return this.made(node);
    if (!(name in this.named)) {
      // Named first: it may contain itself.
      this.named[name] = '*';
      this.named[name] = this.made(this.target(node));
    }
    return `#${name}`;
  }

  private made(given: Schema): Shape {
    const node = given.allOf ? this.merged(given) : given;
    if (node.oneOf ?? node.anyOf) return { u: (node.oneOf ?? node.anyOf).map((one: Schema) => this.of(one)) };
    const types = [node.type ?? (node.properties || node.additionalProperties ? 'object' : node.items ? 'array' : [])].flat() as string[];
    const parts: Parts = {};
    let kinds = `${types.map((type) => letters[type] ?? '').join('')}${node.nullable ? '0' : ''}`;
    if (types.includes('object')) {
      if (node.properties) {
        parts.p = Object.fromEntries(Object.entries<Schema>(node.properties).map(([key, one]) => [key, this.of(one)]));
        if (node.required?.length) parts.r = node.required;
        if (node.additionalProperties === true) kinds += 'o';
      }
      if (node.additionalProperties && typeof node.additionalProperties === 'object') parts.m = this.of(node.additionalProperties);
      if (!node.properties && parts.m === undefined) kinds += 'o';
    }
    if (types.includes('array')) parts.i = node.items ? this.of(node.items) : '*';
    const words = (node.enum as unknown[] | undefined)?.filter((word): word is string => typeof word === 'string');
    if (words?.length) {
      parts.e = words;
      kinds = kinds.replace('s', '') + (node.enum.includes(null) ? '0' : '');
    }
    kinds = [...new Set(kinds)].join('');
    if (Object.keys(parts).length === 0) return kinds || '*';
    return kinds ? { k: kinds, ...parts } : parts;
  }

  private merged({ allOf, ...rest }: Schema): Schema {
    return [...(allOf as Schema[]), rest].map((one) => this.target(one)).map((one) => (one.allOf ? this.merged(one) : one)).reduce<Schema>((sum, part) => ({
      ...sum, ...part,
      ...(sum.properties || part.properties ? { properties: { ...sum.properties, ...part.properties } } : {}),
      ...(sum.required || part.required ? { required: [...new Set([...(sum.required ?? []), ...(part.required ?? [])])] } : {}),
    }), {});
  }
}

/** A preview in which every value may be empty: it tells the kinds that tests have seen, and what was empty there may be anything. */
function emptiable({ type, properties, items, ...rest }: Schema): Schema {
  const types = [type ?? []].flat() as string[];
  if (types.every((one) => one === 'null')) return {};
  return {
    ...rest, type: [...new Set([...types, 'null'])],
    ...(properties ? { properties: Object.fromEntries(Object.entries<Schema>(properties).map(([key, one]) => [key, emptiable(one)])) } : {}),
    ...(items ? { items: emptiable(items) } : {}),
  };
}

/** The text of one vendor's file. */
export function knownAnswersOf(vendor: string): string {
  const document = load(readFileSync(join(root, `test/contracts/${vendor.toLowerCase()}.openapi.yaml`), 'utf8')) as Schema;
  const shapes = new Shapes(document);
  const bare = (path: string) => path.replace(/\{\w+\}/g, '{}');
  const paths = new Map(Object.entries<Schema>(document.paths).map(([path, item]) => [bare(path), item]));
  const answers: Record<string, Shape> = {};
  const previews: Record<string, Shape> = {};
  for (const { operation, path, output } of checksOf[vendor]!) {
    const call = paths.get(bare(path))?.get as Schema | undefined;
    if (!call) throw new Error(`The contract of ${vendor} has no GET ${path}`);
    const media = (shapes.target(call.responses['200'] as Schema).content ?? {}) as Record<string, Schema>;
    answers[path] = media['application/json']?.schema ? shapes.of(media['application/json'].schema as Schema) : '*';
    const preview = join(root, `nodes/${vendor}/__schema__/v1.0.0/${operation.replace(':', '/')}.json`);
    if (output && existsSync(preview)) previews[operation] = new Shapes({}).of(emptiable(JSON.parse(readFileSync(preview, 'utf8')) as Schema));
  }
  return [
    "import type { KnownAnswers } from '../../shared/operation/accountCheck';",
    '',
    '/** Written by `npm run docs` from the contract and the output previews; not to be edited. */',
    'export const knownAnswers: KnownAnswers = {',
    ...Object.entries({ named: shapes.named, answers, previews }).flatMap(([name, entries]) => [`\t${name}: {`, ...Object.entries(entries).map(([key, one]) => `\t\t${keyOf(key)}: ${text(JSON.stringify(one))},`), '\t},']),
    '};',
    '',
  ].join('\n');
}

const text = (value: string) => `'${value.replace(/[\\']/g, '\\$&')}'`;
const keyOf = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key));

if (require.main === module) {
  for (const vendor of Object.keys(checksOf)) {
    const file = join(root, `nodes/${vendor}/helpers/knownAnswers.ts`);
    const current = knownAnswersOf(vendor);
    const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === current;
    if (!isCurrent) writeFileSync(file, current);
    console.log(`${fromRoot(file)}: ${isCurrent ? 'is current' : 'written'}`);
  }
}
