import fc from 'fast-check';

import { collectCursor, collectOffsets, collectPages } from '../../../nodes/shared/http/pagination';

interface Row {
  id: number;
}
const idOf = (row: Row) => row.id;
const turned = (rows: Row[], by: number) => rows.map((_row, index) => rows[(index + by) % rows.length]!);
const list = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: index + 1 }));

/** A server with page numbers that counts its calls and how many were under way at once. */
function pageServer(rows: Row[], size: number, { total = true } = {}) {
  const calls: number[] = [];
  let busy = 0;
  let most = 0;
  return {
    calls,
    get most() {
      return most;
    },
    async fetch(page: number) {
      calls.push(page);
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
      return { rows: rows.slice((page - 1) * size, page * size), ...(total ? { total: rows.length } : {}) };
    },
  };
}

describe('collectPages', () => {
  test.each([0, 1, 14, 15, 16, 30, 31, 100])('reads %i rows completely and in order', async (count) => {
    const server = pageServer(list(count), 15);
    expect(await collectPages(server.fetch, 15, idOf, { parallel: 4 })).toEqual({ rows: list(count), repeated: 0 });
    expect(new Set(server.calls).size).toBe(server.calls.length);
  });

  test('fetches several pages at a time once the total is known, never more than allowed', async () => {
    const server = pageServer(list(300), 15);
    await collectPages(server.fetch, 15, idOf, { parallel: 4 });
    expect(server.most).toBe(4);
  });

  test('fetches page by page when the total is unknown', async () => {
    const server = pageServer(list(300), 15, { total: false });
    expect((await collectPages(server.fetch, 15, idOf, { parallel: 4 })).rows).toHaveLength(300);
    expect(server.most).toBe(1);
  });

  test('stops at the limit without asking for what is not wanted', async () => {
    const server = pageServer(list(300), 15);
    expect((await collectPages(server.fetch, 15, idOf, { limit: 20, parallel: 10 })).rows).toEqual(list(20));
    expect(server.calls).toEqual([1, 2]);
  });

  test('a server that answers page 1 for ever is told of: nobody knows whether there is more', async () => {
    const fetch = async () => ({ rows: list(15) });
    await expect(collectPages(fetch, 15, idOf, { parallel: 3 })).rejects.toThrow('The list has no end: every page has the same records');
  });

  test('a server that does not page and gives all at once is understood', async () => {
    const fetch = async () => ({ rows: list(40) });
    expect((await collectPages(fetch, 15, idOf, { parallel: 3 })).rows).toEqual(list(40));
    const counted = async () => ({ rows: list(15), total: 15 });
    expect((await collectPages(counted, 15, idOf, { parallel: 3 })).rows).toEqual(list(15));
  });

  test('rows without IDs on pages that never change end it, too', async () => {
    await expect(collectPages(async () => ({ rows: list(15) }), 15, () => undefined, { parallel: 1 })).rejects.toThrow('no end');
  });

  test('pages that go on and on with known rows, or beyond the total, end it', async () => {
    let call = 0;
    const known = async () => ({ rows: turned(list(15), (call += 7)) });
    await expect(collectPages(known, 15, idOf, { parallel: 1 })).rejects.toThrow('The list has no end: 10 pages after each other had no record that was not read before');
    const ever = async (page: number) => ({ rows: list(15).map(({ id }) => ({ id: page * 100 + id })), total: 30 });
    await expect(collectPages(ever, 15, idOf, { parallel: 1 })).rejects.toThrow('its pages stay full beyond the number of records');
  });

  test('the error is the one of the vendor', async () => {
    const fail = (message: string, description: string) => new Error(`Vendor: ${message}. ${description}`);
    await expect(collectPages(async () => ({ rows: list(15) }), 15, idOf, { parallel: 1, fail })).rejects.toThrow(/^Vendor: The list has no end: .* none are output/);
  });

  test('rows that shift to the next page while it reads come once', async () => {
    let rows = list(40);
    const fetch = async (page: number) => {
      const answer = { rows: rows.slice((page - 1) * 10, page * 10) };
      // Newest first: somebody adds a row after each page.
      rows = [{ id: 1000 + page }, ...rows];
      return answer;
    };
    const notice = jest.fn();
    const { rows: read, repeated } = await collectPages(fetch, 10, idOf, { parallel: 1, notice });
    expect(new Set(read.map(idOf)).size).toBe(read.length);
    for (const { id } of list(40)) expect(read.map(idOf)).toContain(id);
    expect(repeated).toBeGreaterThan(0);
    expect(notice.mock.calls.flat()).toEqual([
      expect.stringMatching(/^The list changed while it was read: \d records came twice/),
      // It changed during the second reading as well.
      'The list kept changing while it was read 2 times, so single records may be missing. Run again at a quieter time.',
    ]);
  });

  test('property: every list, page size, limit and width gives the first rows of the list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(80), fc.integer({ min: 1, max: 20 }), fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }), fc.integer({ min: 1, max: 8 }), fc.boolean(), async (count, size, limit, parallel, total) => {
        const server = pageServer(list(count), size, { total });
        const { rows } = await collectPages(server.fetch, size, idOf, { limit, parallel });
        expect(rows).toEqual(list(count).slice(0, limit));
        expect(server.most).toBeLessThanOrEqual(parallel);
      }),
      { numRuns: 300 },
    );
  });
});

