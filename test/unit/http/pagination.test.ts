import fc from 'fast-check';

import { collectCursor, collectOffsets, collectPages } from '../../../nodes/shared/http/pagination';

interface Row {
  id: number;
}
const idOf = (row: Row) => row.id;
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

  test('a server that answers page 1 for ever does not hang it', async () => {
    const fetch = async () => ({ rows: list(15) });
    expect(await collectPages(fetch, 15, idOf, { parallel: 3 })).toEqual({ rows: list(15), repeated: 15 });
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
    expect(notice).toHaveBeenCalledTimes(1);
    expect(notice).toHaveBeenCalledWith(expect.stringMatching(/^The list changed while it was read: \d records came twice/));
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

  test('a cursor that comes again ends the list', async () => {
    const fetch = async () => ({ rows: list(3), next: 'same' });
    expect((await collectCursor(fetch, idOf, { parallel: 1 })).rows).toEqual(list(3));
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
