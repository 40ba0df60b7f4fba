import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';

import { Item } from './item';
import { leftOutOf } from './leftOut';
import type { HttpClient, Vendor } from '../http/httpClient';
import { UnusablePathPart } from '../http/path';
import { now } from '../http/pause';
import { asPlainText } from '../values/html';
import type { Operation, OperationAnswer, Resource } from './operation';
import { findOperation } from './operation';
import type { CallSettings } from './callOptions';
import { readCallSettings } from './callOptions';
import type { OutputChoice } from './output';
import { forModelIn, present } from './output';
import { recordsOf } from '../values/read';

/** What a vendor's node hands to the runner. */
export interface VendorNode<Client extends { http: HttpClient }> {
	vendor: Vendor;
	resources: Array<Resource<Client>>;
	connect(context: IExecuteFunctions, settings: CallSettings): Promise<Client>;
}

/**
 * Carries out the chosen operation for every input item: several at a time, output in input order,
 * each output linked to its input item.
 *
 * With "stop on error" the fields of all items are checked before the first request. With
 * "continue" each item that fails becomes an item with `error`, which n8n routes.
 */
export async function runItems<Client extends { http: HttpClient }>(
	context: IExecuteFunctions,
	{ vendor, resources, connect }: VendorNode<Client>,
): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	if (count === 0) return [[]];
	const operation = chosenOperation(context, resources);
	const settings = readCallSettings(context, vendor);
	const started = now();
	const client = await connect(context, settings);
	const run = new Run(context, operation, client, count, settings.outputChoice);

	if (!context.continueOnFail() || operation.begin) await run.readAll();
	try {
		await run.begin();
		await run.runAll();
	} finally {
		await run.end();
	}
	if (run.stopped) throw run.stopped;

	// The editor shows hints as HTML, and names of records stand in them.
	for (const message of client.http.notices) context.addExecutionHints({ message: asPlainText(message), location: 'outputPane' });
	const output = run.output();
	if (settings.addSummary) output.push(run.summary(now() - started));
	return [output];
}

function chosenOperation<Client>(context: IExecuteFunctions, resources: Array<Resource<Client>>): Operation<Client> {
	const resource = String(context.getNodeParameter('resource', 0));
	const value = String(context.getNodeParameter('operation', 0));
	const operation = findOperation(resources, resource, value);
	if (!operation) {
		throw new NodeOperationError(context.getNode(), `This node has no operation '${value}' for '${resource}'`, {
			description: 'Pick a Resource and an Operation from the lists. The workflow may have been made with a newer version of the package.',
		});
	}
	return operation;
}

/** Time after which reading many items lets n8n do something else. */
const breatheAfter = 50;

