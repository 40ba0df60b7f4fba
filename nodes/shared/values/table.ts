/** A table that data is looked up in: a name such as `constructor` is no entry of it. */
export function table<Value>(entries: Record<string, Value>): Record<string, Value> {
	return Object.assign(Object.create(null) as Record<string, Value>, entries);
}
