import { refuse } from './errors';

/** v3: `{totalCount, data}` by limit (default 20) and offset. */
export function offsetPage<T>(rows: T[], query: { limit?: number; offset?: number }, render: (row: T) => unknown): { totalCount: number; data: unknown[] } {
  const { limit = 20, offset = 0 } = query;
  return { totalCount: rows.length, data: rows.slice(offset, offset + limit).map(render) };
}

/** v3 lists without paging. */
export function wholeList<T>(rows: Iterable<T>, render: (row: T) => unknown): { totalCount: number; data: unknown[] } {
  const data = [...rows].map(render);
  return { totalCount: data.length, data };
}

/** v1: `{data, nextCursor}` by limit (default 10); the cursor is the id of the last row. */
export function cursorPage<T>(rows: T[], query: { limit?: number; cursor?: string }, idOf: (row: T) => string, render: (row: T) => unknown, usual = 10): { data: unknown[]; nextCursor: string | null } {
  const { limit = usual, cursor } = query;
  let start = 0;
  if (cursor !== undefined && cursor !== '') {
    start = rows.findIndex((row) => idOf(row) === cursor) + 1;
    if (start === 0) refuse(400, ['cursor is invalid']);
  }
  const page = rows.slice(start, start + limit);
  const last = page.at(-1);
  return { data: page.map(render), nextCursor: last !== undefined && start + limit < rows.length ? idOf(last) : null };
}
