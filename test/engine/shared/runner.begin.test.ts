import { accountOperation } from '../../../nodes/Chatwoot/helpers/accountOperation';
import type { ChatwootClient } from '../../../nodes/Chatwoot/transport/client';
import type { ReadItem } from '../../../nodes/shared/operation/operation';
import { operation } from '../../../nodes/shared/operation/operation';
import { useNode } from '../support';
import { probeNode } from './probe';

/** What the runner promises of `begin` and `end`, with operations that write down what is called. */

interface Input {
  name: string;
}

interface State {
  names: string[];
}

const nameField = { displayName: 'Name', name: 'name', type: 'string' as const, default: '' };
const option = { name: 'Probe', value: 'probe', action: 'Probe something', description: 'Writes down what is called' };

let log: string[] = [];
let inBegin: (client: ChatwootClient, items: Array<ReadItem<Input>>) => Promise<void> = async () => {};
let inRun: (input: Input, client: ChatwootClient) => Promise<void> = async () => {};
let inEnd: (client: ChatwootClient) => Promise<void> = async () => {};

const probe = operation<ChatwootClient, Input, State>({
  option,
  properties: [nameField],
  read: (item) => ({ name: item.required('name') }),
  async begin(client, items) {
    log.push(`begin ${items.map(({ index, input, item }) => `${index}:${input.name}:${String(item.json.name)}`).join(' ')}`);
    await inBegin(client, items);
    return { names: items.map(({ input }) => input.name) };
  },
  async run(input, client, { itemIndex, state }) {
    log.push(`run ${itemIndex}`);
    await inRun(input, client);
    return { name: input.name, of: state.names.length };
  },
  async end(state, client) {
    await inEnd(client);
    log.push(`end ${state.names.length}`);
    client.http.notices.add(`${state.names.length} names were seen`);
  },
});

const inAccount = accountOperation<Input, State>({
  option: { ...option, value: 'inAccount' },
  properties: [nameField],
  read: (item) => ({ name: item.required('name') }),
  async begin(account, items) {
    log.push(`begin ${account.id} ${items.map(({ index }) => index).join(' ')}`);
    await inBegin(account.client, items);
    return { names: items.map(({ input }) => input.name) };
  },
  run: async ({ name }, account, { state }) => ({ name, account: account.id, of: state.names.length }),
  end(state, account) {
    log.push(`end ${account.id} ${state.names.length}`);
  },
});

const bench = useNode('Probe', probeNode([probe, inAccount]));
const names = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `n${index}` }));
const run = async (items: Array<Record<string, unknown>>, options: object = {}, parameters: object = {}) => await bench.run('probe', 'probe', { name: '={{ $json.name }}', ...parameters }, { items: items as never, skipSchema: true, ...options });

beforeEach(() => {
  log = [];
  inBegin = async () => {};
  inRun = async () => {};
  inEnd = async () => {};
});

test('begin sees all items before the first runs, run gets its state, end comes once after the last', async () => {
  const result = await run(names(30));
  expect(result.rows).toEqual(names(30).map(({ name }) => ({ name, of: 30 })));
  expect(log[0]).toBe(`begin ${names(30).map(({ name }, index) => `${index}:${name}:${name}`).join(' ')}`);
  expect(log.slice(1, -1).sort()).toEqual(names(30).map((_, index) => `run ${index}`).sort());
  expect(log.at(-1)).toBe('end 30');
});

test('what end says is shown with the output', async () => {
  const { hints } = await run(names(2));
  expect(hints.map(({ message }) => message)).toEqual(['2 names were seen']);
});

test('no item, no begin', async () => {
  const result = await run([]);
  expect(result.error).toBeUndefined();
  expect(log).toEqual([]);
});

describe('an item that cannot be read', () => {
  const items = [...names(2), { name: '' }, { name: 'n3' }];

  test('stop: nothing begins', async () => {
    const result = await run(items);
    expect(result.error!.message).toBe("'Name' is empty [item 2]");
    expect(log).toEqual([]);
  });

  test('continue: it is not among those that begin, and the others run', async () => {
    const result = await run(items, { continueOnFail: true });
    expect(log[0]).toBe('begin 0:n0:n0 1:n1:n1 3:n3:n3');
    expect(log).toContain('end 3');
    expect(result.rows).toEqual([{ name: 'n0', of: 3 }, { name: 'n1', of: 3 }, { error: expect.stringMatching(/^'Name' is empty \[item 2\]/) as string }, { name: 'n3', of: 3 }]);
  });

  test('continue, and none can be read: begin sees none', async () => {
    const result = await run([{ name: '' }, { name: ' ' }], { continueOnFail: true });
    expect(result.rows).toHaveLength(2);
    expect(log).toEqual([]);
  });
});

