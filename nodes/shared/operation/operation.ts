import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Fields, Item } from './item';
import type { PlacedField } from './joinFields';
import { joinFields } from './joinFields';
import type { OutputShape } from './output';

/** What an operation may give back: one record, several, or items that carry binary data. */
export type OperationAnswer = IDataObject | IDataObject[] | INodeExecutionData[];

/** An item whose fields have been read. */
export interface ReadItem<Input> {
	/** Position of the item in the node's input, from 0. */
	index: number;
	input: Input;
	item: Item;
}

/** One key, several that hold at the same time (phone and e-mail of a contact), or none. */
export type OrderingKey = string | string[] | undefined;

/** What an operation knows better about some items after the last one is done, by position of the item. */
export type LaterAnswers = Map<number, OperationAnswer> | void;

/** What `run` is told besides its input. */
export interface RunDetails<State = undefined> {
	/** Position of the item in the node's input, from 0. */
	itemIndex: number;
	/** The item, for what can only be read while running: binary data. */
	item: Item;
	/** What `begin` gave; undefined for an operation without it. */
	state: State;
}

/**
 * One entry of a resource's Operation list: how it is shown, which fields it has, how the fields
 * of an item are read (`read`, no request), and how it is carried out (`run`, one item).
 */
export interface Operation<Client, Input = unknown, State = unknown> {
	option: {
		name: string;
		value: string;
		/** Sentence case, names the resource: "Create contact". */
		action: string;
		description: string;
	};
	/** The operation's fields; the frame narrows them to this resource and operation. */
	properties: INodeProperties[];
	/** When given, the frame adds the Output fields and applies the choice to each record. */
	output?: OutputShape<Client>;
	/** How an answer is given to a model, where that is not the answer of the node; for what has no `output`. */
	forModel?(answer: IDataObject, client: Client): IDataObject;
	/**
	 * Reads and checks the fields of one item. Runs before any request of that item, and in
	 * "stop on error" mode before any request of any item.
	 *
	 * @throws NodeOperationError that names the field and the item
	 */
	read(item: Item): Input;
	/**
	 * What an item touches: items that share a key run one after the other, in input order. The record of an item may
	 * have to be asked for, when it can be named in several ways.
	 */
	orderingKey?(input: Input, client: Client): OrderingKey | Promise<OrderingKey>;
	/** Of an operation that writes and has no ordering key: why its items may run in any order. */
	unordered?: string;
	/**
	 * Looks at all items of the run before the first of them is carried out: shared look-ups, batches, a campaign. Items
	 * whose fields could not be read are not among them.
	 *
	 * @returns what `run` and `end` get as state
	 * @throws what stops the whole run, or, with "continue", fails each item
	 */
	begin?(client: Client, items: Array<ReadItem<Input>>): Promise<State>;
	/** Carries out one item. */
	run(input: Input, client: Client, details: RunDetails<State>): Promise<OperationAnswer>;
	/**
	 * After the last item, also when the run stops with an error: gives back what `begin` took, and adds hints.
	 *
	 * @returns what takes the place of an item's answer, by position of the item: what was only found out afterwards
	 */
	end?(state: State, client: Client): LaterAnswers | Promise<LaterAnswers>;
}

/** The ID of the record that an item is about. */
export interface RecordInput {
	id: string;
}

/**
 * An operation on one record: the model adds the field that names it, reads its ID as `id`, and lets the items of one
 * record run in order.
 */
export type RecordOperation<Client, Input, State> = Omit<Operation<Client, Input & RecordInput, State>, 'properties' | 'read'> & {
	/** The field that names the record; made by `locator()`. It comes first, unless `properties` has it elsewhere. */
	record: INodeProperties;
	/** The other fields. */
	properties?: INodeProperties[];
	/** Reads the other fields. */
	read?(item: Item): Input;
};

/**
 * Keeps the types of what `read`, `begin` and `run` hand on, then forgets them for the lists.
 *
 * @example
 * export const get = operation<KinboxClient>({
 *   option: { name: 'Get', value: 'get', action: 'Get contact', description: 'Get one contact by its ID' },
 *   record: contactLocator,
 *   output: contactOutput,
 *   run: async ({ id }, kinbox) => await kinbox.get(path`/contacts/${id}`),
 * });
 */
