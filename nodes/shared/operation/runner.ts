import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';

import { Item } from './item';
import type { HttpClient, Vendor } from '../http/httpClient';
import type { Operation, OperationAnswer, Resource } from './operation';
import { findOperation } from './operation';
import type { CallSettings } from './callOptions';
import { readCallSettings } from './callOptions';
import type { OutputChoice } from './output';
import { present } from './output';

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
	const started = Date.now();
	const client = await connect(context, settings);
	const run = new Run(context, operation, client, count, settings.outputChoice);

	if (!context.continueOnFail() || operation.begin) await run.readAll();
	try {
		await run.begin();
		await run.runAll(Math.min(settings.parallelRequests, count));
	} finally {
		await run.end();
	}
	if (run.stopped) throw run.stopped;

	for (const message of client.http.notices) context.addExecutionHints({ message, location: 'outputPane' });
	const output = run.output();
	if (settings.addSummary) output.push(run.summary(Date.now() - started));
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
	private readonly busy = new Map<string, Promise<void>>();
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
		let breath = Date.now();
		for (let index = 0; index < this.count; index += 1) {
			if (Date.now() - breath > breatheAfter) {
				await sleep(0);
				breath = Date.now();
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
			.filter(([index]) => index in this.inputs)
			.map(([index, input]) => ({ index, input, item: this.item(index) }));
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

	/** Lets the operation finish what it began. */
	async end(): Promise<void> {
		if (this.begun) await this.operation.end?.(this.state, this.client);
	}

	async runAll(parallel: number): Promise<void> {
		await Promise.all(Array.from({ length: parallel }, async () => await this.work()));
	}

	private async work(): Promise<void> {
		while (this.next < this.count && !this.stopped && !this.client.http.signal?.aborted) {
			const index = this.next;
			this.next += 1;
			// What could not be read, or begun, has failed already.
			if (this.results[index]) continue;
			try {
				await this.runInTurn(index);
			} catch (error) {
				this.note(index, error);
			}
			this.done += 1;
			this.logProgress();
		}
	}

	/** Runs an item after those before it that touch the same thing. */
	private async runInTurn(index: number): Promise<void> {
		const item = this.item(index);
		const input = index in this.inputs ? this.inputs[index] : this.operation.read(item);
		delete this.inputs[index];
		const key = this.operation.orderingKey?.(input);
		if (key === undefined) return await this.runItem(item, input);
		const turn = (this.busy.get(key) ?? Promise.resolve()).then(async () => await this.runItem(item, input));
		const settled = turn.catch(() => {});
		this.busy.set(key, settled);
		try {
			await turn;
		} finally {
			if (this.busy.get(key) === settled) this.busy.delete(key);
		}
	}

	private async runItem(item: Item, input: unknown): Promise<void> {
		if (this.stopped || this.client.http.signal?.aborted) return;
		const answer = await this.operation.run(input, this.client, { itemIndex: item.index, item, state: this.state });
		this.results[item.index] = this.toItems(answer, item.index);
	}

	private item(index: number): Item {
		return new Item(this.context, index, this.operation.properties);
	}

	private toItems(answer: OperationAnswer, index: number): INodeExecutionData[] {
		const { output } = this.operation;
		// Vendors put null and other things where records belong.
		const records = (Array.isArray(answer) ? answer : [answer]).filter((record) => record !== null && typeof record === 'object');
		return records.map((record) => {
			const { json, ...rest } = isExecutionData(record) ? record : { json: record };
			const shown = output ? present(json, output, this.choice, this.client) : json;
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

	/** @param index position of the item; left out for what concerns the whole run */
	private readable(thrown: unknown, index?: number): NodeApiError | NodeOperationError {
		const node = this.context.getNode();
		const error = thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			// Only a mistake of ours gets here; its text may hold data, its name does not.
			: new NodeOperationError(node, `${this.client.http.vendor.name} answered in a form that this node does not know`, {
				description: `Check the address in the credential; if it is right, please report this to the makers of the package (${thrown instanceof Error ? thrown.name : typeof thrown}).`,
			});
		if (index !== undefined) {
			error.context.itemIndex = index;
			if (!error.message.endsWith(`[item ${index}]`)) error.message = `${error.message} [item ${index}]`;
		}
		const others = this.done - this.failed;
		if (!this.context.continueOnFail() && others > 0) {
			error.description = [error.description, `${others} ${others === 1 ? 'item was' : 'items were'} already done. To keep going past items that fail, set On Error under Settings.`].filter(Boolean).join(' ');
		}
		return withAdviceForModel(error, node);
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

/** Of a tool's error n8n gives the model the message alone, and that has to say how to do better. */
function withAdviceForModel<Thrown extends NodeApiError | NodeOperationError>(error: Thrown, { type }: INode): Thrown {
	if (type.endsWith('Tool') && error.description && !error.message.includes(error.description)) {
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