class Run<Client extends { http: HttpClient }> {
	/** Set when the run ends with an error instead of items. */
	stopped?: NodeApiError | NodeOperationError;
	private readonly inputs: unknown[] = [];
	private readonly results: Array<INodeExecutionData[] | undefined>;
	/** Where the last item with a key is done, whether well or not. */
	private readonly busy = new Map<string, Promise<void>>();
	/** Where the keys of all items so far are known. */
	private queued: Promise<void> = Promise.resolve();
	private next = 0;
	private done = 0;
	private failed = 0;
	private stoppedAt = Infinity;
	private state: unknown;
	private begun = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation<Client>,
		private readonly client: Client,
		private readonly count: number,
		private readonly choice: OutputChoice,
	) {
		this.results = new Array<INodeExecutionData[] | undefined>(count);
	}

	/** Reads the fields of all items before anything is sent. With "continue", those that cannot be read have failed. */
	async readAll(): Promise<void> {
		let breath = now();
		for (let index = 0; index < this.count; index += 1) {
			if (now() - breath > breatheAfter) {
				await sleep(0);
				breath = now();
			}
			try {
				this.inputs[index] = this.operation.read(this.item(index));
			} catch (error) {
				if (!this.context.continueOnFail()) throw error instanceof NodeOperationError ? withAdviceForModel(error, this.context.getNode()) : error;
				this.note(index, error);
				this.done += 1;
			}
		}
	}

	/** Lets the operation look at all items that could be read. */
	async begin(): Promise<void> {
		if (!this.operation.begin) return;
		const items = [...this.inputs.entries()]
			.filter(([index]) => Object.hasOwn(this.inputs, index))
			.map(([index, input]) => ({ index, input, item: this.item(index) }));
		if (items.length === 0) return;
		try {
			this.state = await this.operation.begin(this.client, items);
			this.begun = true;
		} catch (error) {
			if (!this.context.continueOnFail()) throw this.readable(error);
			for (const { index } of items) {
				this.note(index, error);
				this.done += 1;
			}
		}
	}

	/** Lets the operation finish what it began. What went wrong before is told rather than what goes wrong now. */
	async end(): Promise<void> {
		if (!this.begun || !this.operation.end) return;
		try {
			const later = await this.operation.end(this.state, this.client);
			for (const [index, answer] of later ?? []) this.results[index] = this.toItems(answer, index);
		} catch (error) {
			if (this.stopped || this.client.http.signal?.aborted) return;
			const readable = this.readable(error);
			if (this.context.continueOnFail()) this.client.http.notices.add([readable.message, readable.description].filter(Boolean).join('. '));
			else this.stopped = readable;
		}
	}

	/** Carries out all items, as many at a time as the client takes at the moment. */
	async runAll(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			let working = 0;
			const fill = () => {
				while (working < this.client.http.itemsAtOnce && this.next < this.count && !this.over) {
					const index = this.next;
					this.next += 1;
					// What could not be read, or begun, has failed already.
					if (this.results[index]) continue;
					working += 1;
					this.runInTurn(index).then(() => {
						working -= 1;
						fill();
					}, reject);
				}
				if (working === 0) resolve();
			};
			fill();
		});
	}

	/** Whether no item starts any more. */
	private get over(): boolean {
		return this.stopped !== undefined || this.client.http.signal?.aborted === true;
	}

	/** Runs an item after those before it that touch the same thing. */
	private async runInTurn(index: number): Promise<void> {
		const item = this.item(index);
		const before = this.queued;
		let turn: Promise<void> | undefined;
		const queue = async () => {
			const input = Object.hasOwn(this.inputs, index) ? this.inputs[index] : this.operation.read(item);
			delete this.inputs[index];
			const keys = await this.operation.orderingKey?.(input, this.client);
			// Keys may have to be asked for; the items line up in their order all the same.
			await before;
			turn = this.lineUp([keys ?? []].flat(), async () => await this.settle(index, async () => await this.runItem(item, input)));
		};
		const queued = this.settle(index, queue);
		this.queued = queued;
		await queued;
		await turn;
		this.done += 1;
		this.logProgress();
	}

	/** Starts when all that hold one of the keys are done. */
	private async lineUp(keys: string[], start: () => Promise<void>): Promise<void> {
		const before = keys.map((key) => this.busy.get(key));
		const turn = Promise.all(before).then(start);
		for (const key of keys) this.busy.set(key, turn);
		await turn;
		for (const key of keys) if (this.busy.get(key) === turn) this.busy.delete(key);
	}

	/** Does something for an item; what it throws is noted at once, before anybody who waits for it goes on. */
	private async settle(index: number, doing: () => Promise<void>): Promise<void> {
		if (this.over) return;
		try {
			await doing();
		} catch (error) {
			this.note(index, error);
		}
	}

	private async runItem(item: Item, input: unknown): Promise<void> {
		const answer = await this.operation.run(input, this.client, { itemIndex: item.index, item, state: this.state });
		this.results[item.index] = this.toItems(answer, item.index);
	}

	private item(index: number): Item {
		return new Item(this.context, index, this.operation.properties, this.client.http);
	}

	private toItems(answer: OperationAnswer, index: number): INodeExecutionData[] {
		const { output, forModel } = this.operation;
		const asTool = isTool(this.context.getNode());
		const isList = Array.isArray(answer);
		// Vendors put null and other things where records belong.
		const records = (Array.isArray(answer) ? answer : [answer]).filter((record) => record !== null && typeof record === 'object');
		return records.map((record) => {
			const { json, ...rest } = isExecutionData(record) ? record : { json: record };
			const left = leftOutOf({ context: this.context, index });
			const chosen = present(json, output, this.choice, this.client);
			const presented = !asTool ? chosen : forModel ? forModel(json, this.client) : isList ? forModelIn(this.choice.mode, chosen) : chosen;
			const before = recordsOf(presented.leftOut);
			const shown = left ? { ...presented, leftOut: [...before, ...(left as unknown as IDataObject[])] } : presented;
			return { ...rest, json: withoutErrorKey(shown), pairedItem: { item: index } };
		});
	}

	private note(index: number, thrown: unknown): void {
		if (this.client.http.signal?.aborted) return;
		const error = this.readable(thrown, index);
		this.failed += 1;
		if (this.context.continueOnFail()) {
			// No `error` beside `json`: n8n would drop the input's fields from its error output.
			const text = [error.message, error.description].filter(Boolean).join('. ');
			this.results[index] = [{ json: { error: text }, pairedItem: { item: index } }];
		} else if (index < this.stoppedAt) {
			this.stopped = error;
			this.stoppedAt = index;
		}
	}

	/**
	 * An error of its own for each item: the same one may be thrown for many, when they share a look-up.
	 *
	 * @param index position of the item; left out for what concerns the whole run
	 */
	private readable(thrown: unknown, index?: number): NodeApiError | NodeOperationError {
		const node = this.context.getNode();
		const { message, description, httpCode } = this.textsOf(thrown);
		const mark = index === undefined ? '' : `[item ${index}]`;
		const others = this.done - this.failed;
		const texts = {
			message: message.endsWith(mark) ? message : `${message} ${mark}`,
			description: [
				description,
				!this.context.continueOnFail() && others > 0
					? `${others} ${others === 1 ? 'item was' : 'items were'} already done. To keep going past items that fail, set On Error under Settings.`
					: undefined,
			].filter(Boolean).join(' ') || undefined,
		};
		const error = thrown instanceof NodeApiError
			? new NodeApiError(node, { ...texts } as never, { ...texts, httpCode: httpCode ?? undefined, itemIndex: index })
			: new NodeOperationError(node, texts.message, { description: texts.description, itemIndex: index });
		return withAdviceForModel(error, node);
	}

	private textsOf(thrown: unknown): { message: string; description?: string | null; httpCode?: string | null } {
		if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
			const { message, description } = thrown;
			return { message, description, httpCode: thrown instanceof NodeApiError ? thrown.httpCode : undefined };
		}
		if (thrown instanceof UnusablePathPart) return { message: thrown.message, description: thrown.description };
		// Only a mistake of ours gets here; its text may hold data, its name does not.
		return {
			message: `${this.client.http.vendor.name} answered in a form that this node does not know`,
			description: `Check the address in the credential; if it is right, please report this to the makers of the package (${thrown instanceof Error ? thrown.name : typeof thrown}).`,
		};
	}

	private logProgress(): void {
		if (this.count < 100) return;
		const tenth = Math.floor((this.done * 10) / this.count);
		if (tenth === Math.floor(((this.done - 1) * 10) / this.count)) return;
		this.context.logger.info(`${this.context.getNode().name}: ${this.done} of ${this.count} items done, ${this.failed} failed`);
	}

	output(): INodeExecutionData[] {
		return this.results.flatMap((items) => items ?? []);
	}

	/** One item with the counts of the run; linked to all input items. */
	summary(milliseconds: number): INodeExecutionData {
		const { requests, retried, throttled } = this.client.http.tally;
		return {
			json: {
				summary: true,
				items: this.count,
				done: this.done - this.failed,
				failed: this.failed,
				requests,
				retried,
				throttled,
				seconds: Math.round(milliseconds / 100) / 10,
			},
			pairedItem: { item: 0 },
		};
	}
}

/** Whether a model calls the node: n8n makes such a node type of its own. */
const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

/** Of a tool's error n8n gives the model the message alone, and that has to say how to do better. */
function withAdviceForModel<Thrown extends NodeApiError | NodeOperationError>(error: Thrown, node: INode): Thrown {
	if (isTool(node) && error.description && !error.message.includes(error.description)) {
		error.message = `${error.message}. ${error.description}`;
	}
	return error;
}

function isExecutionData(record: IDataObject | INodeExecutionData): record is INodeExecutionData {
	return 'json' in record && ('binary' in record || Object.keys(record).length === 1) && record.json !== null && typeof record.json === 'object';
}

// n8n takes a top-level "error" in a good item for a failure.
function withoutErrorKey(json: IDataObject): IDataObject {
	if (!Object.hasOwn(json, 'error')) return json;
	const { error, ...rest } = json;
	return error === null || error === undefined ? rest : { ...rest, errorDetails: error };
}

