import { Together } from '../../../nodes/shared/values/together';

const later = async () => await new Promise<void>((resolve) => { setImmediate(resolve); });

test('who asks at the same time, or while a question is under way, is answered together, each with its own', async () => {
  const questions: number[][] = [];
  const doubled = new Together(async (numbers: number[]) => {
    questions.push(numbers);
    await later();
    return numbers.map((number) => number * 2);
  }, 3);
  const first = [1, 2, 3, 4].map(async (number) => await doubled.ask(number));
  await Promise.resolve();
  const second = [5, 5].map(async (number) => await doubled.ask(number));
  expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10, 10]);
  expect(questions).toEqual([[1, 2, 3], [4, 5, 5]]);
  expect(await doubled.ask(7)).toBe(14);
});

test('an answer is never older than its question', async () => {
  let value = 'old';
  const current = new Together(async (keys: string[]) => {
    const seen = value;
    await later();
    return keys.map(() => seen);
  }, 10);
  const before = current.ask('a');
  await Promise.resolve();
  value = 'new';
  expect(await Promise.all([before, current.ask('a')])).toEqual(['old', 'new']);
});

test('one who cannot be asked about does not take the others along', async () => {
  const questions: string[][] = [];
  const names = new Together(async (keys: string[]) => {
    questions.push(keys);
    if (keys.includes('bad')) await Promise.reject(new Error('bad is refused'));
    return keys.map((key) => key.toUpperCase());
  }, 10);
  const answers = await Promise.allSettled(['ana', 'bad', 'bia'].map(async (key) => await names.ask(key)));
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as Error).message))).toEqual(['ANA', 'bad is refused', 'BIA']);
  expect(questions).toEqual([['ana', 'bad', 'bia'], ['ana'], ['bad'], ['bia']]);
});
