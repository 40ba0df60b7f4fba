import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { OpenAPIRouter, OpenAPIValidator, ValidationContext, type Operation, type ParsedRequest, type Request } from 'openapi-backend';
import { load } from 'js-yaml';
import type { Vendor } from './types';

type Schema = Record<string, any>;
type Document = Record<string, any>;

const JSON_TYPE = 'application/json';
const MULTIPART = 'multipart/form-data';

/** An operation of a contract with what the listener needs at hand. */
export interface ContractOperation {
  operationId: string;
  method: string;
  path: string;
  /** The operation object, without references. */
  object: Schema;
}

export type Match = { operation: ContractOperation; params: Record<string, string> } | { missing: 'path' | 'method' };

export interface CheckedRequest {
  /** Wrong structure: unknown or missing keys, wrong types, words outside an enum. */
  errors: string[];
  /** Right structure, refused value (pattern, length): for the vendor's handler to refuse in the vendor's own words. */
  valueErrors: string[];
  params: Record<string, any>;
  query: Record<string, any>;
}

/**
 * Resolves references and closes every object schema that names its properties and does not call itself free:
 * vendors drop unknown keys silently, so a misspelt key would pass unseen.
 * `allOf` is merged into one object, because closed branches would exclude each other.
 */
class StrictResolver {
  private readonly done = new Map<object, Schema>();

  constructor(private readonly document: Document) {}

  target(node: Schema): Schema {
    let found: Schema = node;
    while (typeof found.$ref === 'string') {
      found = found.$ref.slice(2).split('/').reduce<any>((at, key) => at?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], this.document);
      if (!found) throw new Error(`Unresolved reference ${node.$ref}`);
    }
    return found;
  }

  schema(input: Schema): Schema {
    const node = this.target(input);
    const known = this.done.get(node);
    if (known) return known;
    const result: Schema = {};
    this.done.set(node, result);
    Object.assign(result, this.closed(node));
    return result;
  }

  private closed(node: Schema): Schema {
    const merged = node.allOf ? this.merged(node) : node;
    const result: Schema = { ...merged };
    if (merged.properties) {
      result.properties = Object.fromEntries(Object.entries<Schema>(merged.properties).map(([key, value]) => [key, this.schema(value)]));
      if (merged.additionalProperties === undefined) result.additionalProperties = false;
    }
    if (merged.additionalProperties && typeof merged.additionalProperties === 'object') {
      result.additionalProperties = this.schema(merged.additionalProperties);
    }
    if (merged.items) result.items = this.schema(merged.items);
    for (const key of ['oneOf', 'anyOf'] as const) {
      if (merged[key]) result[key] = merged[key].map((branch: Schema) => this.schema(branch));
    }
    return result;
  }

  private merged(node: Schema): Schema {
    const { allOf, ...rest } = node;
    return [...allOf, rest].reduce<Schema>((sum, branch) => {
      let part = this.target(branch);
      if (part.allOf) part = this.merged(part);
      return {
        ...sum,
        ...part,
        ...(sum.properties || part.properties ? { properties: { ...sum.properties, ...part.properties } } : {}),
        ...(sum.required || part.required ? { required: [...new Set([...(sum.required ?? []), ...(part.required ?? [])])] } : {}),
      };
    }, {});
  }

  operation(pathItem: Schema, operation: Schema): Schema {
    const result: Schema = { ...operation };
    result.parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((parameter: Schema) => {
      const target = this.target(parameter);
      return target.schema ? { ...target, schema: this.schema(target.schema) } : target;
    });
    if (operation.requestBody) result.requestBody = this.content(this.target(operation.requestBody));
    result.responses = Object.fromEntries(
      Object.entries<Schema>(operation.responses).map(([status, response]) => [status, this.content(this.target(response))]),
    );
    return result;
  }

  private content(holder: Schema): Schema {
    if (!holder.content) return holder;
    return {
      ...holder,
      content: Object.fromEntries(
        Object.entries<Schema>(holder.content).map(([type, media]) => [type, media.schema ? { ...media, schema: this.schema(media.schema) } : media]),
      ),
    };
  }
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Route {
  path: string;
  pattern: RegExp;
  names: string[];
  /** Longer literal part = more specific. */
  weight: number;
  operations: Map<string, ContractOperation>;
}

