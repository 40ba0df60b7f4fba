/**
 * Compares rows by a value, as a service's own list has them: empty ones last, texts as people sort them, equal ones by
 * their number.
 *
 * @param valueOf number, text, or nothing
 */
export function comparing<Row extends { id?: unknown }>(valueOf: (row: Row) => unknown, descending: boolean): (one: Row, other: Row) => number {
	const sign = descending ? -1 : 1;
	return (one, other) => {
		const [left, right] = [valueOf(one), valueOf(other)].map((value) => (typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : undefined));
		const byId = (Number(one.id) - Number(other.id)) * sign || 0;
		if (left === right) return byId;
		if (left === undefined) return 1;
		if (right === undefined) return -1;
		const difference = typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
		return difference * sign || byId;
	};
}
