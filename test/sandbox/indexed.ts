/**
 * A Map that also finds its values by other keys, so that lists of thousands stay quick.
 * Values change through `change` only, or the indexes would not notice.
 */
export class IndexedMap<K, V extends object, I extends string> extends Map<K, V> {
  // Fields are assigned after Map's constructor, which therefore gets no entries.
  private readonly indexes: Map<I, { keyOf: (value: V) => string | undefined; ids: Map<string, Set<K>> }>;
  /** Goes up with every change; for caches of sorted lists. */
  version = 0;

  constructor(keys: Record<I, (value: V) => string | undefined | null>) {
    super();
    this.indexes = new Map((Object.entries(keys) as Array<[I, (value: V) => string | undefined | null]>).map(([name, keyOf]) => [name, { keyOf: (value: V) => keyOf(value) ?? undefined, ids: new Map() }]));
  }

  private index(id: K, value: V, put: boolean): void {
    this.version += 1;
    for (const { keyOf, ids } of this.indexes.values()) {
      const key = keyOf(value);
      if (key === undefined) continue;
      const set = ids.get(key) ?? new Set<K>();
      if (put) set.add(id);
      else set.delete(id);
      if (set.size > 0) ids.set(key, set);
      else ids.delete(key);
    }
  }

  override set(id: K, value: V): this {
    const before = this.get(id);
    if (before) this.index(id, before, false);
    super.set(id, value);
    this.index(id, value, true);
    return this;
  }

  override delete(id: K): boolean {
    const before = this.get(id);
    if (before) this.index(id, before, false);
    return super.delete(id);
  }

  override clear(): void {
    super.clear();
    this.version += 1;
    for (const { ids } of this.indexes.values()) ids.clear();
  }

  /** Values whose key in that index is this one, in the order they were added. */
  with(index: I, key: string): V[] {
    return [...(this.indexes.get(index)!.ids.get(key) ?? [])].map((id) => this.get(id)!);
  }

  /** Changes a value in place. */
  change(id: K, change: (value: V) => void): V {
    const value = this.get(id)!;
    this.index(id, value, false);
    change(value);
    this.index(id, value, true);
    return value;
  }
}
