/** ISO in UTC without milliseconds, as most of Callbell's answers. */
export function iso(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `2026-01-05 09:00:00 +0100`: funnels, custom statuses and the webhook. */
export function spaced(at: number): string {
  return `${new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} +0100`;
}
