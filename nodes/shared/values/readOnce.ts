/** Where promises are kept: a Map, or a WeakMap for keys that are objects. */
interface Store<Key> {
	get(key: Key): Promise<unknown> | undefined;
	set(key: Key, value: Promise<unknown>): unknown;
	delete(key: Key): unknown;
}

/**
 * What is read once for a run, or for each client, and shared by all items that need it. What failed is forgotten, so
 * that the next item asks again.
 *
 * @example
 * private readonly once = new ReadOnce<string>();
 * fields = async () => await this.once.get('fields', async () => await this.account.get('/fields'));
 */
export class ReadOnce<Key> {
	constructor(private readonly store: Store<Key> = new Map<Key, Promise<unknown>>()) {}

	/**
	 * The value of a key. Who asks first goes on first, too: batches begin with the item at hand.
	 *
	 * @param read makes the value; under way once a key at a time
	 */
	async get<Value>(key: Key, read: () => Promise<Value>): Promise<Value> {
		const known = this.store.get(key) as Promise<Value> | undefined;
		const reading = known ?? read();
		if (!known) {
			this.store.set(key, reading);
			reading.catch(() => {
				if (this.store.get(key) === reading) this.store.delete(key);
			});
		}
		return await reading;
	}

	/** The value when somebody has asked for it; undefined otherwise. */
	async known<Value>(key: Key): Promise<Value | undefined> {
		return (await this.store.get(key)) as Value | undefined;
	}

	/** A newer value, known without reading. */
	set(key: Key, value: unknown): void {
		this.store.set(key, Promise.resolve(value));
	}
}
