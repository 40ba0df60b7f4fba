import { createHash } from 'node:crypto';

/** Ids in the vendors' shapes, the same at every start. */
export class Ids {
  private readonly last = new Map<string, number>();

  constructor(private readonly salt: string) {}

  /** Next number of a series; the first is `from`. */
  number(series: string, from = 1): number {
    const next = (this.last.get(series) ?? from - 1) + 1;
    this.last.set(series, next);
    return next;
  }

  private hash(series: string): string {
    return createHash('md5').update(`${this.salt} ${series} ${this.number(`${series}#`)}`).digest('hex');
  }

  /** 24 hex digits, as MongoDB makes. */
  objectId(series: string): string {
    return `66e2${this.hash(series).slice(0, 20)}`;
  }

  /** 32 hex digits. */
  hex32(series: string): string {
    return this.hash(series);
  }

  /** Dashed, version 4 in shape. */
  uuid(series: string): string {
    const hex = this.hash(series);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
