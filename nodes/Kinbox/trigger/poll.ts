import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { readOptOut } from '../../shared/message/optOut';
import { objectOrEmpty } from '../../shared/values/read';
import { simplifyMessage } from '../actions/message/message';
import { KinboxClient } from '../transport/client';
import { Changes } from './changes';
import type { EventFilters, Happening, PollingEvent, PollingEventName } from './events';
import { pollingEvents } from './events';
import { table } from '../../shared/values/table';

/** What the node remembers of one event between polls. */
interface Memory {
	/** When it was polled last, by Kinbox's clock; milliseconds since 1970. */
	since: number;
	/** Keys of what was seen, with the time it was seen first. */
	seen: Record<string, number>;
	/** What the event itself keeps. */
	notes?: IDataObject;
}

const minute = 60_000;
/** Records may become visible late, and clocks differ. */
const defaultLookBack = 15;
const samples = 3;

/**
 * Polls the chosen events. Each poll asks for everything since the last one and a while before; what was seen already
 * is left out, so late records and equal times are neither lost nor doubled. The first poll only remembers. Of an event whose
 * request fails nothing is remembered, so the next poll makes up for it; the other events go on. Times are Kinbox's own.
 */
export async function pollEvents(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const events = chosenEvents(context);
	const kinbox = await KinboxClient.connect(context);
	const filters = chosenFilters(context);
	const simple = context.getNodeParameter('simple', true) === true;
	const detects = context.getNodeParameter('detectOptOut', false) === true;
	const warn = (message: string) => context.logger.warn(`${context.getNode().name}: ${message}`);
	const show = (name: PollingEventName, record: IDataObject): INodeExecutionData => {
		try {
			const shown = simple ? (pollingEvents[name] as PollingEvent).simplify(record, kinbox) : record;
			return { json: { event: name, ...shown, ...(detects && name === 'messageReceived' ? { optOut: readOptOut(simplifyMessage(record).text) } : {}) } };
		} catch (error) {
			// A record that is not as Kinbox describes it must not stop the others.
			warn(`a record of ${name} could not be simplified (${error instanceof Error ? error.message : 'unknown'}); it is handed on as it is`);
			return { json: { event: name, ...record } };
		}
	};

	if (context.getMode() === 'manual') {
		const items: INodeExecutionData[] = [];
		for (const name of events) items.push(...(await sampleOf(name, kinbox, filters, warn)).map(({ record }) => show(name, record)));
		return items.length ? [items] : null;
	}

	const staticData = context.getWorkflowStaticData('node');
	const missed = { ...objectOrEmpty(staticData.missed) };
	const changes = new Changes(kinbox, missed, warn);
	const remembered = table<Memory>({});
	const items: INodeExecutionData[] = [];
	const faults: unknown[] = [];
	const began = Date.now();
	for (const name of events) {
		const memory = staticData[name] as unknown as Memory | undefined;
		const lookBack = Math.max(defaultLookBack, (pollingEvents[name] as PollingEvent).lookBack ?? 0) * minute;
		const notes = { ...memory?.notes };
		try {
			let from = (memory?.since ?? began + kinbox.clockDifference) - lookBack;
			let found = await (pollingEvents[name] as PollingEvent).find(kinbox, from, filters, changes, notes);
			// The first answer tells Kinbox's time. What is there before the first poll is not new.
			if (!memory && began + kinbox.clockDifference - lookBack < from - minute) {
				from = began + kinbox.clockDifference - lookBack;
				found = await (pollingEvents[name] as PollingEvent).find(kinbox, from, filters, changes, notes);
			}
			const now = began + kinbox.clockDifference;
			const held = name === 'messageReceived' ? stillWriting(found, gatherSeconds(context), now) : new Set<Happening>();
			const ready = found.filter((one) => !held.has(one));
			if (memory) items.push(...ready.filter(({ key }) => !Object.hasOwn(memory.seen, key)).map(({ record }) => show(name, record)));
			remembered[name] = { since: now, seen: remember(memory, memory ? ready : found, from, now), ...(Object.keys(notes).length ? { notes } : {}) };
		} catch (error) {
			faults.push(error);
			if (events.length > 1) warn(`${name} could not be polled (${error instanceof Error ? error.message : 'unknown'}); the next poll makes up for it`);
		}
	}
	if (faults.length === events.length) throw faults[0];
	for (const [name, memory] of Object.entries(remembered)) staticData[name] = memory as unknown as IDataObject;
	if (Object.keys(missed).length || staticData.missed !== undefined) staticData.missed = missed;
	return items.length ? [items] : null;
}

function gatherSeconds(context: IPollFunctions): number {
	const seconds = Number(context.getNodeParameter('gather', 0));
	return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 60) : 0;
}

/**
 * Messages of contacts who have written within the last seconds and may go on. They stay unseen, and with that in Kinbox's
 * keeping, until a later poll; at most five times as long.
 */
function stillWriting(found: Happening[], seconds: number, now: number): Set<Happening> {
	const held = new Set<Happening>();
	if (seconds === 0) return held;
	const timeOf = ({ record }: Happening) => Date.parse(String(record.createdAt));
	const byConversation = new Map<string, Happening[]>();
	for (const one of found) {
		const id = String(one.record.conversationId ?? one.record.customerPlatformId);
		byConversation.set(id, [...(byConversation.get(id) ?? []), one]);
	}
	for (const all of byConversation.values()) {
		const times = all.map(timeOf).sort((a, b) => a - b);
		const newest = times.at(-1) ?? 0;
		if (!(now - newest < seconds * 1000)) continue;
		// Those of the last stretch without a longer pause belong together.
		let first = newest;
		for (const time of [...times].reverse()) if (first - time <= seconds * 1000) first = time;
		if (now - first < seconds * 5000) for (const one of all) if (timeOf(one) >= first) held.add(one);
	}
	return held;
}

/** What is still in the window stays known, and what was seen since it began: it may come up again. */
function remember(memory: Memory | undefined, found: Happening[], from: number, now: number): Record<string, number> {
	const recent = Object.entries(memory?.seen ?? {}).filter(([, time]) => time >= from);
	return { ...Object.fromEntries(found.map(({ key }) => [key, memory?.seen[key] ?? now])), ...Object.fromEntries(recent) };
}

/** The last happenings, however long ago; longer and longer spans are looked at. */
async function sampleOf(name: PollingEventName, kinbox: KinboxClient, filters: EventFilters, warn: (message: string) => void): Promise<Happening[]> {
	for (const days of [1, 30, 365, 3650]) {
		const notes = {};
		const found = await (pollingEvents[name] as PollingEvent).find(kinbox, Date.now() - days * 24 * 60 * minute, { ...filters, limit: 20 }, new Changes(kinbox, {}, warn), notes);
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
