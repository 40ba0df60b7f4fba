import { accountOperation } from '../../../nodes/Chatwoot/helpers/accountOperation';
import type { ChatwootClient } from '../../../nodes/Chatwoot/transport/client';
import { operation } from '../../../nodes/shared/operation/operation';
import { useNode } from '../support';
import { probeNode } from './probe';

/** In which order items run, and what an error in the middle keeps from leaving. */

interface Input {
  name: string;
  keys: string[];
  takes: number;
}

const fields = ['name', 'keys', 'takes', 'askFor'].map((name) => ({ displayName: name, name, type: 'string' as const, default: '' }));
const option = { name: 'Probe', value: 'probe', action: 'Probe something', description: 'Writes down what is called' };
const wait = async (milliseconds: number) => await new Promise((resolve) => setTimeout(resolve, milliseconds));

let log: string[] = [];

/** Takes as long as the item says, and fails when the item is called "bad". */
async function carryOut({ name, takes }: Input, client: ChatwootClient) {
  log.push(`${name} starts`);
  await wait(takes);
  log.push(`${name} ends`);
  if (name.startsWith('bad')) throw client.http.error(`${name} is refused`);
  return { name };
}

const probe = operation<ChatwootClient, Input & { askFor: number }>({
  option,
  properties: fields,
  read: (item) => ({ name: item.required('name'), keys: item.list('keys') ?? [], takes: item.number('takes') ?? 0, askFor: item.number('askFor') ?? 0 }),
  async orderingKey({ keys, askFor }) {
    await wait(askFor);
    return keys;
  },
  run: carryOut,
});

const inAccount = accountOperation<Input>({
  option: { ...option, value: 'inAccount' },
  properties: fields,
  read: (item) => ({ name: item.required('name'), keys: item.list('keys') ?? [], takes: item.number('takes') ?? 0 }),
  orderingKey: ({ keys: [key] }) => key,
  run: async (input, account) => await carryOut(input, account.client),
});

const bench = useNode('Probe', probeNode([probe, inAccount]));
const values = Object.fromEntries(fields.map(({ name }) => [name, `={{ $json.${name} ?? '' }}`]));
const run = async (items: object[], options: object = {}) => await bench.run('probe', 'probe', values, { items: items as never, skipSchema: true, ...options });

beforeEach(() => {
  log = [];
});

describe('keys', () => {
  test('items without a key do not wait for each other', async () => {
    await run([{ name: 'a', takes: 80 }, { name: 'b', takes: 5 }]);
    expect(log).toEqual(['a starts', 'b starts', 'b ends', 'a ends']);
  });

  test('an item with two keys waits for both, and both wait for it', async () => {
    await run([{ name: 'phone', keys: 'p1', takes: 60 }, { name: 'mail', keys: 'm1', takes: 30 }, { name: 'both', keys: 'p1,m1', takes: 20 }, { name: 'mail again', keys: 'm1' }, { name: 'phone again', keys: 'p1' }, { name: 'other', keys: 'p2' }]);
    const at = (line: string) => log.indexOf(line);
    expect(at('both starts')).toBeGreaterThan(at('phone ends'));
    expect(at('both starts')).toBeGreaterThan(at('mail ends'));
    expect(at('mail again starts')).toBeGreaterThan(at('both ends'));
    expect(at('phone again starts')).toBeGreaterThan(at('both ends'));
    expect(at('other ends')).toBeLessThan(at('mail ends'));
  });

  test('a key that has to be asked for keeps its place', async () => {
    await run([{ name: 'slowly asked', keys: 'k', askFor: 60 }, { name: 'quickly asked', keys: 'k' }]);
    expect(log).toEqual(['slowly asked starts', 'slowly asked ends', 'quickly asked starts', 'quickly asked ends']);
  });
});

describe('accounts', () => {
  const inAccounts = async (accounts: string[], accountId: string) => await bench.run('probe', 'inAccount', { ...values, account: { __rl: true, mode: 'id', value: '={{ $json.account }}' } }, {
    items: accounts.map((account, index) => ({ name: `${index}`, keys: 'k', takes: 20, account })),
    skipSchema: true,
    credential: { chatwootAccessTokenApi: { accountId } },
  });

  test('an empty account and its number are one', async () => {
    await inAccounts(['', '1', ''], '1');
    expect(log).toEqual(['0 starts', '0 ends', '1 starts', '1 ends', '2 starts', '2 ends']);
  });

  test('also when the account is that of the token’s owner', async () => {
    await inAccounts(['', '1'], '');
    expect(log).toEqual(['0 starts', '0 ends', '1 starts', '1 ends']);
  });

  test('the same record number in two accounts is two records', async () => {
    await inAccounts(['1', '2'], '1');
    expect(log.slice(0, 2)).toEqual(['0 starts', '1 starts']);
  });
});

describe('an item fails while the next of the same key waits', () => {
  const items = [{ name: 'good', keys: 'k', takes: 5 }, { name: 'bad', keys: 'k', takes: 10 }, { name: 'never', keys: 'k' }, { name: 'neither', keys: 'other,k' }];

  test('stop: the next does not start', async () => {
    const result = await run(items);
    expect(result.error!.message).toBe('bad is refused [item 1]');
    expect(result.error!.description).toMatch(/^1 item was already done/);
    expect(log).toEqual(['good starts', 'good ends', 'bad starts', 'bad ends']);
  });

  test('continue: the next does, in its order', async () => {
    const result = await run(items, { continueOnFail: true });
    expect(result.rows.map(({ name, error }) => name ?? error)).toEqual(['good', 'bad is refused [item 1]', 'never', 'neither']);
    expect(log.filter((line) => line.endsWith('starts'))).toEqual(['good starts', 'bad starts', 'never starts', 'neither starts']);
  });

  test('two fail: the first in the input is told', async () => {
    const result = await run([{ name: 'bad late', takes: 40 }, { name: 'bad soon', takes: 5 }]);
    expect(result.error!.message).toBe('bad late is refused [item 0]');
  });
});

test('hints show names from data as they are, not as HTML', async () => {
  const escaping = operation<ChatwootClient, string>({
    option,
    properties: fields,
    read: (item) => item.required('name'),
    async run(name, client) {
      client.http.notices.add(`'${name}' was left out`);
      return {};
    },
  });
  const { runNode } = await import('../../harness/engine');
  const { credentials, credentialValues } = await import('../support');
  const result = await runNode(probeNode([escaping]), { resource: 'probe', operation: 'probe', name: '<img src=x onerror=alert(1)> & Co' }, { credentials, credentialValues: credentialValues(bench.sandbox) });
  expect(result.hints.map(({ message }) => message)).toEqual(["'&#60;img src=x onerror=alert(1)&#62; &#38; Co' was left out"]);
});
