import type { INodeProperties } from 'n8n-workflow';

/** A field of a resource's operations, in its place among the fields of that resource. */
export interface PlacedField {
	property: INodeProperties;
	resources: string[];
	/** The operations that show it. */
	users: string[];
}

/** A field that may stand in the place of several equal ones. */
interface Join {
	joined: PlacedField;
	of: PlacedField[];
	/** Characters of one of them. */
	size: number;
}

/** Characters of a field's description from which it may be joined. */
const large = 140;
/** Characters that joining a field has to save: each tried costs time while n8n loads the node. */
const worthwhile = 1000;
/** As the first, for a field that is shown only with some values of others; the list of countries has some ten thousand. */
const largeAndNarrow = 4000;

/**
 * The fields of all resources in one list, in which a large field stands once for as many resources as possible. n8n can
 * show a field for resources and operations only crosswise, so it is joined where no operation without it would show it.
 * The fields of each resource keep their order.
 *
 * @param lists the fields of each resource, in order
 * @param operationsOf the operations of a resource
 */
export function joinLargeFields(lists: PlacedField[][], operationsOf: (resource: string) => string[]): PlacedField[] {
	const groups = new Map<string, Join[]>();
	for (const field of lists.flat()) {
		const text = JSON.stringify(field.property);
		if (text.length < (field.property.displayOptions ? largeAndNarrow : large)) continue;
		const group = groups.get(text) ?? [];
		groups.set(text, group);
		const fitting = group.find(({ joined }) => fitTogether(joined, field, operationsOf));
		if (!fitting) {
			group.push({ joined: { property: field.property, resources: [...field.resources], users: [...field.users] }, of: [field], size: text.length });
			continue;
		}
		const { joined, of } = fitting;
		joined.resources.push(...field.resources);
		joined.users.push(...field.users.filter((user) => !joined.users.includes(user)));
		of.push(field);
	}
	const saved = ({ of, size }: Join) => (of.length - 1) * size;
	const joins = [...groups.values()].flat().filter((join) => saved(join) >= worthwhile).sort((a, b) => saved(b) - saved(a));
	let joinedAs: ReadonlyMap<PlacedField, PlacedField> = new Map();
	let fields = lists.flat();
	// Two joins may want two orders; the one that saves more gets it.
	for (const { joined, of } of joins) {
		const tried = new Map([...joinedAs, ...of.map((field) => [field, joined] as const)]);
		const ordered = inOrder(lists.map((list) => list.map((field) => tried.get(field) ?? field)));
		if (ordered) [joinedAs, fields] = [tried, ordered];
	}
	return fields;
}

/** Whether a field of two groups of resources can be one: every operation that would show it has it. */
function fitTogether(joined: PlacedField, field: PlacedField, operationsOf: (resource: string) => string[]): boolean {
	const shows = (resources: string[], users: string[], others: string[]) =>
		resources.every((resource) => operationsOf(resource).every((operation) => users.includes(operation) || !others.includes(operation)));
	return shows(joined.resources, joined.users, field.users) && shows(field.resources, field.users, joined.users);
}

/** One list that keeps the order of each of the lists; undefined when they contradict each other. */
function inOrder(lists: PlacedField[][]): PlacedField[] | undefined {
	const before = new Map<PlacedField, Set<PlacedField>>();
	for (const list of lists) {
		for (const [index, field] of list.entries()) {
			const earlier = before.get(field) ?? new Set();
			before.set(field, earlier);
			if (index > 0) earlier.add(list[index - 1]!);
		}
	}
	const done = new Set<PlacedField>();
	while (done.size < before.size) {
		const sizeBefore = done.size;
		for (const [field, earlier] of before) {
			if (!done.has(field) && [...earlier].every((one) => done.has(one))) done.add(field);
		}
		if (done.size === sizeBefore) return undefined;
	}
	return [...done];
}
