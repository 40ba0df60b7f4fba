import { refuse } from './errors';

export const iso = (ms: number): string => new Date(ms).toISOString();

/** A date of a filter or body in milliseconds; the vendor does not state formats, so any that JavaScript reads. */
export function dateOf(value: unknown, name: string): number | undefined {
  if (value === undefined || value === '') return undefined;
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) refuse(400, [`${name} must be a valid ISO 8601 date string`]);
  return ms;
}
