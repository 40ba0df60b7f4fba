import { CampaignLock, CampaignMemory, peopleRemembered, remembered } from '../../../nodes/shared/campaign/memory';

const memory = (staticData: object, name: string) => new CampaignMemory(staticData as never, 'Callbell', name, undefined, true);

describe('what a workflow remembers of its campaigns', () => {
  it('is all of them, not the last twenty, under any name', () => {
    const staticData = {};
    const names = [...Array.from({ length: 60 }, (_, index) => `Campaign ${index}`), 'constructor', 'toString', '__proto__', ' Natal 🎄 '];
    for (const name of names) memory(staticData, name).set('5585988887701', `message of ${name}`);
    // As n8n stores it and gives it back.
    const stored = JSON.parse(JSON.stringify(staticData)) as object;
    for (const name of names) {
      expect(memory(stored, name).get('5585988887701')).toBe(`message of ${name}`);
      expect(remembered(stored as never, 'Callbell', name)).toEqual({ 5585988887701: `message of ${name}` });
    }
    expect(memory(stored, 'Another').get('5585988887701')).toBeUndefined();
  });

  it('forgets only beyond 50,000 people, the campaigns of longest ago first, never the one at hand', () => {
    jest.useFakeTimers();
    const staticData = {};
    const fill = (name: string, people: number) => {
      jest.advanceTimersByTime(1000);
      const own = memory(staticData, name);
      for (let person = 0; person < people; person += 1) own.set(String(5_585_900_000_000 + person), 'x');
      return own;
    };
    fill('first', 30_000);
    fill('second', 20_000);
    fill('third', peopleRemembered + 10);
    jest.advanceTimersByTime(1000);
    expect(memory(staticData, 'third').get('5585900000009')).toBe('x');
    expect(remembered(staticData, 'Callbell', 'first')).toBeUndefined();
    jest.useRealTimers();
  });

  it('does not change when a campaign is only looked at', () => {
    const staticData = {};
    new CampaignMemory(staticData, 'Callbell', 'Natal', undefined, false).set('5585988887701', 'x');
    expect(staticData).toEqual({});
  });
});

it('a campaign is locked as long as its holder lives, and not longer', () => {
  const [one, two] = [new CampaignLock('Callbell Natal'), new CampaignLock('Callbell Natal')];
  expect([one.take(), two.take(), one.take()]).toEqual([true, false, true]);
  // Who does not hold it frees nothing.
  two.release();
  expect(two.take()).toBe(false);
  one.release();
  expect(two.take()).toBe(true);
  two.release();
});