describe('begin fails', () => {
  beforeEach(() => {
    inBegin = async (client) => {
      throw client.http.error('The list could not be read', 'Try again.');
    };
  });

  test('stop: no item runs, nothing ends, no item is blamed', async () => {
    const result = await run(names(5));
    expect(result.error!.message).toBe('The list could not be read');
    expect(log).toEqual([expect.stringMatching(/^begin /) as string]);
  });

  test('continue: each item has the error under its own number, once', async () => {
    const result = await run(names(3), { continueOnFail: true });
    expect(result.rows).toEqual([0, 1, 2].map((index) => ({ error: `The list could not be read [item ${index}]. Try again.` })));
    expect(log).toEqual([expect.stringMatching(/^begin /) as string]);
  });

  test('continue: an error for 4,000 items is as long as for one', async () => {
    const result = await run(names(4_000), { continueOnFail: true });
    expect(result.rows).toHaveLength(4_000);
    expect(result.rows[3_999]).toEqual({ error: 'The list could not be read [item 3999]. Try again.' });
  });
});

describe('end comes', () => {
  test('when an item fails', async () => {
    inRun = async ({ name }, client) => {
      if (name === 'n1') throw client.http.error('No');
    };
    const result = await run(names(10), {}, { options: { parallelRequests: 1 } });
    expect(result.error!.message).toBe('No [item 1]');
    expect(log).toEqual([expect.stringMatching(/^begin /) as string, 'run 0', 'run 1', 'end 10']);
  });

  test('when the execution is cancelled', async () => {
    inRun = async () => await new Promise((resolve) => setTimeout(resolve, 100));
    const result = await run(names(100), { cancelAfterMs: 150 });
    expect(result.status).toBe('canceled');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(log.at(-1)).toBe('end 100');
    expect(log.length).toBeLessThan(60);
  });
});

describe('end fails', () => {
  beforeEach(() => {
    inEnd = async (client) => {
      throw client.http.error('The list could not be given back');
    };
  });

  test('stop: it is told, with how many items were done', async () => {
    const result = await run(names(3));
    expect(result.error!.message).toBe('The list could not be given back');
    expect(result.error!.description).toMatch(/3 items were already done/);
  });

  test('stop, after an item failed: the item is told', async () => {
    inRun = async (_input, client) => {
      throw client.http.error('No');
    };
    const result = await run(names(3), {}, { options: { parallelRequests: 1 } });
    expect(result.error!.message).toBe('No [item 0]');
  });

  test('continue: the items stand, a hint tells it', async () => {
    const result = await run(names(3), { continueOnFail: true });
    expect(result.rows).toEqual(names(3).map(({ name }) => ({ name, of: 3 })));
    expect(result.hints.map(({ message }) => message)).toEqual(['The list could not be given back']);
  });
});

describe('inside accounts', () => {
  const items = [{ name: 'a', account: '' }, { name: 'b', account: '1' }, { name: 'c', account: '2' }, { name: 'd', account: '1' }];
  const runInAccounts = async (options: object = {}) => await bench.run('probe', 'inAccount', { name: '={{ $json.name }}', account: { __rl: true, mode: 'id', value: '={{ $json.account }}' } }, { items, skipSchema: true, credential: { chatwootAccessTokenApi: { accountId: '1' } }, ...options });

  test('begin and end once for each account, the empty one being that of the credential', async () => {
    const result = await runInAccounts();
    expect(result.rows).toEqual([{ name: 'a', account: '1', of: 3 }, { name: 'b', account: '1', of: 3 }, { name: 'c', account: '2', of: 1 }, { name: 'd', account: '1', of: 3 }]);
    expect(log).toEqual(['begin 1 0 1 3', 'begin 2 2', 'end 1 3', 'end 2 1']);
  });

  test('begin fails in the second, stop: the first is ended, no item runs', async () => {
    inBegin = async (client, read) => {
      if (read.length === 1) throw client.http.error('Not in this account');
    };
    const result = await runInAccounts();
    expect(result.error!.message).toBe('Not in this account');
    expect(log).toEqual(['begin 1 0 1 3', 'begin 2 2', 'end 1 3']);
  });

  test('begin fails in the second, continue: the items of the first are done', async () => {
    inBegin = async (client, read) => {
      if (read.length === 1) throw client.http.error('Not in this account');
    };
    const result = await runInAccounts({ continueOnFail: true });
    expect(result.rows).toEqual([{ name: 'a', account: '1', of: 3 }, { name: 'b', account: '1', of: 3 }, { error: 'Not in this account [item 2]' }, { name: 'd', account: '1', of: 3 }]);
    expect(log).toEqual(['begin 1 0 1 3', 'begin 2 2', 'end 1 3']);
  });
});
