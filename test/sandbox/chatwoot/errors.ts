import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../types';
import type { Answer } from '../types';

/** `{"error": text}`: hand-written checks. */
export function error(status: number, text: string): Answer {
  return { status, body: { error: text } };
}

export function refuse(status: number, text: string): never {
  throw new Refusal(error(status, text));
}

/** 404 of any `find` miss. */
export function notFound(): never {
  refuse(404, 'Resource could not be found');
}

const PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>Page not found</title>\n</head>\n<body>\n  <h1>404</h1>\n</body>\n</html>\n';

/** The framework's own answer where nothing is: JSON for who asks for JSON alone, else a page. */
export function nothingHere({ accept = '' }: IncomingHttpHeaders): Answer {
  const wantsJson = accept.includes('application/json') && !/,\s*\*\/\*|\*\/\*\s*,/.test(accept);
  return wantsJson ? { status: 404, text: '{"status":404,"error":"Not Found"}', contentType: 'application/json; charset=utf-8' } : { status: 404, text: PAGE, contentType: 'text/html' };
}

/** An address that this edition or version does not have, before anything else is looked at. */
export function noRoute(headers: IncomingHttpHeaders): never {
  throw new Refusal(nothingHere(headers));
}

/** 500 of Rails; nil records and bad enum values. */
export function crash(): never {
  throw new Refusal({ status: 500, body: { status: 500, error: 'Internal Server Error' } });
}

/** 422 of a model validation: full messages joined, attributes listed. */
export function invalid(errors: Array<[attribute: string, message: string]>): never {
  throw new Refusal({ status: 422, body: { message: errors.map(([, message]) => message).join(', '), attributes: errors.map(([attribute]) => attribute) } });
}

export function missing(key: string): never {
  refuse(422, `param is missing or the value is empty: ${key}`);
}
