import type { RecordedCall, RecordedExchange, RecordedRun } from './recording';

/** What a run on the sandbox shows otherwise than the recording of a server. */
export interface Comparison {
  /** Calls that are in both. */
  compared: number;
  /** Calls of the server that the other run has not. */
  notRun: string[];
  /** Calls for which the node sends other requests now: of these the common requests are compared, and not what came of the call. */
  askedOtherwise: string[];
  outcomes: string[];
  statuses: string[];
  absent: string[];
  extra: string[];
  types: string[];
}

interface Pair { key: string; server: RecordedCall; sandbox: RecordedCall; serverSent: RecordedExchange[]; sandboxSent: RecordedExchange[] }

/** Values under these keys are data, with names that the account or Meta chose. */
const DATA = new Set([
  'custom_attributes', 'additional_attributes', 'content_attributes', 'processed_params', 'settings', 'social_profiles', 'config', 'bot_config', 'provider_config', 'selected_feature_flags', 'features',
  'cache_keys', 'external_source_ids', 'thread', 'message_templates', 'content_templates',
]);
/** What tells kinds of records in one list apart, each with keys of its own. */
const KINDS = ['channel_type', 'hook_type', 'notification_type', 'message_type'];

/** Kinds of values by the path where they stand, such as `payload[]<Channel::Api>.name`. */
export function kindsByPath(value: unknown, at = '', into = new Map<string, Set<string>>()): Map<string, Set<string>> {
  const put = (path: string, kind: string): void => { into.set(path, (into.get(path) ?? new Set()).add(kind)); };
  if (value === null || value === undefined) put(at, 'null');
  else if (Array.isArray(value)) {
    put(at, 'array');
    for (const one of value) kindsByPath(one, `${at}[]`, into);
  } else if (typeof value === 'object') {
    put(at, 'object');
    const last = /([^.<>[\]]*)(?:\[\]|<[^>]*>)*$/.exec(at)?.[1] ?? '';
    if (DATA.has(last)) return into;
    const record = value as Record<string, unknown>;
    // Integrations have settings of their own each, and a server has those that it is configured for.
    const kind = 'i18n_key' in record ? record.id : KINDS.map((key) => record[key]).find((one) => typeof one === 'string' || typeof one === 'number');
    const own = kind === undefined ? at : `${at}<${String(kind)}>`;
    if (own !== at) put(own, 'object');
    for (const [key, one] of Object.entries(record)) {
      const name = /^\d+$/.test(key) ? '#' : key;
      kindsByPath(one, own === '' ? name : `${own}.${name}`, into);
    }
  } else put(at, typeof value);
  return into;
}

/** Whether the other side has something in every list and object on the way: an empty list says nothing about its rows. */
function couldBeThere(path: string, kinds: Map<string, Set<string>>): boolean {
  const parents = [...path.matchAll(/\[\]|\.|</g)].map(({ index }) => path.slice(0, index));
  return parents.every((parent) => parent === '' || [...(kinds.get(parent) ?? [])].some((kind) => kind === 'object' || (kind === 'array' && kinds.has(`${parent}[]`))));
}

/** Evens out what differs in each run: numbers, names made after the run, random identifiers, times. */
export function evened(value: unknown): unknown {
  if (typeof value === 'number') return '#';
  if (typeof value === 'string') return /^[\w+/=-]{20,}$/.test(value) ? '…' : value.replace(/x\d{8}/g, '…').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/https?:\/\/[^/\s"]+/g, 'URL').replace(/\d+/g, '#');
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(evened(one))))];
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)).map(([key, one]) => [String(evened(key)), evened(one)]));
  return value;
}

/** A request as it can be found again in another run. The page counts, other numbers do not. */
function asked({ operationId, method, path, query, body }: RecordedExchange): string {
  const { page, ...rest } = query;
  return `${operationId ?? `${method} ${String(evened(path))}`} ${page === undefined ? '' : `page ${String(page)} `}${JSON.stringify(evened(rest))} ${JSON.stringify(evened(body ?? null))}`;
}

const statusesOf = (sent: RecordedExchange[]): string => [...new Set(sent.map(({ operationId, method, path, status }) => `${operationId ?? `${method} ${path}`} ${status}`))].sort().join(', ');

function pairs(server: RecordedRun, sandbox: RecordedRun): { pairs: Pair[]; notRun: string[] } {
  const numbered = ({ calls }: RecordedRun): Map<string, RecordedCall> => {
    const map = new Map<string, RecordedCall>();
    for (const call of calls) {
      // Deliveries are numbered by the event, and how many there are is chance.
      const name = `${call.kind} ${call.name} [${call.kind === 'delivery' ? call.variant.replace(/^\d+ /, '') : call.variant}]`;
      let key = name;
      for (let number = 2; map.has(key); number += 1) key = `${name} #${number}`;
      map.set(key, call);
    }
    return map;
  };
  const others = numbered(sandbox);
  const result: Pair[] = [];
  const notRun: string[] = [];
  const sent = (run: RecordedRun, call: RecordedCall): RecordedExchange[] => call.exchanges.flatMap((id) => run.exchanges.get(id) ?? []);
  for (const [key, call] of numbered(server)) {
    const other = others.get(key);
    if (other) result.push({ key, server: call, sandbox: other, serverSent: sent(server, call), sandboxSent: sent(sandbox, other) });
    else notRun.push(key);
  }
  return { pairs: result, notRun };
}

