import { Refusal } from '../types';
import type { Answer, Json } from '../types';

/** `error` is a text, or an object of messages by parameter; a few errors carry a stable `code`. */
export function error(status: number, what: string | Record<string, string[]>, code?: string): Answer {
  return { status, body: { error: what as Json, ...(code ? { code } : {}) } };
}

export function refuse(status: number, what: string | Record<string, string[]>, code?: string): never {
  throw new Refusal(error(status, what, code));
}

/** The 404 body is not documented; text assumed. */
export function notFound(what = 'not found'): never {
  refuse(404, what);
}
