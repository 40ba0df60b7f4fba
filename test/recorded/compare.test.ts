import { compareRuns, evened } from './compare';
import type { RecordedCall, RecordedExchange, RecordedRun } from './recording';

/** A run of one call with one exchange. */
function runOf(status: string, exchange: Partial<RecordedExchange> = {}): RecordedRun {
  const call: RecordedCall = { n: 1, kind: 'operation', name: 'contact:get', variant: 'full', as: 'admin', expected: 'ok', status, rowCount: 0, rows: [], exchanges: [1] };
  const sent: RecordedExchange = { id: 1, call: 1, operationId: 'getContact', method: 'GET', path: '/contacts/1', query: {}, status: 200, answer: { id: 1, name: 'Ana', phone: null }, ...exchange };
  return { calls: [call], exchanges: new Map([[1, sent]]) };
}
const compared = (sandbox: RecordedRun) => {
  const { compared: _compared, notRun: _notRun, ...lists } = compareRuns(runOf('success'), sandbox);
  return Object.fromEntries(Object.entries(lists).flatMap(([name, lines]) => (lines.length ? [[name, lines.length]] : [])));
};

describe('comparing two runs', () => {
  it('takes numbers, empty values and empty lists for alike', () => {
    expect(compared(runOf('success', { answer: { id: 7, name: null, phone: '+55' } }))).toEqual({});
  });

  it.each<[string, RecordedRun, object]>([
    ['another outcome', runOf('error'), { outcomes: 1 }],
    ['another status', runOf('success', { status: 201 }), { statuses: 1 }],
    ['a property that is missing', runOf('success', { answer: { id: 1, phone: null } }), { absent: 1 }],
    ['one that the server does not have', runOf('success', { answer: { id: 1, name: 'Ana', phone: null, age: 3 } }), { extra: 1 }],
    ['another type', runOf('success', { answer: { id: '1', name: 'Ana', phone: null } }), { types: 1 }],
    ['a request that the node sends otherwise now, whatever came of it', runOf('error', { query: { sort: 'name' } }), { askedOtherwise: 1 }],
  ])('sees %s', (_what, sandbox, expected) => {
    expect(compared(sandbox)).toEqual(expected);
  });

  it('compares what came of a call for which the node only looks at more beforehand', () => {
    const looked = (status: string): RecordedRun => {
      const run = runOf(status);
      run.calls[0]!.exchanges = [2, 1];
      run.exchanges.set(2, { id: 2, call: 1, operationId: 'listLabels', method: 'GET', path: '/labels', query: {}, status: 200, answer: { payload: [] } });
      return run;
    };
    expect(compared(looked('success'))).toEqual({});
    expect(compared(looked('error'))).toEqual({ outcomes: 1 });
  });

  it('knows a request again by its shape', () => {
    expect(evened({ id: 5, name: 'vip-x12345678', token: 'pUbInbox4LojaExemplo123' })).toEqual(evened({ id: 77, name: 'vip-x87654321', token: 'zzzInbox4LojaExemplo999' }));
    expect(evened({ name: 'vip' })).not.toEqual(evened({ name: 'troca' }));
  });
});
