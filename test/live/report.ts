/**
 * Makes report.md of what scenario.test.ts has written down: `tsx test/live/report.ts <folder> [folder to compare with]`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { schemaFile } from '../harness/schemas';
import { loadContract } from '../sandbox/contract';
import { fieldsIn, fieldsOf, operations, outputFields } from './operations';
import type { Exchange } from './proxy';
import type { Call } from './session';
import { missingBelow, pathsOf, shapeOf } from './shape';

interface Run { calls: Call[]; exchanges: Map<number, Exchange> }

const lines = <T>(folder: string, file: string): T[] => readFileSync(join(folder, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T);
const read = (folder: string): Run => ({ calls: lines<Call>(folder, 'calls.jsonl').filter(({ status }) => status !== 'held'), exchanges: new Map(lines<Exchange>(folder, 'exchanges.jsonl').map((one) => [one.id, one])) });
const group = <T>(list: T[], key: (one: T) => string): Map<string, T[]> => list.reduce((map, one) => map.set(key(one), [...(map.get(key(one)) ?? []), one]), new Map<string, T[]>());
const unique = <T>(list: Iterable<T>): T[] => [...new Set(list)];
const some = (list: Iterable<string>, most = 40): string => { const all = unique(list); return `${all.slice(0, most).join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`; };
const cell = (text: unknown, most = 300): string => String(text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, most);
const table = (head: string[], rows: unknown[][]): string => (rows.length ? [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map((one) => cell(one)).join(' | ')} |`).join('\n') : '(none)');
const list = (items: string[]): string => (items.length ? items.map((one) => `- ${cell(one, 1200)}`).join('\n') : '(none)');

const worked = ({ status }: Call): boolean => status === 'success' || status === 'waiting';
const isProbe = ({ variant, as }: Call): boolean => as === 'wrong' || variant === 'agent' || variant.startsWith('unknown ');
const unexpected = (call: Call): boolean => (call.expected === 'ok' && !worked(call)) || (call.expected === 'refused' && worked(call));
const title = ({ kind, name, variant, as }: Call): string => `${kind === 'operation' ? '' : `${kind} `}${name} [${variant}${as === 'admin' ? '' : `, ${as}`}]`;
const said = (call: Call): string => (call.error ? `${call.error.message}${call.error.description ? ` — ${call.error.description}` : ''}` : '');
const wire = (call: Call, { exchanges }: Run): string => call.exchanges.map((id) => exchanges.get(id)!).map(({ method, path, status, operationId }) => `${method} ${operationId ?? path} ${status}`).join(', ');
const lastAnswer = (call: Call, { exchanges }: Run): string => { const all = call.exchanges.map((id) => exchanges.get(id)!); const last = [...all].reverse().find(({ status }) => status >= 400) ?? all.at(-1); return last ? `${last.status} ${JSON.stringify(last.answer) ?? '(empty)'}` : '(nothing was sent)'; };

/** What differs between two runs of the scenario; values that differ in each run are evened out. */
function compare(run: Run, other: Run): string[] {
  const even = (text: string): string => text.replace(/x\d{8}\b/g, '…').replace(/\d+/g, '#').replace(/https?:\/\/[^\s"'/]+/g, 'URL');
  const shape = (values: unknown[]): Map<string, string> => new Map([...values.reduce((map: Map<string, Set<string>>, one) => shapeOf(one, map), new Map())].map(([path, kinds]) => [path, [...kinds].sort().join('/')]));
  const differences = (a: Map<string, string>, b: Map<string, string>): string[] => unique([...a.keys(), ...b.keys()]).filter((path) => a.get(path) !== b.get(path))
    .filter((path) => { const parent = path.replace(/(\.[^.[\]]+|\[\])$/, ''); return parent === path || (a.has(parent) && b.has(parent)); }).map((path) => `${path}: ${a.get(path) ?? '—'} / ${b.get(path) ?? '—'}`);
  const seen = group(other.calls, title);
  const result = run.calls.flatMap((call) => {
    const twin = seen.get(title(call))?.shift();
    if (!twin) return [`${title(call)}: only in the first run`];
    const found: string[] = [];
    if (worked(call) !== worked(twin)) found.push(`${call.status} (${said(call) || 'ok'}) / ${twin.status} (${said(twin) || 'ok'})`);
    else if (even(said(call)) !== even(said(twin))) found.push(`says "${said(call)}" / "${said(twin)}"`);
    if (wire(call, run) !== wire(twin, other)) found.push(`sends ${wire(call, run) || 'nothing'} / ${wire(twin, other) || 'nothing'}`);
    found.push(...differences(shape(call.rows), shape(twin.rows)).map((one) => `output ${one}`));
    return found.length ? [`${title(call)}: ${found.join('; ')}`] : [];
  });
  const answers = ({ exchanges }: Run) => new Map([...group([...exchanges.values()].filter(({ operationId, held }) => operationId && !held), ({ operationId, status }) => `${operationId} ${status}`)].map(([key, all]) => [key, shape(all.map(({ answer }) => ({ answer })))]));
  const [mine, theirs] = [answers(run), answers(other)];
  for (const key of unique([...mine.keys(), ...theirs.keys()])) {
    const [a, b] = [mine.get(key), theirs.get(key)];
    if (!a || !b) result.push(`answer ${key}: only in the ${a ? 'first' : 'second'} run`);
    else result.push(...differences(a, b).map((one) => `answer ${key}: ${one}`));
  }
  return result;
}

function report(folder: string, otherFolder?: string): string {
  const run = read(folder);
  const { calls } = run;
  const exchanges = [...run.exchanges.values()].filter(({ held }) => !held);
  const contract = loadContract('chatwoot');
  const roleOf = ({ method, path }: Exchange): boolean => { const match = contract.match(method, path); return 'operation' in match && match.operation.object['x-role'] === 'administrator'; };
  const byOperation = group(calls.filter(({ kind }) => kind === 'operation'), ({ name }) => name);

  const rows = [...operations.keys()].map((key) => {
    const all = byOperation.get(key) ?? [];
    const real = all.filter((call) => !isProbe(call) && call.expected !== 'refused');
    const reasons = real.flatMap(({ expected }) => (typeof expected === 'object' ? [expected.either] : []));
    const wires = real.flatMap((call) => call.exchanges.map((id) => run.exchanges.get(id)!));
    const good = real.filter(worked).length;
    const agent = all.find(({ variant }) => variant === 'agent') ?? all.find(({ as }) => as === 'agent');
    return {
      key, tried: real.length > 0, good, calls: real.length, reasons,
      schema: unique(all.flatMap(({ schema }) => schema?.replace(/^.*?preview: /, '').split('; ') ?? [])),
      contract: unique(wires.flatMap(({ requestProblems, answerProblems }) => [...requestProblems, ...answerProblems])),
      agent: agent ? (worked(agent) ? 'yes' : 'no') : '', all,
    };
  });
  const works = rows.filter(({ good }) => good > 0).length;
  const schemaBad = rows.filter(({ schema }) => schema.length);
  const wrong = calls.filter((call) => call.kind !== 'check' && unexpected(call));
  const checks = calls.filter(({ kind }) => kind === 'check');

  /** Rows against the preview file: what it does not name, and what never came. */
  const previews = rows.flatMap(({ key, all }) => {
    const [resource = '', operation = ''] = key.split(':');
    const file = schemaFile('Chatwoot', resource, operation);
    if (!existsSync(file)) return [`${key}: no preview file`];
    const simplified = all.filter((call) => call.status === 'success' && !['raw', 'selected'].includes(String((call.parameters as { output?: string } | undefined)?.output)));
    const seen = new Set(simplified.flatMap(({ rows: some }) => [...some.reduce((map: Map<string, Set<string>>, row) => shapeOf(row, map), new Map<string, Set<string>>()).keys()]));
    if (seen.size === 0) return [];
    const named = pathsOf(JSON.parse(readFileSync(file, 'utf8')) as object);
    const extra = missingBelow(seen, named).filter((path) => !['summary', 'items', 'succeeded', 'failed', 'skipped', 'seconds', 'retries'].includes(path));
    const never = missingBelow(named, seen);
    return [...(extra.length ? [`${key}: the output has, the preview does not: ${some(extra)}`] : []), ...(never.length ? [`${key}: the preview names, no output had: ${some(never)}`] : [])];
  });

  /** Answers against the contract; what the scenario sends by itself may be what the contract does not know. */
  const byId = group(exchanges.filter(({ operationId, call, requestProblems }) => operationId && (call !== 0 || requestProblems.length === 0)), ({ operationId }) => String(operationId));
  const problems = [...byId].flatMap(([id, all]) => (['requestProblems', 'answerProblems'] as const).flatMap((side) => [...group(all.flatMap((one) => one[side].map((text) => ({ text: `${side === 'requestProblems' ? 'request' : `answer ${one.status}`}: ${text.replace(/^\d+: /, '')}`, one }))), ({ text }) => text)]
    .map(([text, list]) => [id, text, list.length, `#${list[0]!.one.id}`])));
  const neverSent = [...byId].flatMap(([id, all]) => {
    const good = all.filter(({ status, answer }) => status >= 200 && status < 300 && answer !== null && typeof answer === 'object');
    const match = good[0] && contract.match(good[0].method, good[0].path);
    const schema = match && 'operation' in match ? (match.operation.object.responses[String(good[0]!.status)]?.content?.['application/json']?.schema as object | undefined) : undefined;
    const seen = new Set(good.flatMap(({ answer }) => [...shapeOf({ answer }).keys()]));
    const never = missingBelow(pathsOf(schema && { properties: { answer: schema } }), seen).map((path) => path.replace(/^answer\.?/, ''));
    return never.length ? [`${id}: ${some(never, 15)}`] : [];
  });
  const agentMay = new Set(exchanges.filter(({ token, status }) => token === 'agent' && status < 400).map(({ operationId }) => operationId));
  const roles = unique(exchanges.flatMap((one) => {
    const text = JSON.stringify(one.answer ?? '');
    if (one.token === 'agent' && roleOf(one) && one.status < 400) return [`${one.operationId}: an agent may do it (HTTP ${one.status}), though the contract says administrators only`];
    if (one.token === 'agent' && !roleOf(one) && !agentMay.has(one.operationId) && one.status === 401 && /not authorized to do this/i.test(text)) return [`${one.operationId}: an agent may not do it, though the contract does not say so`];
    const match = contract.match(one.method, one.path);
    const forBots = 'operation' in match && match.operation.object['x-bot-token'] === true;
    if (one.token === 'bot' && one.status < 400 && !forBots) return [`${one.operationId}: a bot may do it (HTTP ${one.status}), though the contract does not say so`];
    return one.token === 'bot' && one.status === 401 && forBots ? [`${one.operationId}: a bot may not do it, though the contract says so: ${text.slice(0, 200)}`] : [];
  }));

  const refusals = calls.filter((call) => call.kind === 'operation' && !worked(call) && call.exchanges.length > 0);
  const lookups = [...group(calls.filter(({ kind }) => ['list', 'options', 'mapper', 'credential', 'hook'].includes(kind)), ({ kind, name }) => `${kind} ${name}`)];
  const deliveries = [...group(calls.filter(({ kind }) => kind === 'delivery'), ({ name }) => name)];
  const unfilled = [...operations.values()].flatMap((operation) => {
    const given = new Set(['options', 'account', 'output', 'outputFields', ...(byOperation.get(operation.key) ?? []).flatMap(({ parameters }) => fieldsIn(parameters))]);
    // Tried with all in the operation that shares the form.
    const shared = ['contact:export', 'automationRule:create'].includes(operation.key) ? /^conditions\.condition\./ : /^$/;
    const missing = fieldsOf(operation).filter((path) => !given.has(path) && !shared.test(path) && !/^(account|options|output|outputFields)[.=]/.test(path) && !/(^|\.)(defaultCountry|limit)/.test(path));
    return missing.length ? [`${operation.key}: ${some(missing)}`] : [];
  });
  const unselected = rows.flatMap(({ key, all }) => {
    const chosen = all.filter((call) => call.variant.endsWith(', selected') && call.rows.length > 0);
    const never = chosen.length ? (outputFields(key) ?? []).filter((field) => !chosen.some(({ rows: some }) => some.some((row) => (row as Record<string, unknown>)[field] !== undefined))) : [];
    return never.length ? [`${key}: ${some(never)}`] : [];
  });
  const notTried = rows.filter(({ tried }) => !tried).map(({ key }) => key);
  const notWorked = rows.filter(({ good, tried }) => tried && good === 0);
  const notCalled = contract.operationIds.filter((id) => !byId.has(id));
  const undocumented = unique(exchanges.filter(({ operationId }) => !operationId).map(({ method, path, status }) => `${method} ${path.replace(/\d+/g, '#')} ${status}`));
  const noAnswer = exchanges.filter(({ status }) => status === 0);
  const parts: Array<[string, string]> = [
    ['Operations', table(['Operation', 'Worked', 'Preview', 'Contract', 'Agent may', 'Notes'], rows.map(({ key, good, calls: tries, schema, contract: broken, agent, reasons, tried }) => [key, tried ? `${good}/${tries}` : 'NOT TRIED', schema.length ? `${schema.length} misfit` : 'ok', broken.length ? `${broken.length} broken` : 'ok', agent, unique(reasons).join('; ')]))],
    ['Unexpected outcomes', list(wrong.map((call) => `**${title(call)}** ${worked(call) ? `worked, but should have been refused: ${JSON.stringify(call.rows).slice(0, 200)}` : said(call) || call.status} · ${wire(call, run)} · ${lastAnswer(call, run).slice(0, 300)}`))],
    ['Checks that failed', list(checks.filter((call) => !worked(call)).map(({ name, rows: seen }) => `**${name}** ${JSON.stringify(seen).slice(0, 500)}`))],
    ['Refused or worked, depending on the server', list(calls.filter(({ expected, variant }) => typeof expected === 'object' && variant !== 'agent').map((call) => `${title(call)} (${(call.expected as { either: string }).either}): ${worked(call) ? 'worked' : `${said(call)} · ${wire(call, run)}`}`))],
    ['Output that does not fit its preview', list(schemaBad.map(({ key, schema }) => `${key}: ${some(schema)}`))],
    ['Output and preview: names', list(previews)],
    ['Contract: requests and answers', table(['Operation', 'What', 'Times', 'First exchange'], problems)],
    ['Contract: paths it does not have', list(undocumented)],
    ['Contract: roles', list(roles)],
    ['Contract: properties that no answer had', list(neverSent)],
    ['Contract: operations never called', list(notCalled)],
    ['No answer from the server', list(noAnswer.map(({ id, method, path }) => `#${id} ${method} ${path}`))],
    ['What is refused, and how the node explains it', table(['The server', 'The node', 'Calls'], [...group(refusals, (call) => `${lastAnswer(call, run)} ${said(call)}`.replace(/\d{2,}/g, '#'))].map(([, all]) => [lastAnswer(all[0]!, run), said(all[0]!), `${all.length}: ${some(all.map(title), 12)}`]))],
    ['Lists of the editor, credential, registration', table(['What', 'Calls', 'Rows', 'Failed'], lookups.map(([name, all]) => [name, all.length, all.map(({ rowCount, status }) => (status === 'success' ? rowCount : '✗')).join(' '), unique(all.filter((call) => !worked(call)).map((call) => `${call.variant}: ${said(call) || call.status}`)).join('; ')]))],
    ['Deliveries to the trigger', table(['Event', 'Handed over', 'Started', 'Failed'], deliveries.map(([name, all]) => [name, all.length, all.filter(({ rowCount }) => rowCount > 0).length, unique(all.filter((call) => !worked(call)).map((call) => `${call.status} ${said(call)}`)).join('; ')]))],
    ['Fields never filled in, choices never made', list(unfilled)],
    ['Fields to Output that never held anything', list(unselected)],
    ...(otherFolder ? [[`Compared with ${otherFolder}`, list(compare(run, read(otherFolder)))] as [string, string]] : []),
  ];
  const version = (exchanges.find(({ operationId }) => operationId === 'getServerInfo')?.answer as { version?: string } | undefined)?.version;
  const seconds = calls.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const summary = [
    `${rows.length - notTried.length} of ${rows.length} operations tried, ${works} worked; never tried: ${notTried.join(', ') || 'none'}; never worked: ${notWorked.map(({ key, reasons }) => `${key} (${unique(reasons).join('; ') || 'see below'})`).join(', ') || 'none'}`,
    `${calls.length} calls, ${exchanges.length} exchanges, ${Math.round(seconds)} s; ${wrong.length} unexpected outcomes, ${checks.length - checks.filter(worked).length} of ${checks.length} checks failed`,
    `${schemaBad.length} operations whose output does not fit the preview; ${problems.length} kinds of contract breaches in ${unique(problems.map(([id]) => id)).length} operations of the contract; ${contract.operationIds.length - notCalled.length} of ${contract.operationIds.length} of these called`,
  ];
  return `# Chatwoot node against a server of version ${version ?? 'unknown'}\n\n${list(summary)}\n\n${parts.map(([head, text]) => `## ${head}\n\n${text}\n`).join('\n')}`;
}

const [folder = 'artifacts/live', otherFolder] = process.argv.slice(2);
const text = report(folder, otherFolder);
writeFileSync(join(folder, 'report.md'), text);
console.log(`${text.split('\n').slice(2, 5).join('\n')}\n${join(folder, 'report.md')}`);
