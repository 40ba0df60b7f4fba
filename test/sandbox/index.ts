import { callbell } from './callbell';
import type { CallbellState } from './callbell/state';
import { chatwoot } from './chatwoot';
import type { ChatwootState } from './chatwoot/state';
import { ControlListener } from './control';
import { Faults } from './faults';
import { kinbox } from './kinbox';
import type { KinboxState } from './kinbox/state';
import { VendorListener, type Book } from './listener';
import type { Clock, Delivery, DeliveryRequest, Fault, RecordedRequest, SandboxOptions, Vendor, VendorMetrics, Violation } from './types';

export { seedContacts } from './seed';
export * from './types';
export type { CallbellState, ChatwootState, KinboxState };

export interface Sandbox {
  kinbox: { url: string; tokens: { v3: string; api: string; apiWithoutSend: string; workspace: string }; state: KinboxState };
  chatwoot: { url: string; tokens: { administrator: string; agent: string; bot: string }; accountId: number; state: ChatwootState };
  /** `url` ends in /v1. */
  callbell: { url: string; token: string; state: CallbellState };
  control: { url: string };
  /** Every request since the start or the last reset, oldest first, in the order they were answered. */
  requests: RecordedRequest[];
  /** Must be empty at the end of a test that sends what the vendors know. */
  violations: Violation[];
  /** Webhooks sent. */
  deliveries: Delivery[];
  readonly metrics: Record<Vendor, VendorMetrics>;
  clock: Clock;
  inject(fault: Fault): void;
  faults(): Fault[];
  clearFaults(): void;
  /** Operations of the contracts that have no handler yet. */
  missingHandlers(): Record<Vendor, string[]>;
  /** Posts a webhook as the vendor does, for what happens in its dashboard; recorded in `deliveries`. Never rejects. */
  deliver(vendor: Vendor, delivery: DeliveryRequest): Promise<Delivery>;
  /** Waits for webhooks and the vendors' asynchronous jobs. */
  settled(): Promise<void>;
  /** Seed state again; requests, violations, deliveries, faults and metrics are emptied; the clock returns to now. */
  reset(): void;
  close(): Promise<void>;
}

class SandboxClock implements Clock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  advance(ms: number): void {
    this.ahead += ms;
  }

  reset(): void {
    this.ahead = 0;
  }
}

/** Starts three vendors and the control page on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new SandboxClock();
  const book: Book = { requests: [], violations: [], deliveries: [], faults: new Faults(), clock, options, pending: new Set() };
  const listeners = {
    kinbox: new VendorListener(kinbox, book),
    chatwoot: new VendorListener(chatwoot, book),
    callbell: new VendorListener(callbell, book),
  };
  const all = Object.values(listeners) as Array<VendorListener<any>>;
  const tokens = <T>(listener: VendorListener<any>): T => listener.definition.tokens(listener.state) as T;

  const sandbox: Sandbox = {
    kinbox: { get url() { return listeners.kinbox.url; }, tokens: tokens(listeners.kinbox), get state() { return listeners.kinbox.state; } },
    chatwoot: { get url() { return listeners.chatwoot.url; }, tokens: tokens(listeners.chatwoot), accountId: 1, get state() { return listeners.chatwoot.state; } },
    callbell: { get url() { return listeners.callbell.url; }, token: tokens<{ token: string }>(listeners.callbell).token, get state() { return listeners.callbell.state; } },
    control: { url: '' },
    requests: book.requests,
    violations: book.violations,
    deliveries: book.deliveries,
    get metrics() {
      return { kinbox: listeners.kinbox.metrics, chatwoot: listeners.chatwoot.metrics, callbell: listeners.callbell.metrics };
    },
    clock,
    inject: (fault) => book.faults.inject(fault),
    faults: () => book.faults.all(),
    clearFaults: () => book.faults.clear(),
    missingHandlers: () => ({ kinbox: listeners.kinbox.missingHandlers(), chatwoot: listeners.chatwoot.missingHandlers(), callbell: listeners.callbell.missingHandlers() }),
    deliver: (vendor, delivery) => listeners[vendor].deliver(delivery),
    settled: async () => {
      while (book.pending.size > 0) await Promise.all(book.pending);
    },
    reset: () => {
      clock.reset();
      book.requests.length = 0;
      book.violations.length = 0;
      book.deliveries.length = 0;
      book.faults.clear();
      for (const listener of all) listener.reset();
    },
    close: async () => {
      await Promise.all([...all.map((listener) => listener.close()), control.close()]);
    },
  };
  const control = new ControlListener(sandbox);
  try {
    await Promise.all([
      ...all.map((listener) => listener.listen(options.ports?.[listener.definition.vendor] ?? 0)),
      control.listen(options.ports?.control ?? 0),
    ]);
  } catch (error) {
    await sandbox.close().catch(() => undefined);
    throw error;
  }
  sandbox.control.url = control.url;
  return sandbox;
}