/** A list that changes while it is read: rows are made, leave it, come back, and move to the top. */
class ChangingList {
  private rows: Array<{ id: number; made: number; active: number }> = [];
  private clock = 0;
  /** Rows that were there all the time. */
  readonly stayed: Set<number>;
  requests = 0;

  /** @param alike rows of the same moment; below 0 by creation, too */
  constructor(count: number, alike: number, private readonly random: () => number, private readonly change: (list: ChangingList) => void) {
    for (let id = 1; id <= count; id += 1) this.rows.push({ id, made: alike < 0 ? Math.floor(id / -alike) : id, active: Math.floor(id / Math.abs(alike)) });
    this.clock = count + 1;
    this.stayed = new Set(this.rows.map(({ id }) => id));
  }

  create = () => this.rows.push({ id: (this.clock += 1), made: this.clock, active: this.clock });
  move = () => {
    const row = this.pick();
    if (row) row.active = this.clock += 1;
  };
  remove = () => {
    const row = this.pick();
    if (!row) return;
    this.stayed.delete(row.id);
    this.rows.splice(this.rows.indexOf(row), 1);
  };

  private pick = () => this.rows[Math.floor(this.random() * this.rows.length)];

  /** Rows of equal rank fall differently on each page, as without a second key. */
  order(by: 'active' | 'made', direction: 1 | -1, size: number, counted: boolean): (page: number) => Promise<{ rows: Row[]; total?: number }> {
    return async (page) => {
      this.requests += 1;
      for (let turns = Math.floor(this.random() * 3); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
      const mixed = this.rows.map((row) => ({ row, lot: (row.id * 7919 * (page + 1)) % 101 }));
      mixed.sort((one, other) => (one.row[by] - other.row[by]) * direction || one.lot - other.lot || one.row.id - other.row.id);
      const answer = { rows: mixed.slice((page - 1) * size, page * size).map(({ row }) => ({ id: row.id })), ...(counted ? { total: this.rows.length } : {}) };
      this.change(this);
      return answer;
    };
  }
}

/** Numbers from 0 to 1 that a seed repeats. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe('a list that changes while it is read', () => {
  const read = async (list: ChangingList, { counted = true, parallel = 4, size = 7 } = {}) => {
    const notices: string[] = [];
    const { rows } = await collectPages(
      { fetchPage: list.order('active', -1, size, counted), newsFirst: !counted },
      size,
      idOf,
      { parallel, notice: (text) => notices.push(text) },
      { orders: [{ fetchPage: list.order('made', -1, size, counted), grows: 'start' }, { fetchPage: list.order('made', 1, size, counted), grows: 'end' }] },
    );
    const ids = rows.map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    return { lost: [...list.stayed].filter((id) => !ids.includes(id)).length, told: notices.some((text) => /missing/.test(text)), notices };
  };

  test('rows of equal rank are all there, in two readings at most', async () => {
    const list = new ChangingList(300, 1, () => 0.5, () => {});
    const alike = new ChangingList(300, 3, () => 0.5, () => {});
    expect(await read(alike)).toEqual({ lost: 0, told: false, notices: [expect.stringContaining('came twice')] });
    expect(alike.requests).toBe(2 * Math.ceil(300 / 7));
    expect(await read(list)).toEqual({ lost: 0, told: false, notices: [] });
    expect(list.requests).toBe(Math.ceil(300 / 7));
  });

  test('a count that the pages never reach is told', async () => {
    const page = async (number: number) => ({ rows: number === 1 ? list(10) : number === 2 ? list(14).slice(10) : [], total: 15 });
    const notices: string[] = [];
    const { rows } = await collectPages(page, 10, idOf, { parallel: 1, notice: (text) => notices.push(text) });
    expect(rows).toHaveLength(14);
    expect(notices).toEqual(['The service counts 15 records in this list, but its pages held 14, in 2 readings; the others are missing here.']);
  });

  test('a list cut by a limit says so when it shrank', async () => {
    const notices: string[] = [];
    await collectPages(async (page) => ({ rows: list(60).slice((page - 1) * 10, page * 10), total: 60 - page }), 10, idOf, { limit: 25, parallel: 1, notice: (text) => notices.push(text) });
    expect(notices).toEqual([expect.stringContaining('became shorter while it was read, so single records may be missing')]);
  });

  test.each(['create', 'move', 'remove'] as const)('property: with one kind of change (%s) nobody who stayed is lost without a word', async (kind) => {
    let silent = 0;
    let told = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed * 31 + kind.length);
      const often = random();
      const changing = new ChangingList(20 + Math.floor(random() * 150), 1 + Math.floor(random() * 3), random, (it) => {
        if (random() < often * 0.4) it[kind]();
      });
      const result = await read(changing, { parallel: 1 + Math.floor(random() * 6), counted: kind !== 'remove' ? random() < 0.8 : true });
      if (result.told) told += 1;
      else if (result.lost > 0) silent += 1;
    }
    expect(silent).toBe(0);
    // Not by always saying that something may be missing.
    expect(told).toBeLessThan(200);
  });

  test('property: nor when no order tells the rows of an import apart', async () => {
    let silent = 0;
    let told = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed * 17);
      const changing = new ChangingList(20 + Math.floor(random() * 150), -1 - Math.floor(random() * 9), random, (it) => {
        if (random() < 0.05) it[(['create', 'move', 'remove'] as const)[Math.floor(random() * 3)]!]();
      });
      const result = await read(changing, { parallel: 1 + Math.floor(random() * 6) });
      if (result.told) told += 1;
      else if (result.lost > 0) silent += 1;
    }
    expect(silent).toBe(0);
    expect(told).toBeGreaterThan(50);
  });

  test('property: nor with all kinds at once', async () => {
    let silent = 0;
    for (let seed = 1; seed <= 600; seed += 1) {
      const random = seeded(seed);
      const changing = new ChangingList(20 + Math.floor(random() * 150), 1, random, (it) => {
        if (random() < 0.2) it[(['create', 'move', 'remove'] as const)[Math.floor(random() * 3)]!]();
      });
      const { lost, told } = await read(changing, { parallel: 1 + Math.floor(random() * 6) });
      if (!told && lost > 0) silent += 1;
    }
    // What cannot be seen: one leaves and an old one comes back between two requests.
    expect(silent).toBe(0);
  });
});

test('collectOffsets asks for no more than the limit', async () => {
  const asked: Array<[number, number]> = [];
  const { rows } = await collectOffsets(async (offset, count) => {
    asked.push([offset, count]);
    return { rows: list(1000).slice(offset, offset + count), total: 1000 };
  }, 500, idOf, { limit: 30, parallel: 5 });
  expect(rows).toEqual(list(30));
  expect(asked).toEqual([[0, 30]]);
});

describe('collectCursor', () => {
  const cursorServer = (rows: Row[], size: number) => {
    const cursors: Array<string | undefined> = [];
    return {
      cursors,
      async fetch(cursor: string | undefined) {
        cursors.push(cursor);
        const from = Number(cursor ?? 0);
        return { rows: rows.slice(from, from + size), next: from + size < rows.length ? String(from + size) : null };
      },
    };
  };

  test('property: reads the first rows of any list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(80), fc.integer({ min: 1, max: 20 }), fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }), async (count, size, limit) => {
        const server = cursorServer(list(count), size);
        const { rows } = await collectCursor(server.fetch, idOf, { limit, parallel: 1 });
        expect(rows).toEqual(list(count).slice(0, limit));
        expect(server.cursors).toHaveLength(Math.max(1, Math.ceil(Math.min(count, limit ?? count) / size)));
      }),
      { numRuns: 300 },
    );
  });

  test('a cursor that comes again ends it, unless enough was read', async () => {
    const fetch = async () => ({ rows: list(3), next: 'same' });
    await expect(collectCursor(fetch, idOf, { parallel: 1 })).rejects.toThrow('The list has no end: it goes on at a place where it has been before');
    expect((await collectCursor(fetch, idOf, { parallel: 1, limit: 2 })).rows).toEqual(list(2));
  });

  test('the same rows, or none, with new cursors for ever end it', async () => {
    let cursor = 0;
    for (const rows of [list(3), []]) {
      await expect(collectCursor(async () => ({ rows, next: String(cursor++) }), idOf, { parallel: 1 })).rejects.toThrow('10 pages after each other');
    }
  });

  test('a few empty pages with a next one are read over', async () => {
    const pages = [list(3), [], [], [{ id: 9 }]];
    const { rows } = await collectCursor(async (cursor) => ({ rows: pages[Number(cursor ?? 0)]!, next: Number(cursor ?? 0) < 3 ? String(Number(cursor ?? 0) + 1) : null }), idOf, { parallel: 1 });
    expect(rows.map(idOf)).toEqual([1, 2, 3, 9]);
  });

  test('the failure of a later page is reported', async () => {
    const fetch = async (cursor?: string) => {
      if (cursor) throw new Error('page 2 is broken');
      return { rows: list(3), next: 'b' };
    };
    await expect(collectCursor(fetch, idOf, { parallel: 1 })).rejects.toThrow('page 2 is broken');
  });

  test('cancelling ends it after the page under way', async () => {
    const stop = new AbortController();
    const server = cursorServer(list(100), 10);
    const fetch = async (cursor: string | undefined) => {
      if (cursor === '20') stop.abort();
      return await server.fetch(cursor);
    };
    await collectCursor(fetch, idOf, { parallel: 1, signal: stop.signal });
    expect(server.cursors.length).toBeLessThan(5);
  });
});
