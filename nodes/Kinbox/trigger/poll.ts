import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { KinboxClient } from '../transport/client';
import type { EventFilters, Happening, PollingEvent, PollingEventName } from './events';
import { pollingEvents } from './events';

/** What the node remembers of one event between polls. */
interface Memory {
	/** When it was polled last, in milliseconds since 1970. */
	since: number;
	/** Keys of what was seen, with the time it was seen first. */
	seen: Record<string, number>;
}

const minute = 60_000;
/** Records may become visible late, and clocks differ. */
const defaultLookBack = 15;
const samples = 3;

/**
 * Polls the chosen events. Each poll asks for everything since the last one and a while before; what was seen already
 * is left out, so late records and equal times are neither lost nor doubled. The first poll only remembers. Nothing is
 * remembered when a request fails, so the next poll makes up for it.
 */
export async function pollEvents(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const events = chosenEvents(context);
	const kinbox = await KinboxClient.connect(context);
	const filters = chosenFilters(context);
	const simple = context.getNodeParameter('simple', true) === true;
	const show = (name: PollingEventName, record: IDataObject): INodeExecutionData => ({
		json: { event: name, ...(simple ? (pollingEvents[name] as PollingEvent).simplify(record, kinbox) : record) },
	});

	if (context.getMode() === 'manual') {
		const items: INodeExecutionData[] = [];
		for (const name of events) items.push(...(await sampleOf(name, kinbox, filters)).map(({ record }) => show(name, record)));
		return items.length ? [items] : null;
	}

	const staticData = context.getWorkflowStaticData('node');
	const remembered: Record<string, Memory> = {};
	const items: INodeExecutionData[] = [];
	const now = Date.now();
	for (const name of events) {
		const memory = staticData[name] as unknown as Memory | undefined;
		const from = (memory?.since ?? now) - Math.max(defaultLookBack, (pollingEvents[name] as PollingEvent).lookBack ?? 0) * minute;
		const found = await pollingEvents[name].find(kinbox, from, filters);
		if (memory) items.push(...found.filter(({ key }) => !(key in memory.seen)).map(({ record }) => show(name, record)));
		remembered[name] = { since: now, seen: remember(memory, found, from, now) };
	}
	for (const [name, memory] of Object.entries(remembered)) staticData[name] = memory as unknown as IDataObject;
	return items.length ? [items] : null;
}

/** What is still in the window stays known, and what was seen since it began: it may come up again. */
function remember(memory: Memory | undefined, found: Happening[], from: number, now: number): Record<string, number> {
	const recent = Object.entries(memory?.seen ?? {}).filter(([, time]) => time >= from);
	return { ...Object.fromEntries(found.map(({ key }) => [key, memory?.seen[key] ?? now])), ...Object.fromEntries(recent) };
}

/** The last happenings, however long ago; longer and longer spans are looked at. */
async function sampleOf(name: PollingEventName, kinbox: KinboxClient, filters: EventFilters): Promise<Happening[]> {
	for (const days of [1, 30, 365, 3650]) {
		const found = await pollingEvents[name].find(kinbox, Date.now() - days * 24 * 60 * minute, { ...filters, limit: 20 });
		if (found.length) return found.slice(-samples);
	}
	return [];
}

function chosenEvents(context: IPollFunctions): PollingEventName[] {
	const events = context.getNodeParameter('events') as string[];
	const unknown = events.find((name) => !Object.hasOwn(pollingEvents, name));
	if (unknown !== undefined || events.length === 0) {
		throw new NodeOperationError(context.getNode(), unknown === undefined ? "'Trigger On' is empty" : `'Trigger On' has an event that this node does not know: ${unknown}`, {
			description: "Choose at least one event under 'Trigger On'.",
		});
	}
	return events as PollingEventName[];
}

function chosenFilters(context: IPollFunctions): EventFilters {
	const filters = context.getNodeParameter('filters', {}) as Record<string, unknown>;
	const idIn = (value: unknown) => {
		const id: unknown = value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
		return id === undefined || id === null || id === '' ? undefined : String(id);
	};
	return { channelId: idIn(filters.channelId), pipelineId: idIn(filters.pipelineId) };
}
