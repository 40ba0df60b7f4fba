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