/**
 * openapi-backend's router with the routes compiled once (its own builds every path's pattern anew for each
 * request, which shows with 200 operations and 10,000 requests), and decoded path parameters.
 */
class CompiledRouter extends OpenAPIRouter {
  private readonly routes: Route[] = [];
  private readonly literal = new Map<string, Route>();
  private readonly byId = new Map<string, ContractOperation>();
  readonly operationIds: string[] = [];

  constructor(document: Document, resolver: StrictResolver) {
    super({ definition: document as any });
    for (const [path, pathItem] of Object.entries<Schema>(document.paths)) {
      const names: string[] = [];
      const pattern = path.split(/(\{[^}]+\})/).map((part) => {
        if (!part.startsWith('{')) return escapeRegExp(part);
        names.push(part.slice(1, -1));
        return '([^/]+)';
      });
      const route: Route = {
        path, names, pattern: new RegExp(`^${pattern.join('')}$`),
        weight: path.replace(/\{[^}]+\}/g, '').length,
        operations: new Map(),
      };
      for (const method of ['get', 'put', 'post', 'delete', 'patch'] as const) {
        const object = pathItem[method];
        if (!object) continue;
        const operation: ContractOperation = { operationId: object.operationId, method, path, object: resolver.operation(pathItem, object) };
        route.operations.set(method, operation);
        this.operationIds.push(operation.operationId);
        this.addVariants(operation);
        const also = object['x-also-method'];
        if (also && !route.operations.has(also)) route.operations.set(also, operation);
      }
      if (names.length === 0) this.literal.set(path, route);
      else this.routes.push(route);
    }
    this.routes.sort((a, b) => b.weight - a.weight);
  }

  /** The validator checks one media type for each operation id, so each media type gets an id of its own. */
  private addVariants(operation: ContractOperation): void {
    const { requestBody, ...withoutBody } = operation.object;
    const variant = (id: string, object: Schema): void => {
      this.byId.set(id, { ...operation, operationId: id, object: { ...object, operationId: id } });
    };
    this.byId.set(operation.operationId, operation);
    variant(`${operation.operationId} none`, withoutBody);
    for (const type of [JSON_TYPE, MULTIPART]) {
      const media = requestBody?.content?.[type];
      if (!media) continue;
      const withSchema = (schema: Schema): Schema => ({ ...withoutBody, requestBody: { ...requestBody, content: { [type]: { ...media, schema } } } });
      variant(`${operation.operationId} ${type}`, withSchema(media.schema));
      // Flat and wrapped bodies are checked apart, so that a mistake is told in the words of the form that was sent.
      const key = operation.object['x-wrapper-key'] as string | undefined;
      if (key === undefined || !media.schema.oneOf) continue;
      const wrapped = media.schema.oneOf.find((branch: Schema) => branch.properties?.[key] && Object.keys(branch.properties).length === 1);
      const flat = media.schema.oneOf.filter((branch: Schema) => branch !== wrapped);
      if (!wrapped || flat.length !== 1) continue;
      variant(`${operation.operationId} ${type} wrapped`, withSchema(wrapped));
      variant(`${operation.operationId} ${type} flat`, withSchema(flat[0]));
    }
  }

  /** Id of the variant that checks this body. */
  variantFor(operation: ContractOperation, mediaType: string, body: unknown): string {
    const key = operation.object['x-wrapper-key'] as string | undefined;
    const id = `${operation.operationId} ${mediaType}`;
    if (key === undefined || !this.byId.has(`${id} wrapped`)) return id;
    return typeof body === 'object' && body !== null && key in body ? `${id} wrapped` : `${id} flat`;
  }

  match(method: string, path: string): Match {
    const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
    const name = method.toLowerCase();
    let known = false;
    const exact = this.literal.get(trimmed);
    if (exact) {
      const operation = exact.operations.get(name);
      if (operation) return { operation, params: {} };
      known = true;
    }
    for (const route of this.routes) {
      const found = route.pattern.exec(trimmed);
      if (!found) continue;
      known = true;
      const operation = route.operations.get(name);
      if (!operation) continue;
      return { operation, params: Object.fromEntries(route.names.map((key, index) => [key, decode(found[index + 1] ?? '')])) };
    }
    return { missing: known ? 'method' : 'path' };
  }

  override getOperation(operationId: string): Operation<any> | undefined {
    const found = this.byId.get(operationId);
    return found && ({ ...found.object, path: found.path, method: found.method } as unknown as Operation<any>);
  }

  /** The listener has parsed the request already. */
  override parseRequest(request: Request): ParsedRequest {
    return { ...request, requestBody: request.body, params: request.params, query: request.query, headers: request.headers, cookies: {} };
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const VALUE_KEYWORDS = new Set(['pattern', 'minLength', 'maxLength', 'format']);

type ValidatorErrors = NonNullable<ReturnType<OpenAPIValidator['validateRequest']>['errors']>;

function describe(errors: ValidatorErrors | null | undefined): string[] {
  return [...new Set((errors ?? []).map((error) => {
    const where = error.instancePath.replace(/^\/requestBody/, 'body').replace(/^\/(path|query|header)/, '$1') || 'body';
    const params = error.params as Record<string, unknown>;
    const what = params.additionalProperty ?? params.allowedValues;
    return `${where} ${error.message ?? error.keyword}${what === undefined ? '' : `: ${JSON.stringify(what)}`}`;
  }))].slice(0, 20);
}

function typed(schema: Schema | undefined, value: unknown): unknown {
  if (schema?.type === 'array') return Array.isArray(value) ? value : [value];
  if (schema?.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if ((schema?.type === 'integer' || schema?.type === 'number') && typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))) return Number(value);
  return value;
}

