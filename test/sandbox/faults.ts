import type { Fault, Vendor } from './types';

export interface FaultTarget {
  vendor: Vendor;
  operationId: string | undefined;
  method: string;
  path: string;
}

/** The faults in force, oldest first. */
export class Faults {
  private list: Array<{ fault: Fault; left: number }> = [];

  inject(fault: Fault): void {
    this.list.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.list = [];
  }

  all(): Fault[] {
    return this.list.map(({ fault, left }) => ({ ...fault, ...(Number.isFinite(left) ? { times: left } : {}) }));
  }

  /** Faults that act on this request: those that let others act, then at most one other. Counts them as used. */
  take(target: FaultTarget): Fault[] {
    if (this.list.length === 0) return [];
    const taken: Fault[] = [];
    for (const entry of this.list) {
      if (entry.left <= 0 || !fits(entry.fault, target)) continue;
      if (entry.fault.probability !== undefined && Math.random() >= entry.fault.probability) continue;
      entry.left -= 1;
      taken.push(entry.fault);
      if (!letsOthersAct(entry.fault)) break;
    }
    this.list = this.list.filter((entry) => entry.left > 0);
    return taken;
  }
}

export const letsOthersAct = ({ kind }: Fault): boolean => kind === 'latency' || kind === 'ignore';

/** A body without the keys that a server takes no notice of. */
export function ignoring(value: unknown, keys: string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => ignoring(one, keys));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)).map(([key, one]) => [key, ignoring(one, keys)]));
}

function fits(fault: Fault, target: FaultTarget): boolean {
  if (fault.vendor && fault.vendor !== target.vendor) return false;
  if (fault.operationId && fault.operationId !== target.operationId) return false;
  if (fault.method && fault.method.toUpperCase() !== target.method) return false;
  if (typeof fault.path === 'string') return target.path.includes(fault.path);
  // A pattern with the g flag remembers where it was; start over each time.
  if (fault.path) return new RegExp(fault.path.source, fault.path.flags.replace('g', '')).test(target.path);
  return true;
}
