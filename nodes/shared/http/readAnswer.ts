import { decoded } from './answers';
import { keepAsText } from '../values/keepAsText';
import { now } from './pause';

/** Bytes of one answer, after decompression, that are taken into memory. */
export const largestAnswer = 64 * 1024 * 1024;
/** Levels of objects and lists inside each other that an answer may have; more is nobody's record. */
export const deepestAnswer = 200;

/** An answer that is not read to its end. */
export class UnreadableAnswer extends Error {
	constructor(readonly reason: 'too large' | 'too deep' | 'too slow') {
		super(reason);
	}
}

interface Stream {
	on(event: string, listener: (part: never) => void): unknown;
	destroy(): unknown;
}

/**
 * The bytes of an answer that n8n hands over as a stream.
 *
 * @param body a stream, or what has been read already
 * @param milliseconds for the whole of it
 * @throws UnreadableAnswer
 */
export async function readBytes(body: unknown, milliseconds: number, limit: number = largestAnswer): Promise<unknown> {
	if (!isStream(body)) return body;
	const chunks: Uint8Array[] = [];
	let size = 0;
	const started = now();
	return await new Promise<Buffer>((resolve, reject) => {
		const fail = (error: unknown) => {
			// First: to destroy it is to abort it, which is told at once.
			reject(error instanceof Error ? error : new Error(String(error)));
			body.destroy();
		};
		body.on('data', (chunk: Uint8Array) => {
			size += chunk.length;
			if (size > limit) fail(new UnreadableAnswer('too large'));
			// A server that says nothing at all is the HTTP helper's timeout; here are those that say a byte at a time.
			else if (now() - started > milliseconds) fail(new UnreadableAnswer('too slow'));
			else chunks.push(chunk);
		});
		body.on('end', () => resolve(Buffer.concat(chunks)));
		body.on('error', fail);
		body.on('aborted', () => fail(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
		body.on('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
	});
}

/**
 * JSON, or else text, out of bytes.
 *
 * @param edit applied to the text before anything is read out of it
 * @throws UnreadableAnswer when it has more levels than {@link deepestAnswer}
 */
export function readText(body: unknown, edit: (text: string) => string = (text) => text): unknown {
	if (!(body instanceof ArrayBuffer) && !ArrayBuffer.isView(body)) return body;
	let mayRenameText = false;
	const answer = decoded(body, (text) => {
		if (isDeeperThan(text, deepestAnswer)) throw new UnreadableAnswer('too deep');
		mayRenameText = text.includes('"toString"') || text.includes('\\u');
		return edit(text);
	});
	if (mayRenameText) keepAsText(answer);
	return withoutGaps(answer);
}

/**
 * An answer whose lists of records hold records: null between them is nobody. Looked at are the answer itself, the lists
 * in it, and those in its `data` and `payload`; what people keep in fields of their own lies deeper, and stays.
 */
function withoutGaps(answer: unknown, isInner = false): unknown {
	if (Array.isArray(answer)) return isInner && !isListOfRecords(answer) ? answer : answer.filter((entry) => entry !== null);
	if (answer === null || typeof answer !== 'object') return answer;
	const parts = answer as Record<string, unknown>;
	for (const [key, part] of Object.entries(parts)) {
		if (Array.isArray(part) ? part.includes(null) : !isInner && (key === 'data' || key === 'payload')) parts[key] = withoutGaps(part, true);
	}
	return answer;
}

/** A list of numbers, such as a report's, keeps its places. */
const isListOfRecords = (list: unknown[]) => list.some((entry) => typeof entry === 'object' && entry !== null) || list.every((entry) => entry === null);

/** Whether a JSON text has more objects and lists inside each other than so many. */
export function isDeeperThan(json: string, levels: number): boolean {
	let depth = 0;
	for (let at = 0; at < json.length; at += 1) {
		const sign = json.charCodeAt(at);
		if (sign === 0x22) {
			for (at += 1; at < json.length && json.charCodeAt(at) !== 0x22; at += 1) if (json.charCodeAt(at) === 0x5c) at += 1;
		} else if (sign === 0x7b || sign === 0x5b) {
			depth += 1;
			if (depth > levels) return true;
		} else if (sign === 0x7d || sign === 0x5d) depth -= 1;
	}
	return false;
}

function isStream(body: unknown): body is Stream {
	return body !== null && typeof body === 'object' && 'on' in body && typeof body.on === 'function' && 'destroy' in body && typeof body.destroy === 'function';
}
