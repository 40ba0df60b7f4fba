import { randomUUID } from 'node:crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { claim } from '../../../nodes/shared/trigger/seen';
import { fingerprint } from '../../../nodes/shared/trigger/webhook';

/** A node as a request finds it; static data is loaded for each. */
const node = (staticData: IDataObject, workflow: string = randomUUID(), mode = 'webhook') => ({
  getMode: () => mode, getWorkflowStaticData: () => staticData, getWorkflow: () => ({ id: workflow }), getNode: () => ({ id: 'node-1' }),
}) as unknown as IWebhookFunctions;
const isFirst = (context: IWebhookFunctions, id: string, within?: number) => {
  const own = claim(context, id, within);
  own?.handedOn();
  return own !== undefined;
};

describe('Repeated events', () => {
  afterEach(() => jest.useRealTimers());

  it('count once, the last 500 of them; the oldest are forgotten', () => {
    const workflow = randomUUID();
    expect(['a', 'b', 'a'].map((id) => isFirst(node({}, workflow), id))).toEqual([true, true, false]);
    for (let count = 0; count < 499; count += 1) isFirst(node({}, workflow), `more ${count}`);
    expect([isFirst(node({}, workflow), 'b'), isFirst(node({}, workflow), 'a')]).toEqual([false, true]);
    const many: IDataObject = { seenEvents: Array.from({ length: 700 }, (_, index) => fingerprint(String(index))) };
    isFirst(node(many), 'new');
    expect(many.seenEvents).toHaveLength(500);
  });

  it('are kept as fingerprints of equal length, however long their IDs are', () => {
    const data: IDataObject = {};
    isFirst(node(data), 'x'.repeat(1_000_000));
    expect(data.seenEvents).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  it('count once while the first is worked on, and may be tried again when that went wrong', () => {
    const workflow = randomUUID();
    const first = claim(node({}, workflow), 'a')!;
    expect(claim(node({}, workflow), 'a')).toBeUndefined();
    first.giveBack();
    const data: IDataObject = {};
    const second = claim(node(data, workflow), 'a')!;
    expect(data.seenEvents).toBeUndefined();
    second.handedOn();
    expect(claim(node({}, workflow), 'a')).toBeUndefined();
  });

  it('are stored as soon as they were handed on, for n8n after a crash', () => {
    const workflow = 'stored';
    const [first, second]: [IDataObject, IDataObject] = [{}, {}];
    isFirst(node(first, workflow), 'a');
    isFirst(node(second, workflow), 'b');
    expect([first.seenEvents, second.seenEvents]).toEqual([['a'].map(fingerprint), ['a', 'b'].map(fingerprint)]);
  });

  it('count once after a restart, from what was stored; not in another workflow', () => {
    expect(isFirst(node({ seenEvents: [fingerprint('a')] }), 'a')).toBe(false);
    expect(isFirst(node({}), 'a')).toBe(true);
  });

  it('without an ID of their own count again after a while', () => {
    jest.useFakeTimers({ now: 1_790_000_000_000 });
    const workflow = randomUUID();
    const at = (minutes: number) => {
      jest.setSystemTime(1_790_000_000_000 + minutes * 60_000);
      return isFirst(node({}, workflow), 'a', 600_000);
    };
    expect([at(0), at(5), at(9), at(31)]).toEqual([true, false, false, true]);
  });

  it('count each time while a test listens', () => {
    const data = { seenEvents: [fingerprint('a')] };
    expect(isFirst(node(data, 'w', 'manual'), 'a')).toBe(true);
    expect(data).toEqual({ seenEvents: [fingerprint('a')] });
  });
});
