import { createHmac } from 'node:crypto';
import type { Call, JsonObject } from '../types';
import type { KinboxState } from './state';

/**
 * Posts an event to the v3 subscriptions that name it. What Kinbox posts is not published: the record itself, inferred
 * from the one connector that listens. Nothing is signed, because nobody has told how.
 */
export function announce({ state, deliver }: Pick<Call<KinboxState>, 'state' | 'deliver'>, event: string, record: JsonObject): void {
  for (const { fields } of state.records.webhooks.values()) {
    if ((fields.events as string[]).includes(event)) void deliver({ url: String(fields.url), event, body: JSON.stringify(record) });
  }
}

/** `x-hub-signature` of the settings screen's webhooks and of custom channels: base64 HMAC-SHA256 of the body. */
export function signature(apiSecret: string, body: string): string {
  return createHmac('sha256', apiSecret).update(body).digest('base64');
}