/** One vendor's contract: routing and the two checks. Made once for each process by `loadContract`. */
export class Contract {
  private readonly router: CompiledRouter;
  private readonly validator: OpenAPIValidator;

  constructor(readonly vendor: Vendor, document: Document) {
    this.router = new CompiledRouter(document, new StrictResolver(document));
    this.validator = new OpenAPIValidator({
      definition: document as any,
      router: this.router,
      lazyCompileValidators: true,
      coerceTypes: true,
      // Making the checker of schemas takes longer than all else; test/sandbox/contracts.test.ts checks them.
      ajvOpts: { strict: false, allErrors: true, logger: false, meta: false, validateSchema: false },
      customizeAjv: (ajv, _options, context) => {
        addFormats(ajv as any);
        // Whether an address looks right is for the vendor's handler to refuse in the vendor's words.
        if (context !== ValidationContext.Response) for (const format of ['email', 'uri']) ajv.addFormat(format, true);
        return ajv;
      },
    });
  }

  get operationIds(): readonly string[] {
    return this.router.operationIds;
  }

  match(method: string, path: string): Match {
    return this.router.match(method, path);
  }

  /** Media types that the operation takes; empty for none. */
  mediaTypes(operation: ContractOperation): string[] {
    return Object.keys(operation.object.requestBody?.content ?? {});
  }

