import type { Limit, SandboxOptions, Vendor } from './types';

type LimitOption = NonNullable<SandboxOptions['limits']>[Vendor];

/** Fixed windows, as Rack::Attack (Chatwoot) counts: aligned to the clock, refused calls count too. */
export class RateLimits {
  private readonly limits: Limit[];
  private readonly counts = new Map<string, { window: number; used: number }>();

  constructor(option: LimitOption, published: Limit[]) {
    if (option === undefined) this.limits = [];
    else if (option === 'published') this.limits = published;
    else if (Array.isArray(option)) this.limits = option;
    else this.limits = [{ requests: option.perSecond, windowMs: 1000 }];
  }

  /** Counts the request. Milliseconds until the window ends when it is one too many, else undefined. */
  take(now: number, operationId: string | undefined, call: { params: Record<string, string>; token: string | undefined }): { waitMs: number; limit: Limit } | undefined {
    let refused: { waitMs: number; limit: Limit } | undefined;
    this.limits.forEach((limit, index) => {
      if (limit.operations && !(operationId && limit.operations.includes(operationId))) return;
      const key = `${index} ${limit.per?.(call) ?? ''}`;
      const window = Math.floor(now / limit.windowMs);
      const count = this.counts.get(key);
      const used = count?.window === window ? count.used + 1 : 1;
      this.counts.set(key, { window, used });
      if (used > limit.requests) refused ??= { waitMs: (window + 1) * limit.windowMs - now, limit };
    });
    return refused;
  }
}
