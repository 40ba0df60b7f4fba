/** Levels that are looked at; what lies deeper is made text by nobody. */
const deepest = 200;

/**
 * Lets every object in a value be made text, though it may have a key `toString`: without this the attempt throws.
 *
 * @param value changed in place: it is as it was for all that lists keys, copies or writes JSON
 */
export function keepAsText(value: unknown, level = 0): void {
	if (value === null || typeof value !== 'object' || level > deepest) return;
	// Enumerable, so that copies have it too.
	if (Object.hasOwn(value, 'toString')) Object.defineProperty(value, Symbol.toPrimitive, { value: () => '[object Object]', enumerable: true, configurable: true });
	for (const part of Object.values(value)) keepAsText(part, level + 1);
}
