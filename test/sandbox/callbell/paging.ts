import { refuse } from './errors';

/** Rows on a page; stated for contacts (500 pages are 10,000), assumed elsewhere. */
export const PAGE_SIZE = 20;
/** Page numbers of contacts stop here. */
export const LAST_PAGE = 500;

export function page<Row>(rows: Row[], number: number | undefined, size = PAGE_SIZE): { rows: Row[]; meta: { page: number; pages: number } } {
  const current = number ?? 1;
  return { rows: rows.slice((current - 1) * size, current * size), meta: { page: current, pages: Math.max(1, Math.ceil(rows.length / size)) } };
}

interface Cursor {
  /** Activity time and id of the last row that was given. */
  at: number;
  id: string;
  /** When the walk began: later rows are left out. */
  began: number;
}

/**
 * Contacts and messages: by page up to 500, or by cursor, whose answers have neither page nor pages.
 * @param rows newest first
 */
export function pageOrCursor<Row>(
  rows: Row[],
  query: { page?: number; after?: string },
  keys: { at(row: Row): number; id(row: Row): string; createdAt(row: Row): number },
  now: number,
): { rows: Row[]; meta: { page?: number; pages?: number; next: string | null } } {
  const cursorAfter = (given: Row[], began: number, more: boolean): string | null => {
    const last = given.at(-1);
    return last && more ? encode({ at: keys.at(last), id: keys.id(last), began }) : null;
  };
  if (query.after !== undefined) {
    const cursor = decode(query.after);
    const left = rows.filter((row) => keys.createdAt(row) <= cursor.began && (keys.at(row) < cursor.at || (keys.at(row) === cursor.at && keys.id(row) < cursor.id)));
    const given = left.slice(0, PAGE_SIZE);
    return { rows: given, meta: { next: cursorAfter(given, cursor.began, left.length > PAGE_SIZE) } };
  }
  if ((query.page ?? 1) > LAST_PAGE) refuse(400, 'Pagination limit exceeded');
  const { rows: given, meta } = page(rows, query.page);
  return { rows: given, meta: { ...meta, next: cursorAfter(given, now, meta.page < meta.pages) } };
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decode(text: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Cursor;
    if (typeof cursor.at === 'number' && typeof cursor.id === 'string' && typeof cursor.began === 'number') return cursor;
  } catch {
    // Refused below like any other altered cursor.
  }
  return refuse(400, 'Invalid pagination cursor');
}
