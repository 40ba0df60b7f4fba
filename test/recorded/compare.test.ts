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

  /** A run of one call with several exchanges, given as operation and status. */
  const runOfMany = (status: string, ...sent: Array<[operationId: string, status: number]>): RecordedRun => {
    const run = runOf(status);
    run.calls[0]!.exchanges = sent.map((_one, index) => index + 1);
    run.exchanges = new Map(sent.map(([operationId, answered], index) => [index + 1, { id: index + 1, call: 1, operationId, method: 'GET', path: `/${operationId}`, query: {}, status: answered, answer: answered < 400 ? { payload: [] } : { error: 'x' } }]));
    return run;
  };
  const countsBetween = (server: RecordedRun, sandbox: RecordedRun) => {
    const { outcomes, statuses, askedOtherwise, notRun } = compareRuns(server, sandbox);
    return [outcomes.length, statuses.length, askedOtherwise.length, notRun.length];
  };
  const ended = runOfMany('error', ['searchConversations', 500]);

  it('does not compare the outcome where the node goes on after the answer that once ended the call', () => {
    expect(countsBetween(ended, runOfMany('success', ['searchConversations', 500], ['searchContacts', 200]))).toEqual([0, 0, 1, 0]);
  });

  it.each<[string, RecordedRun, number[]]>([
    ['the same answer is a success now', runOfMany('success', ['searchConversations', 500]), [1, 0, 0, 0]],
    ['the answer is another one, and the node goes on', runOfMany('success', ['searchConversations', 200], ['searchContacts', 200]), [1, 0, 0, 0]],
    ['the node looked at something before, and not after', runOfMany('success', ['searchContacts', 200], ['searchConversations', 500]), [1, 0, 0, 0]],
    ['it ends in the same way', runOfMany('error', ['searchConversations', 500]), [0, 0, 0, 0]],
  ])('compares the outcome where %s', (_what, sandbox, expected) => {
    expect(countsBetween(ended, sandbox)).toEqual(expected);
  });

  it('does not compare a check that went wrong on the server where the node makes the call before it otherwise now', () => {
    const checked = (status: string, check: string, ...sent: Array<[operationId: string, status: number]>): RecordedRun => {
      const run = runOfMany(status, ...sent);
      run.calls.push({ ...run.calls[0]!, n: 2, kind: 'check', name: 'contact:get has done all', status: check, exchanges: [] });
      return run;
    };
    const server = checked('success', 'error', ['runBulkAction', 200]);
    const waits = [['runBulkAction', 200], ['filterConversations', 200]] as Array<[string, number]>;
    const post = (run: RecordedRun) => {
      for (const sent of run.exchanges.values()) sent.method = 'POST';
      return run;
    };
    expect(countsBetween(post(server), post(checked('success', 'success', ...waits)))).toEqual([0, 0, 2, 0]);
    expect(countsBetween(post(server), post(checked('success', 'success', ['runBulkAction', 200])))).toEqual([1, 0, 0, 0]);
    expect(countsBetween(post(checked('success', 'success', ['runBulkAction', 200])), post(checked('success', 'error', ...waits)))).toEqual([1, 0, 1, 0]);
  });

  it('counts what the other run has not, and deliveries by their event alone', () => {
    const named = (kind: string, variant: string): RecordedRun => {
      const run = runOf('success');
      Object.assign(run.calls[0]!, { kind, variant });
      return run;
    };
    expect(countsBetween(runOf('success'), named('operation', 'minimal'))).toEqual([0, 0, 0, 1]);
    expect(compareRuns(runOf('success'), named('operation', 'minimal')).notRun).toEqual(['operation contact:get [full]']);
    expect(countsBetween(named('delivery', '12 defaults'), named('delivery', '7 defaults'))).toEqual([0, 0, 0, 0]);
  });

  it('holds kinds of records apart, and takes names of data for no keys', () => {
    const answered = (...payload: object[]) => runOf('success', { answer: { payload } });
    const [api, mail] = [{ channel_type: 'Channel::Api', token: 'a' }, { channel_type: 'Channel::Email', address: 'b' }];
    const types = ({ absent, extra }: ReturnType<typeof compareRuns>) => [absent, extra];
    expect(types(compareRuns(answered(api, mail), answered(api)))).toEqual([[], []]);
    expect(types(compareRuns(answered(api), answered({ channel_type: 'Channel::Api', address: 'b' })))).toEqual([['getContact 200: payload[]<Channel::Api>.token'], ['getContact 200: payload[]<Channel::Api>.address']]);
    expect(types(compareRuns(answered({ custom_attributes: { cpf: '1' } }), answered({ custom_attributes: { plano: 'x' } })))).toEqual([[], []]);
    expect(types(compareRuns(answered({ id: 1 }), answered()))).toEqual([[], []]);
  });

  it('knows a request again by its shape', () => {
    expect(evened({ id: 5, name: 'vip-x12345678', token: 'pUbInbox4LojaExemplo123' })).toEqual(evened({ id: 77, name: 'vip-x87654321', token: 'zzzInbox4LojaExemplo999' }));
    expect(evened({ name: 'vip' })).not.toEqual(evened({ name: 'troca' }));
  });
});
