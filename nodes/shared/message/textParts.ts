import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { HttpClient } from '../http/httpClient';
import { pause } from '../http/pause';
import type { Fields, Item } from '../operation/item';

/** Options of the operations that send texts; {@link readTextParts} reads them. */
export const textPartFields: INodeProperties[] = [
	{
		displayName: 'Split Longer Than',
		name: 'partLength',
		type: 'number',
		typeOptions: { minValue: 20, maxValue: 4000 },
		default: 1000,
		description: 'Characters of one message at most, with Split Text; it is cut between sentences or words',
	},
	{
		displayName: 'Split Pause',
		name: 'partPause',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 60 },
		default: 2,
		description: 'Seconds between two of these messages',
	},
	{
		displayName: 'Split Text',
		name: 'splitText',
		type: 'options',
		options: [
			{ name: 'At Blank Lines', value: 'blankLines' },
			{ name: 'At Lines of ---', value: 'line' },
			{ name: 'By Length Only', value: 'length' },
		],
		default: 'blankLines',
		description: 'Send a long text, such as an AI answer, as several messages, one after the other. The output has an item for each.',
	},
];

/** How a text becomes several messages. */
export interface TextParts {
	by: 'blankLines' | 'length' | 'line';
	/** Characters of one message at most. */
	most: number;
	/** Milliseconds between two messages. */
	pause: number;
}

/** Messages that one text may become: more would be spam. */
const mostParts = 20;

/** Reads {@link textPartFields}; undefined when the text stays one message. */
export function readTextParts(fields: Fields): TextParts | undefined {
	const by = fields.choice('splitText', ['blankLines', 'length', 'line'] as const);
	const most = fields.number('partLength', { min: 20, max: 4000, integer: true });
	const seconds = fields.number('partPause', { min: 0, max: 60 });
	if (by === undefined && most === undefined) return undefined;
	return { by: by ?? 'length', most: most ?? 1000, pause: (seconds ?? 2) * 1000 };
}

/**
 * The messages that a text becomes.
 *
 * @param field where the text stands
 * @throws NodeOperationError when they would be too many
 */
export function textParts(item: Item, field: string, text: string, { by, most }: TextParts): string[] {
	const pieces = by === 'length' ? [text] : splitAtLines(text, by === 'line' ? /^[ \t]*-{3,}[ \t]*$/ : /^\s*$/);
	const parts = pieces.flatMap((piece) => cut(piece, most));
	if (parts.length > mostParts) throw item.refuse(field, `would become ${parts.length} messages, and ${mostParts} are the most`, "Shorten it, or raise 'Split Longer Than'.");
	return parts.length ? parts : [text];
}

function splitAtLines(text: string, separator: RegExp): string[] {
	const pieces: string[][] = [[]];
	for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
		if (separator.test(line)) pieces.push([]);
		else pieces.at(-1)!.push(line);
	}
	return pieces.map((lines) => lines.join('\n').trim()).filter((piece) => piece !== '');
}

/** Cuts where a line, a sentence or a word ends; in a word only where it is longer than a whole part. */
function cut(text: string, most: number): string[] {
	const parts: string[] = [];
	let rest = [...text.trim()];
	while (rest.length > most) {
		const end = endOf(rest, most);
		parts.push(rest.slice(0, end).join('').trim());
		rest = [...rest.slice(end).join('').trim()];
	}
	return [...parts, rest.join('')].filter((part) => part !== '');
}

/** Where to cut a text: the last good place in its second half, by how good it is. */
function endOf(characters: string[], most: number): number {
	const ends: Array<(at: number) => boolean> = [
		(at) => characters[at] === '\n',
		(at) => /\s/.test(characters[at]!) && /[.!?…]/.test(characters[at - 1]!),
		(at) => /\s/.test(characters[at]!),
	];
	for (const isEnd of ends) for (let at = most; at > most / 2; at -= 1) if (isEnd(at)) return at;
	for (let at = Math.floor(most / 2); at > 0; at -= 1) if (/\s/.test(characters[at]!)) return at;
	return most;
}

/**
 * Sends the messages of one text in their order, with a pause between them.
 *
 * @param send sends one of them, and waits until the channel has it; gives its record
 * @throws NodeApiError that says how many are out, when a later one fails
 */
export async function sendParts(http: HttpClient, texts: string[], wait: number, send: (text: string, index: number) => Promise<IDataObject>): Promise<IDataObject[]> {
	const sent: IDataObject[] = [];
	for (const [index, text] of texts.entries()) {
		if (index > 0) await pause(wait, http.signal);
		if (index > 0 && http.signal?.aborted) break;
		sent.push(await send(text, index).catch(async (error: Error) => {
			if (index === 0) return await Promise.reject(error);
			const partly = http.error(`Only ${index} of ${texts.length} messages were sent: ${error.message}`, 'Send only the rest again.');
			partly.context.isPartlySent = true;
			throw partly;
		}));
	}
	return sent;
}

/** Seconds in which the channel should have one message before the next is sent, so that they arrive in order. */
export const orderWait = 10;
