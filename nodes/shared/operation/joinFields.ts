import type { INodeProperties } from 'n8n-workflow';

/** A field of one resource's operations, or of several resources'. */
export interface PlacedField {
	property: INodeProperties;
	resources: string[];
	/** The operations that show it. */
	users: string[];
}

/** Characters from which equal fields stand once even where their conditions differ: the list of countries has ten thousand. */
const veryLarge = 4000;

/** Fields that become one in the node's list, with what has to stand before and after it. */
interface Place {
	fields: PlacedField[];
	joined: PlacedField;
	size: number;
	before: Set<Place>;
	after: Set<Place>;
}

/**
 * The fields of all resources in one list, in which equal fields stand once wherever n8n can show them so: for some
 * resources and some operations, crosswise, so never where an operation without the field would show it. Each operation
 * keeps the order of its fields. Where two fields would need two orders, the larger one is joined.
 *
 * @param lists the fields of each resource, in order
 * @param operationsOf the operations of a resource
 */
export function joinFields(lists: PlacedField[][], operationsOf: (resource: string) => string[]): INodeProperties[] {
	const places = new Map<PlacedField, Place>();
	for (const list of lists) {
		for (const field of list) places.set(field, { fields: [field], joined: field, size: 0, before: new Set(), after: new Set() });
		for (const operation of operationsOf(list[0]?.resources[0] ?? '')) {
			let last: Place | undefined;
			for (const field of list) {
				if (!field.users.includes(operation)) continue;
				const place = places.get(field)!;
				if (last) {
					last.after.add(place);
					place.before.add(last);
				}
				last = place;
			}
		}
	}
	const equal = new Map<string, Place[]>();
	for (const [field, place] of places) {
		const { displayOptions, ...rest } = field.property;
		const withoutConditions = JSON.stringify(rest);
		place.size = withoutConditions.length;
		const text = displayOptions === undefined || place.size >= veryLarge ? withoutConditions : `${withoutConditions}${JSON.stringify(displayOptions)}`;
		equal.set(text, [...equal.get(text) ?? [], place]);
	}
	const gone = new Set<Place>();
	const groups = [...equal.values()].filter((group) => group.length > 1);
	for (const group of groups.sort((a, b) => b.length * b[0]!.size - a.length * a[0]!.size)) {
		const kept: Place[] = [];
		for (const place of group) {
			const one = kept.find((other) => (place.size >= veryLarge || fitTogether(other, place, operationsOf)) && !leadsTo(other, place) && !leadsTo(place, other));
			if (!one) {
				kept.push(place);
				continue;
			}
			joinPlaces(one, place);
			gone.add(place);
		}
	}
	return inOrder([...places.values()].filter((place) => !gone.has(place))).flatMap((place) => (place.size >= veryLarge ? shownByFlag(place.fields) : [shown(place.joined)]));
}

/** Whether the fields of two places can be one: every operation that would show it has it. */
function fitTogether(one: Place, other: Place, operationsOf: (resource: string) => string[]): boolean {
	const fields = [...one.fields, ...other.fields];
	const users = new Set(fields.flatMap((field) => field.users));
	return fields.every(({ resources }) => resources.every((resource) => operationsOf(resource).every((operation) =>
		!users.has(operation) || fields.some((field) => field.resources.includes(resource) && field.users.includes(operation)))));
}

/** Whether an operation shows the one before the other. */
function leadsTo(from: Place, to: Place): boolean {
	const seen = new Set<Place>([from]);
	for (const place of seen) {
		if (place.after.has(to)) return true;
		for (const next of place.after) seen.add(next);
	}
	return false;
}

function joinPlaces(into: Place, place: Place): void {
	const union = (a: string[], b: string[]) => [...new Set([...a, ...b])];
	into.fields.push(...place.fields);
	into.joined = { property: into.joined.property, resources: union(into.joined.resources, place.joined.resources), users: union(into.joined.users, place.joined.users) };
	for (const earlier of place.before) {
		earlier.after.delete(place);
		earlier.after.add(into);
		into.before.add(earlier);
	}
	for (const later of place.after) {
		later.before.delete(place);
		later.before.add(into);
		into.after.add(later);
	}
}

/** Each place after all that have to stand before it. */
function inOrder(places: Place[]): Place[] {
	const ordered = new Set<Place>();
	const add = (place: Place) => {
		if (ordered.has(place)) return;
		for (const earlier of place.before) add(earlier);
		ordered.add(place);
	};
	for (const place of places) add(place);
	return [...ordered];
}

const shown = ({ property, resources, users }: PlacedField): INodeProperties => ({
	...property,
	displayOptions: { ...property.displayOptions, show: { resource: resources, operation: users, ...property.displayOptions?.show } },
});

/**
 * One field under conditions that n8n cannot put together, as all of a field's conditions have to hold at once: hidden
 * fields of one name, one for each set of conditions, say whether it is shown. Their default is what counts; nothing is
 * stored. n8n leaves one of several fields of a name out where it is not shown, but not an only one.
 */
function shownByFlag(fields: PlacedField[]): INodeProperties[] {
	const [first, second] = fields;
	if (!first) return [];
	if (!second) return [shown(first)];
	const { name: own } = first.property;
	const name = `shows${own[0]!.toUpperCase()}${own.slice(1)}`;
	return [
		...fields.map((field): INodeProperties => ({ displayName: first.property.displayName, name, type: 'hidden', default: true, displayOptions: shown(field).displayOptions })),
		{ ...first.property, displayOptions: { show: { [name]: [true] } } },
	];
}