export function operation<Client, Input = unknown, State = undefined>(definition: RecordOperation<Client, Input, State>): Operation<Client>;
export function operation<Client, Input, State = undefined>(definition: Operation<Client, Input, State>): Operation<Client>;
export function operation<Client, Input, State>(definition: Operation<Client, Input, State> | RecordOperation<Client, Input, State>): Operation<Client> {
	return withRecord(definition) as unknown as Operation<Client>;
}

/** Makes an operation on a record one like any other. */
export function withRecord<Client, Input, State>(definition: Operation<Client, Input, State> | RecordOperation<Client, Input, State>): Operation<Client, Input, State> {
	if (!('record' in definition)) return definition;
	const { record, properties = [], read, ...rest } = definition;
	const complete: Operation<Client, Input & RecordInput, State> = {
		orderingKey: ({ id }) => id,
		...rest,
		properties: properties.some(({ name }) => name === record.name) ? properties : [record, ...properties],
		read(item) {
			const id = item.recordId(record);
			return { ...(read?.(item) as Input), id };
		},
	};
	return complete as unknown as Operation<Client, Input, State>;
}

/** One entry of a node's Resource list. */
export interface Resource<Client> {
	option: INodePropertyOptions & { value: string };
	operations: Array<Operation<Client>>;
	/** The operation that is chosen when the resource is picked; the first by default. */
	defaultOperation?: string;
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en');

/** Finds the operation that a node's Resource and Operation fields name. */
export function findOperation<Client>(
	resources: Array<Resource<Client>>,
	resource: string,
	operationValue: string,
): Operation<Client> | undefined {
	return resources
		.find(({ option }) => option.value === resource)
		?.operations.find(({ option }) => option.value === operationValue);
}

/**
 * Builds a node's properties: Resource, one Operation list for each resource, the fields of each
 * operation (shown for that operation only; fields that several operations share by reference are
 * listed once), and the Output fields.
 */
export function resourceProperties<Client>(
	resources: Array<Resource<Client>>,
	defaultResource: string,
): INodeProperties[] {
	const properties: INodeProperties[] = [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ option }) => option).sort(byName),
			default: defaultResource,
			description: 'The kind of record to work with',
		},
	];
	for (const { option, operations, defaultOperation } of resources) {
		const options = operations.map((entry) => entry.option).sort(byName);
		const selector: INodeProperties = {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [option.value] } },
			options,
			default: '',
			description: 'What to do',
		};
		selector.default = defaultOperation ?? operations[0]?.option.value ?? '';
		properties.push(selector);
	}
	const operationsOf = (resource: string) => resources.find(({ option }) => option.value === resource)?.operations.map(({ option }) => option.value) ?? [];
	return [...properties, ...joinFields(resources.map(({ option, operations }) => operationFields(option.value, operations)), operationsOf)];
}

/**
 * The fields of all operations of a resource in one list that keeps the order of each operation.
 * A field that several operations share by reference stands once, unless their orders disagree.
 */
function operationFields<Client>(
	resource: string,
	operations: Array<Operation<Client>>,
): PlacedField[] {
	const merged: Array<{ property: INodeProperties; users: string[] }> = [];
	const merge = (properties: INodeProperties[], user: string) => {
		let cursor = 0;
		for (const property of properties) {
			const found = merged.findIndex((entry, index) => index >= cursor && entry.property === property);
			if (found < 0) merged.splice(cursor, 0, { property, users: [user] });
			else merged[found]?.users.push(user);
			cursor = (found < 0 ? cursor : found) + 1;
		}
	};
	for (const { option, properties } of operations) merge(properties, option.value);
	const fields = merged.splice(0);
	for (const { option, output } of operations) merge(output?.properties ?? [], option.value);
	return [...fields, ...merged].map(({ property, users }) => ({ property, users, resources: [resource] }));
}

export type { Fields, Item };
