import type { IDataObject, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { objectOrEmpty } from '../values/read';
import { pause } from '../http/pause';
import { nodeKey } from './webhook';

/** The field of the three triggers. */
export const gatherField: INodeProperties = {
	displayName: 'Gather Messages',
	name: 'gather',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 60 },
	default: 0,
	description: 'Seconds to wait for further messages of the same conversation. All that come meanwhile start one execution, in their order; the wait ends when nobody has written for so long, and after five times as long at the latest. 0 starts at once.',
};

/** The field's value in seconds; 0 for what is no number. */
export function readGather(context: IWebhookFunctions): number {
	const seconds = Number(context.getNodeParameter('gather', 0));
	return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 60) : 0;
}

/** A message that waits for others. */
export interface Gathered {
	/** By which the messages of a conversation are put in order. */
	order: number;
	/** The event as it came. */
	event: IDataObject;
}

interface Group {
	messages: Gathered[];
	firstAt: number;
	lastAt: number;
}

/** Groups under way, by node and conversation. */
const groups = new Map<string, Map<string, Group>>();

/** Milliseconds after the longest wait from which a stored group counts as left over by a process that has ended. */
const margin = 5000;

/** How many messages are stored at most; more are kept in memory only. */
const storedAtMost = 200;

/**
 * Holds a message until its conversation is quiet. The call that brought the first one waits and gets them all; the others
 * get undefined, and start nothing.
 *
 * n8n stores what a node remembers when a call has ended. So what waits is kept in memory, and stored as often as a
 * further message comes: when n8n stops meanwhile, what was stored starts the workflow together with the next message, and
 * what came since the last call is lost.
 */
export async function gather(context: IWebhookFunctions, conversation: string, message: Gathered, seconds: number): Promise<Gathered[] | undefined> {
	const node = nodeKey(context);
	const ofNode = groups.get(node) ?? new Map<string, Group>();
	groups.set(node, ofNode);
	const staticData = context.getWorkflowStaticData('node');
	const longest = seconds * 5000;
	const isOver = (one: Group) => !(Date.now() - Number(one.firstAt) < longest + margin);
	const stored = Object.entries(objectOrEmpty(staticData.gathering)).map(([key, value]) => ({ key, group: objectOrEmpty(value) as unknown as Group })).filter(({ group }) => Array.isArray(group.messages));
	const store = () => { staticData.gathering = storable(ofNode, stored.filter(({ key, group }) => !ofNode.has(key) && !isOver(group))); };
	const now = Date.now();
	const known = ofNode.get(conversation);
	if (known) {
		known.messages.push(message);
		known.lastAt = now;
		store();
		return undefined;
	}
	const leftOver = stored.filter(({ key, group }) => !ofNode.has(key) && isOver(group));
	const own: Group = { messages: [message], firstAt: now, lastAt: now };
	ofNode.set(conversation, own);
	const left = () => Math.min(own.lastAt + seconds * 1000, own.firstAt + longest) - Date.now();
	while (left() > 0) await pause(left());
	ofNode.delete(conversation);
	// What is taken along may not be stored again.
	if (stored.length || own.messages.length > 1) store();
	return [
		...leftOver
			// The conversation's own messages stand next to the new ones.
			.sort((a, b) => Number(a.key === conversation) - Number(b.key === conversation) || Number(a.group.firstAt) - Number(b.group.firstAt))
			.flatMap(({ group }) => inOrder(group.messages)),
		...inOrder(own.messages),
	];
}

const inOrder = (messages: Gathered[]) => [...messages].sort((a, b) => a.order - b.order);

/** The groups as n8n can store them; the oldest first, as far as there is room. */
function storable(ofNode: Map<string, Group>, further: Array<{ key: string; group: Group }>): IDataObject {
	let room = storedAtMost;
	return Object.fromEntries([...further, ...[...ofNode].map(([key, group]) => ({ key, group }))].map(({ key, group: { messages, firstAt, lastAt } }) => {
		const stored = messages.slice(0, room);
		room -= stored.length;
		return [key, { messages: stored, firstAt, lastAt } as unknown as IDataObject];
	}));
}
