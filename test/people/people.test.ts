import { writeFileSync } from 'node:fs';

import { lists } from './lists';
import { brazil, plans, tryPlan } from './numbers';
import { bodies, nobodyIn, personIn, rows, upserts, writtenBy } from './rows';
import { count, somebodyElse, summary } from './tally';
import { readPhoneList } from '../../nodes/shared/contact/phoneList';

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

describe('rows and bodies', () => {
  it.each([...rows, ...bodies])('%s', (what, row, person) => {
    const { contact: _, ...found } = personIn(row) ?? { contact: undefined };
    const wanted: typeof person = { name: undefined, email: undefined, phone: undefined, ...person };
    count(what, Object.entries(found).every(([key, value]) => value === undefined || !(key in wanted) || JSON.stringify(value) === JSON.stringify(wanted[key as 'name'])));
    expect(found).toMatchObject(wanted);
  });

  // The contact that each node would look for and write, by the half of *Create or Update* that sends nothing.
  it.each([...rows, ...bodies])('%s, through the three nodes', (what, row, person) => {
    for (const [vendor, upsert] of upserts) {
      const read = writtenBy(vendor, upsert, row);
      const wanted = { name: person.name, email: vendor === 'callbell' ? undefined : person.email, phone: person.phone };
      // Callbell finds people by phone alone.
      const isNobody = vendor === 'callbell' ? person.phone === undefined : (person.phone ?? person.email) === undefined;
      count(`${vendor}: ${what}`, read === undefined || (read.phone === wanted.phone && read.name === wanted.name && read.email === wanted.email));
      expect({ vendor, read }).toEqual({ vendor, read: isNobody ? undefined : wanted });
    }
  });

  it.each(nobodyIn)('nobody in %s', (what, row) => {
    const found = personIn(row);
    count(what, found === undefined);
    expect(found).toBeUndefined();
  });
});

describe('lists that protect people', () => {
  it.each(lists)('%s: %s', (_what, country, list, keys) => {
    const read = readPhoneList(list, country);
    count(`${country} ${JSON.stringify(list)}`, 'problem' in read || JSON.stringify([...read.keys]) === JSON.stringify(keys));
    expect('problem' in read ? read.problem : [...read.keys]).toEqual(typeof keys === 'string' ? expect.stringContaining(keys) : keys);
  });
});

afterAll(() => {
  if (process.env.PEOPLE_TALLY) writeFileSync(process.env.PEOPLE_TALLY, summary());
  expect(somebodyElse()).toEqual([]);
});
