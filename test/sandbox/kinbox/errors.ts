import { Refusal } from '../types';
import type { Answer } from '../types';

const NAMES: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable' };

/** `{statusCode, message, error}` of NestJS; inferred, the vendor documents no error body. */
export function error(status: number, message: string | string[]): Answer {
  return { status, body: { statusCode: status, message, error: NAMES[status] ?? 'Error' } };
}

export function refuse(status: number, message: string | string[]): never {
  throw new Refusal(error(status, message));
}
