import { loadContract } from '../sandbox/contract';
import { contentTypeOf, readLines, readRun, RECORDING, type RecordedFact } from './recording';

const contract = loadContract('chatwoot');
const HELD = 499;
const told = (lines: Map<string, number>): string[] => [...lines].map(([text, times]) => `${times} × ${text}`);

describe('the contract of Chatwoot and what a server said', () => {
  const { exchanges } = readRun(RECORDING);

  it('has every path that was asked', () => {
    const strange = [...exchanges.values()].filter(({ method, path }) => !('operation' in contract.match(method, path)));
    expect(strange.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('takes every request of the node', () => {
    const problems = new Map<string, number>();
    for (const { call, method, path, query, body } of exchanges.values()) {
      const match = contract.match(method, path);
      // What the scenario sends by itself (call 0) is what the contract may refuse.
      if (call === 0 || !('operation' in match)) continue;
      // How the body was packed is not written down; it has to fit one of the ways.
      const found = (body === undefined ? [''] : contract.mediaTypes(match.operation)).map((mediaType) => {
        const given = mediaType === 'multipart/form-data' ? contract.typedMultipart(match.operation, body as Record<string, unknown>) : body;
        const { errors, valueErrors } = contract.checkRequest(match.operation, { params: match.params, query, headers: {}, body: given, mediaType });
        return [...errors, ...valueErrors];
      }).sort((one, other) => one.length - other.length);
      for (const problem of found[0] ?? ['takes no body']) { const text = `${match.operation.operationId}: ${problem}`; problems.set(text, (problems.get(text) ?? 0) + 1); }
    }
    expect(told(problems)).toEqual([]);
  });

  it('describes every answer', () => {
    const problems = new Map<string, number>();
    for (const one of exchanges.values()) {
      const match = contract.match(one.method, one.path);
      const type = contentTypeOf(one);
      if (!('operation' in match) || one.status === HELD || (one.answer !== undefined && type !== undefined && !type.includes('json') && one.status >= 400)) continue;
      const isText = type !== undefined && !type.includes('json') && one.answer !== undefined && one.answer !== null;
      for (const problem of contract.checkAnswer(match.operation, one.status, isText ? undefined : one.answer, type)) {
        const text = `${match.operation.operationId} ${one.status}: ${problem.replace(/\/\d+(?=\/|\s)/g, '/*')}`;
        problems.set(text, (problems.get(text) ?? 0) + 1);
      }
    }
    expect(told(problems)).toEqual([]);
  });

  it.each(['facts', 'more-settings', 'more-platform'])('describes the answers to single questions that it has a path for: %s', (file) => {
    const problems = new Map<string, number>();
    for (const { name, request, response } of readLines<RecordedFact>(RECORDING, file)) {
      const match = contract.match(request.method, request.path.split('?')[0] ?? '');
      // Long answers were cut to a text when they were written down.
      if (name.startsWith('server:') || !('operation' in match) || typeof response.body === 'string' || response.status === 429 || JSON.stringify(response.body ?? null).includes('… ')) continue;
      const found = [response.body, ...(response.body === null ? [undefined] : [])].map((body) => contract.checkAnswer(match.operation, response.status, body, undefined)).sort((one, other) => one.length - other.length);
      for (const problem of found[0] ?? []) {
        // Of inboxes, whole parts were left out when they were written down.
        if (/required property '(csat_config|auto_assignment_config|working_hours)'/.test(problem)) continue;
        const text = `${name}: ${match.operation.operationId} ${response.status}: ${problem.replace(/\/\d+(?=\/|\s)/g, '/*')}`;
        problems.set(text, (problems.get(text) ?? 0) + 1);
      }
    }
    expect(told(problems)).toEqual([]);
  });
});
