/** Steps of a person in the editor: what was counted, and what the same costs with n8n's HTTP Request node. */
import type { Effort } from './editor';

/** What a task takes; `total` is every click, drag, key and character. */
export interface Steps {
  clicks: number;
  drags: number;
  keys: number;
  characters: number;
  total: number;
  /** Typed texts that are, or hold, an ID of a record. */
  ids: string[];
  /** Typed texts that are JSON. */
  json: string[];
  /** Typed texts with an n8n expression. */
  expressions: string[];
}

/** One HTTP Request node. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With {{ … }} for values of earlier nodes. */
  url: string;
  /** JSON; with {{ … }} for values of earlier nodes. */
  body?: string;
  /** IDs in the URL or the body that the person has to look up in the vendor's settings. */
  ids?: readonly string[];
  /** Whether the step is tried out before going on. */
  run?: boolean;
}

const length = (text: string) => [...text].length;
const isExpression = (text: string) => text.includes('{{');

// Braces in an expression stand for values; what is left has to be JSON.
function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/"?\{\{.*?\}\}"?/g, '0'));
    return typeof value === 'object' && value !== null;
  } catch {
    return /^\s*[{[].*:.*[\]}]\s*$/s.test(text);
  }
}

/** Looks like the ID of a record: a number of its own, or a long mix of digits and letters. */
const isId = (text: string) => /^\d+$/.test(text) || /\b(?=[a-f\d-]*\d)[a-f\d]{8}[a-f\d-]{8,}\b/i.test(text);

const withTotal = (steps: Omit<Steps, 'total'>): Steps => ({ ...steps, total: steps.clicks + steps.drags + steps.keys + steps.characters });

/** A count as it stands now, sorted out. */
export function noted({ clicks, drags, keys, characters, typed }: Effort): Steps {
  return withTotal({ clicks, drags, keys, characters, ids: typed.filter(isId), json: typed.filter(isJson), expressions: typed.filter(isExpression) });
}

/** A node without clicks as yet: its search text and what is typed into it. */
export function plainNode(...typed: string[]): Steps {
  return withTotal({ clicks: 0, drags: 0, keys: 0, characters: typed.reduce((sum, text) => sum + length(text), 0), ids: [], json: [], expressions: [] });
}

/** All steps together. */
export function combine(...parts: Steps[]): Steps {
  const sum = (key: 'clicks' | 'drags' | 'keys' | 'characters') => parts.reduce((total, part) => total + part[key], 0);
  return withTotal({
    clicks: sum('clicks'), drags: sum('drags'), keys: sum('keys'), characters: sum('characters'),
    ids: parts.flatMap(({ ids }) => ids), json: parts.flatMap(({ json }) => json), expressions: parts.flatMap(({ expressions }) => expressions),
  });
}

/**
 * The steps of one HTTP Request node as `Editor.addHttpRequest` does them: the node from the panel; its method; the
 * URL; the kind of credential and the credential; the body as JSON; a click to try it, and one to close it.
 */
export function httpNode({ method, url, body, ids = [], run = false }: HttpRequest): Steps {
  const text = (value: string) => (isExpression(value) ? { clicks: 3, keys: 1 } : { clicks: 1, keys: 1 });
  const parts = [
    { clicks: 2, keys: 0 },
    method === 'GET' ? { clicks: 0, keys: 0 } : { clicks: 2, keys: 0 },
    text(url),
    { clicks: 6, keys: 0 },
    ...(body === undefined ? [] : [{ clicks: 3, keys: 0 }, text(body)]),
    { clicks: run ? 2 : 1, keys: 0 },
  ];
  const typed = body === undefined ? [url] : [url, body];
  return withTotal({
    clicks: parts.reduce((sum, { clicks }) => sum + clicks, 0),
    drags: 0,
    keys: parts.reduce((sum, { keys }) => sum + keys, 0),
    characters: length('http') + typed.reduce((sum, value) => sum + length(value), 0),
    ids: [...ids],
    json: body === undefined ? [] : [body],
    expressions: typed.filter(isExpression),
  });
}
