import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { listIsCheaper, People, type PeopleSource } from '../../../nodes/shared/contact/lookUp';
import { recognise, type PersonKeys } from '../../../nodes/shared/contact/samePerson';

const match = ['phone', 'email', 'identifier'] as const;
const keysOf = ({ phone, email, identifier }: IDataObject): PersonKeys => Object.fromEntries(Object.entries({ phone, email, identifier }).filter(([, value]) => value !== undefined));

/** Contacts of a vendor in memory, and what a run does to them. */
class Vendor {
  readonly records = new Map<string, IDataObject>();
  questions = 0;

  constructor(records: PersonKeys[]) {
    for (const keys of records) this.add({ ...keys });
  }

  add(keys: IDataObject): IDataObject {
    const record = { ...keys, id: String(this.records.size + 1) };
    this.records.set(record.id, record);
    return record;
  }

  source(plan: 'batches' | 'list' | 'lookUps'): PeopleSource {
    return {
      idOf: ({ id }) => String(id),
      keysOf,
      peopleAtOnce: plan === 'batches' ? 4 : 1,
      listPage: 1,
      // Looser than asked for: case is ignored, and somebody else is among them.
      find: async (people) => {
        this.questions += 1;
        await new Promise((resolve) => setImmediate(resolve));
        const all = [...this.records.values()];
        return [all[0], ...all.filter((record) => people.some((keys) => match.some((key) => keys[key] !== undefined && loose(keysOf(record)[key]) === loose(keys[key]))))].filter((row) => row !== undefined).map((row) => ({ ...row }));
      },
      ...(plan === 'list' ? { list: async () => await Promise.resolve({ rows: [...this.records.values()].map((row) => ({ ...row })), requestsLeft: 0, rest: async () => await Promise.resolve(undefined) }) } : {}),
    };
  }
}

// Two spellings of one Brazilian mobile are one person's.
const loose = (value: unknown) => String(value).toLowerCase().replace(/^\+55(\d\d)9?(\d{8})$/, '+55$1$2');

/** Each item in its turn, as the runner does those of one person: found and filled in, refused, or created. */
async function carryOut(items: PersonKeys[], vendor: Vendor, plan: 'batches' | 'list' | 'lookUps'): Promise<{ outcomes: string[]; people: People }> {
  const people = new People(vendor.source(plan), items.map((keys, index) => ({ index, keys })));
  const outcomes: string[] = [];
  for (const [index, keys] of items.entries()) {
    const { record, clashes, several, matchedBy } = await recognise(keys, match, keysOf, async (key, value) => await people.having(index, key, value));
    if (several) outcomes.push(`several ${several.map(({ id }) => String(id)).sort().join(' ')}`);
    else if (clashes.length) outcomes.push(`clash ${clashes.map(({ key, other, differs }) => `${key} ${String(other.id)} ${String(differs)}`).join(', ')}`);
    else if (record) {
      const changed = { ...record, ...Object.fromEntries(Object.entries(keys).filter(([key, value]) => loose(record[key]) !== loose(value))) };
      vendor.records.set(String(record.id), changed);
      people.remember({ ...changed });
      outcomes.push(`found ${String(record.id)} by ${String(matchedBy)}`);
    } else {
      const made = vendor.add({ ...keys });
      people.remember({ ...made });
      outcomes.push(`made ${String(made.id)}`);
    }
  }
  return { outcomes, people };
}

const phone = fc.integer({ min: 0, max: 5 }).chain((number) => fc.constantFrom(`+5585988887${number}00`, `+558588887${number}00`, `+35191000000${number}`));
const email = fc.integer({ min: 0, max: 5 }).chain((number) => fc.constantFrom(`p${number}@example.com`, `P${number}@Example.com`));
const identifier = fc.constantFrom('a1', 'A1', 'b2', 'B2', 'c3');
const person = fc.record({ phone, email, identifier }, { requiredKeys: [] }).filter((keys) => Object.keys(keys).length > 0);

describe('looking people up', () => {
  it('comes to the same for each plan, and later items see what earlier ones wrote', async () => {
    await fc.assert(fc.asyncProperty(fc.array(person, { maxLength: 8 }), fc.array(person, { minLength: 10, maxLength: 30 }), async (known, items) => {
      const results = await Promise.all((['batches', 'list', 'lookUps'] as const).map(async (plan) => {
        const vendor = new Vendor(known);
        const { outcomes } = await carryOut(items, vendor, plan);
        return { outcomes, records: [...vendor.records.values()] };
      }));
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    }), { numRuns: 100 });
  });

  it('asks less the more it asks at once', async () => {
    const items = Array.from({ length: 40 }, (_, index) => ({ phone: `+3519100000${String(index).padStart(2, '0')}`, email: `p${index}@example.com` }));
    const asked = await Promise.all((['list', 'batches', 'lookUps'] as const).map(async (plan) => {
      const vendor = new Vendor(items);
      const { people } = await carryOut(items, vendor, plan);
      expect(people.plan).toBe(plan);
      return vendor.questions;
    }));
    expect(asked).toEqual([0, 10, 40]);
  });

  it('reads a list only where that is less work', () => {
    expect(listIsCheaper(1000, 1, 500)).toBe(true);
    expect(listIsCheaper(1000, 500, 500)).toBe(false);
    expect(listIsCheaper(10, 10, 20)).toBe(false);
    expect(listIsCheaper(1000, undefined, 500)).toBe(false);
  });
});