  /**
   * Multipart fields are text; gives them the types of the contract (Rails and NestJS do the same) and
   * puts `a[b]` below `a`.
   * @param fields text by field name; lists for repeated names
   */
  typedMultipart(operation: ContractOperation, fields: Record<string, unknown>): Record<string, unknown> {
    const properties: Record<string, Schema> = operation.object.requestBody?.content?.[MULTIPART]?.schema?.properties ?? {};
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(fields)) {
      const nested = /^([^[\]]+)\[([^[\]]+)\]$/.exec(key);
      if (nested && !properties[key] && properties[nested[1]!]?.type === 'object') {
        result[nested[1]!] = { ...(result[nested[1]!] as object | undefined), [nested[2]!]: value };
        continue;
      }
      result[key] = typed(properties[key], value);
    }
    return result;
  }

  /**
   * @param body undefined when the request had none
   * @param mediaType of the body
   */
  checkRequest(
    operation: ContractOperation,
    input: { params: Record<string, string>; query: Record<string, string | string[]>; headers: Record<string, any>; body: unknown; mediaType: string },
  ): CheckedRequest {
    const errors: string[] = [];
    const declared = operation.object.requestBody;
    const types = this.mediaTypes(operation);
    let variant = `${operation.operationId} none`;
    if (input.body !== undefined) {
      if (!declared) {
        // An empty object is what many clients send with a bodiless POST; it says nothing, so it is let through.
        const blank = typeof input.body === 'object' && input.body !== null && Object.keys(input.body).length === 0;
        if (!blank) errors.push('body is not part of this operation');
      } else if (!types.includes(input.mediaType)) errors.push(`body has the type ${input.mediaType || 'none'}, not ${types.join(' or ')}`);
      else variant = this.router.variantFor(operation, input.mediaType, input.body);
    } else if (declared?.required) errors.push('body is missing');
    const request = { method: operation.method, path: operation.path, headers: input.headers, query: this.arrays(operation, input.query), params: { ...input.params }, body: input.body };
    const result = this.validator.validateRequest(request as Request, variant);
    const structural = (result.errors ?? []).filter((error) => !VALUE_KEYWORDS.has(error.keyword));
    const found = describe(result.errors);
    // Errors of values inside oneOf come with errors of the combination itself, and then count as structural.
    if (structural.length > 0) errors.push(...found);
    return { errors, valueErrors: structural.length > 0 ? [] : found, params: result.coerced?.params ?? input.params, query: (result.coerced?.query as Record<string, any>) ?? input.query };
  }

  private arrays(operation: ContractOperation, query: Record<string, string | string[]>): Record<string, string | string[]> {
    const result: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(query)) {
      const parameter = operation.object.parameters.find((one: Schema) => one.in === 'query' && one.name === name);
      if (parameter?.schema?.type !== 'array') result[name] = value;
      else if (parameter.explode === false && typeof value === 'string') result[name] = value === '' ? [] : value.split(',');
      else result[name] = Array.isArray(value) ? value : [value];
    }
    return result;
  }

  /**
   * @param body parsed JSON; undefined for an empty answer
   * @returns what does not match, one line each
   */
  checkAnswer(operation: ContractOperation, status: number, body: unknown, contentType: string | undefined): string[] {
    const responses: Record<string, Schema> = operation.object.responses;
    const key = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((one) => responses[one]);
    if (!key) return [`status ${status} is not among ${Object.keys(responses).join(', ')}`];
    const content = responses[key]?.content;
    if (!content) return body === undefined || status >= 400 ? [] : [`status ${status} has no body in the contract`];
    if (!content[JSON_TYPE]) return contentType && Object.keys(content).some((type) => contentType.startsWith(type)) ? [] : [`content type ${contentType} is not among ${Object.keys(content).join(', ')}`];
    // Some refusals come without a body; successes never do unless the contract says so.
    if (body === undefined) return status >= 400 || responses[key]?.['x-may-be-empty'] ? [] : [`status ${status} must have a body`];
    return describe(this.validator.validateResponse(body, operation.operationId, status).errors);
  }
}

const contracts = new Map<Vendor, Contract>();

/** The contract of a vendor (`test/contracts/<vendor>.openapi.yaml`), read and compiled once for each process. */
export function loadContract(vendor: Vendor): Contract {
  let contract = contracts.get(vendor);
  if (!contract) {
    contract = new Contract(vendor, parsed(readFileSync(join(__dirname, '..', 'contracts', `${vendor}.openapi.yaml`))));
    contracts.set(vendor, contract);
  }
  return contract;
}

/** Reading so much YAML takes most of a second, and a hundred test files do it: the JSON made of it is kept, by the text's hash. */
function parsed(yaml: Buffer): Document {
  const folder = join(__dirname, '..', '..', 'node_modules', '.cache', 'contracts');
  const file = join(folder, `${createHash('sha256').update(yaml).digest('hex')}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Document;
  const document = load(yaml.toString('utf8')) as Document;
  mkdirSync(folder, { recursive: true });
  // Other processes read it at the same moment: it is there whole, or not at all.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(document));
  renameSync(`${file}.${process.pid}`, file);
  return document;
}
