import { writeFileSync } from 'node:fs';

import { brazil, plans, tryPlan } from './numbers';
import { somebodyElse, summary } from './tally';

/*
 * The right person, or nobody. Each try counts: what was written reaches the person it was meant for, or is refused.
 * `npm run test:people` closes with "N tried, N to somebody else".
 */

describe('numbers', () => {
  it.each(brazil.map((plan) => [plan.mobile().slice(0, 2), plan] as const))('of area code %s in Brazil', (_, plan) => {
    expect(tryPlan(plan, 2).unread).toEqual([]);
  });

  it.each(plans.map((plan) => [plan.country, plan] as const))('of %s', (_, plan) => {
    expect(tryPlan(plan, 12).unread).toEqual([]);
  });
});

afterAll(() => {
  if (process.env.PEOPLE_TALLY) writeFileSync(process.env.PEOPLE_TALLY, summary());
  expect(somebodyElse()).toEqual([]);
});