/** Compares a recorded run of the scenario with another, call by call, and the answers by their shape. */
export function compareRuns(server: RecordedRun, sandbox: RecordedRun): Comparison {
  const { pairs: all, notRun } = pairs(server, sandbox);
  const result: Comparison = { compared: all.length, notRun, askedOtherwise: [], outcomes: [], statuses: [], absent: [], extra: [], types: [] };
  const [mine, theirs] = [new Map<string, Map<string, Set<string>>>(), new Map<string, Map<string, Set<string>>>()];
  const collect = (into: typeof mine, sent: RecordedExchange[]): void => {
    for (const { operationId, status, answer } of sent) {
      if (!operationId || status === 499) continue;
      const key = `${operationId} ${status}`;
      into.set(key, kindsByPath(answer, '', into.get(key)));
    }
  };
  for (const pair of all) {
    compareCall(pair, result);
    // Answers to what only one of the two asked show what was asked, not who answered.
    const [left, right] = [new Set(pair.serverSent.map(asked)), new Set(pair.sandboxSent.map(asked))];
    collect(mine, pair.serverSent.filter((one) => right.has(asked(one))));
    collect(theirs, pair.sandboxSent.filter((one) => left.has(asked(one))));
  }
  for (const [key, left] of mine) {
    const right = theirs.get(key);
    if (right) compareKinds(key, left, right, result);
  }
  return result;
}

function compareCall({ key, server, sandbox, serverSent, sandboxSent }: Pair, result: Comparison): void {
  const told = `server ${server.status} (${statusesOf(serverSent)}), sandbox ${sandbox.status} (${statusesOf(sandboxSent)})`;
  const common = (sent: RecordedExchange[]): Map<string, RecordedExchange[]> => sent.reduce((map, one) => map.set(asked(one), [...(map.get(asked(one)) ?? []), one]), new Map<string, RecordedExchange[]>());
  const [left, right] = [common(serverSent), common(sandboxSent)];
  const same = [...left].every(([request, sent]) => !right.has(request) || statusesOf(sent) === statusesOf(right.get(request)!));
  // Looking at more or less beforehand does not change what is asked for.
  const looks = new Set([...serverSent, ...sandboxSent].filter(({ method }) => method === 'GET').map(asked));
  const others = [...left.keys(), ...right.keys()].filter((request) => !(left.has(request) && right.has(request)));
  const asksTheSame = others.length === 0 || (others.every((request) => looks.has(request)) && [...left.keys()].some((request) => right.has(request)));
  // Where the node goes on after the answer that once ended the call, what comes of it is another matter.
  const end = serverSent.at(-1);
  const goesOn = end !== undefined && end.status >= 400 && server.status === 'error' && sandbox.status === 'success' && others.length > 0
    && sandboxSent.map(asked).lastIndexOf(asked(end)) < sandboxSent.length - 1 && right.has(asked(end));
  // Where the node makes a call otherwise now (it waits, or asks again), so may what is found after it.
  const follows = server.kind === 'check' && server.status === 'error' && sandbox.status === 'success'
    && result.askedOtherwise.some((line) => line.startsWith(`operation ${server.name.split(' ')[0]} [full]: server success`) && !line.endsWith('OTHER OUTCOME'));
  if ((same && (!asksTheSame || goesOn)) || follows) result.askedOtherwise.push(`${key}: ${told}${server.status === sandbox.status ? '' : ' OTHER OUTCOME'}`);
  else if (server.status !== sandbox.status) result.outcomes.push(`${key}: ${told}`);
  else if (!same) result.statuses.push(`${key}: ${told}`);
}

function compareKinds(key: string, left: Map<string, Set<string>>, right: Map<string, Set<string>>, result: Comparison): void {
  for (const [path, kinds] of left) {
    const others = right.get(path);
    if (!others) {
      if (!path.endsWith('>') && couldBeThere(path, right)) result.absent.push(`${key}: ${path}`);
      continue;
    }
    const known = [...kinds].filter((kind) => kind !== 'null');
    const other = [...others].filter((kind) => kind !== 'null');
    // A value that is empty in one of the two may be anything.
    if (known.length > 0 && other.length > 0 && !known.some((kind) => other.includes(kind))) result.types.push(`${key}: ${path}: server ${known.join('/')}, sandbox ${other.join('/')}`);
  }
  for (const path of right.keys()) if (!left.has(path) && !path.endsWith('>') && couldBeThere(path, left)) result.extra.push(`${key}: ${path}`);
}

/** One line: how many of each. */
export function countsOf({ compared, notRun, askedOtherwise, outcomes, statuses, absent, extra, types }: Comparison): string {
  return `${compared} calls compared, ${notRun.length} of the server's not run on the sandbox, ${askedOtherwise.length} asked otherwise now: ${outcomes.length} other outcomes, ${statuses.length} other statuses; answers: ${absent.length} absent, ${extra.length} extra, ${types.length} of other types`;
}
