import { createHmac, randomUUID } from 'node:crypto';
import { Refusal, type Call, type JsonObject } from '../types';
import type { ChatwootState } from './state';

/** A job waits for its turn in the queue. */
export const late = async ({ jobDelay }: Pick<ChatwootState, 'jobDelay'>): Promise<void> => {
  if (jobDelay > 0) await new Promise<void>((resolve) => { setTimeout(resolve, jobDelay); });
};

/** What a job tells of its record; a job whose record was deleted meanwhile is discarded. */
function unlessGone(payload: () => JsonObject): JsonObject | undefined {
  try {
    return payload();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * Payloads are made when the job runs: with a `jobDelay`, they tell of the records as they are then.
 * Posts an event to the account's webhooks that subscribe it: once, 5 s, no retry, signed as since 4.12
 * (`sha256=` + HMAC-SHA256 of `timestamp.body`). `inbox_id` of a webhook filters nothing, as in the real server.
 */
export function publish(call: Pick<Call<ChatwootState>, 'state' | 'deliver' | 'clock'>, accountId: number, event: string, payload: JsonObject | (() => JsonObject)): void {
  if (call.state.jobDelay > 0 && typeof payload === 'function') {
    void late(call.state).then(() => {
      const made = unlessGone(payload);
      if (made) publish(call, accountId, event, made);
    });
    return;
  }
  const made = typeof payload === 'function' ? payload() : payload;
  for (const webhook of call.state.webhooks.values()) {
    if (webhook.accountId !== accountId || !webhook.subscriptions.includes(event)) continue;
    const body = JSON.stringify({ ...made, event });
    const timestamp = String(Math.floor(call.clock.now() / 1000));
    void call.deliver({
      url: webhook.url, event, body, timeoutMs: 5000,
      headers: {
        'x-chatwoot-delivery': randomUUID(),
        // No secret, no signature: webhooks of servers before 4.12.
        ...(webhook.secret ? { 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', webhook.secret).update(`${timestamp}.${body}`).digest('hex')}` } : {}),
      },
    });
  }
}
