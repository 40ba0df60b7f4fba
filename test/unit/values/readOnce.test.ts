import { ReadOnce } from '../../../nodes/shared/values/readOnce';

test('what several ask for at the same time is read once, each key for itself', async () => {
  const once = new ReadOnce<string>();
  const read = jest.fn(async (value: number) => await new Promise<number>((resolve) => { setImmediate(() => resolve(value)); }));
  expect(await Promise.all(['a', 'a', 'b', 'a'].map(async (key) => await once.get(key, async () => await read(key === 'a' ? 1 : 2))))).toEqual([1, 1, 2, 1]);
  expect(await once.get('a', async () => await read(3))).toBe(1);
  expect(read).toHaveBeenCalledTimes(2);
});

test('what failed is asked again, by those who come later', async () => {
  const once = new ReadOnce<string>();
  const answers = [Promise.reject(new Error('busy')), Promise.resolve('there')];
  const read = async () => await answers.shift()!;
  const first = [once.get('a', read), once.get('a', read)];
  await expect(first[0]).rejects.toThrow('busy');
  await expect(first[1]).rejects.toThrow('busy');
  expect(await once.get('a', read)).toBe('there');
});

test('a newer value is not forgotten when an older reading fails', async () => {
  const once = new ReadOnce<string>();
  let fail = () => {};
  const old = once.get('a', async () => await new Promise<string>((_, reject) => { fail = () => reject(new Error('late')); }));
  once.set('a', 'newer');
  fail();
  await expect(old).rejects.toThrow('late');
  expect(await once.get('a', async () => 'read')).toBe('newer');
});

test('clients as keys are let go', async () => {
  const kept = new WeakMap<object, Promise<unknown>>();
  const once = new ReadOnce<object>(kept);
  const client = {};
  expect(await once.get(client, async () => 1)).toBe(1);
  expect(kept.has(client)).toBe(true);
});

test('who asks first goes on first', async () => {
  const once = new ReadOnce<string>();
  const order: number[] = [];
  await Promise.all([1, 2, 3].map(async (number) => {
    await once.get('a', async () => await Promise.resolve());
    order.push(number);
  }));
  expect(order).toEqual([1, 2, 3]);
});
