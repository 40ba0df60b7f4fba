import type { IDataObject } from 'n8n-workflow';

export interface Answer {
	status: number;
	headers: IDataObject;
	body: unknown;
	/** Whether an earlier try of the same call may have been carried out: its answer was lost. */
	repeated?: boolean;
}

/** What a person reads: what happened, and how to get unstuck. */
export interface Explanation {
	message: string;
	description?: string;
}

/** The text that an error body holds, whatever its shape; undefined for HTML and empty bodies. */
export function messageIn(body: unknown): string | undefined {
	if (typeof body === 'string') return /^\s*</.test(body) || body.trim() === '' ? undefined : shorten(body);
	if (Array.isArray(body)) {
		const texts = body.map(messageIn).filter(Boolean);
		return texts.length ? shorten(texts.join('; ')) : undefined;
	}
	if (body === null || typeof body !== 'object') return undefined;
	const { message, error, errors } = body as IDataObject;
	for (const candidate of [message, error, errors]) {
		const text = messageIn(candidate);
		if (text) return text;
	}
	// Callbell: {"error": {"name": ["can't be blank"]}}
	const pairs = Object.entries(body)
		.filter(([, value]) => typeof value === 'string' || Array.isArray(value))
		.map(([key, value]) => `${key} ${messageIn(value) ?? ''}`.trim());
	return pairs.length ? shorten(pairs.join('; ')) : undefined;
}

/**
 * JSON or text that came as bytes.
 *
 * @param edit applied to the text before it is parsed
 */
export function decoded(body: unknown, edit: (text: string) => string = (text) => text): unknown {
	if (!(body instanceof ArrayBuffer) && !ArrayBuffer.isView(body)) return body;
	const text = edit(new TextDecoder().decode(body));
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function shorten(text: string): string {
	const line = text.replace(/\p{Cc}+/gu, ' ').trim();
	return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

export function describeBody(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'empty';
	if (typeof body === 'string') return /^\s*</.test(body) ? 'a web page' : 'text that is no JSON, or was cut off';
	return 'JSON without a message';
}

export function safeOrigin(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : '';
}

/** Code, system call and text of a connection error, wherever n8n has wrapped it. */
export function connectionError(error: unknown): { code?: string; syscall?: string; message: string } {
	let code: string | undefined;
	let syscall: string | undefined;
	let message = 'unknown';
	for (let at: unknown = error, depth = 0; at !== null && typeof at === 'object' && depth < 5; depth += 1) {
		const { code: itsCode, httpCode, syscall: itsCall, message: itsMessage, cause } = at as Record<string, unknown>;
		for (const candidate of [itsCode, httpCode]) {
			if (typeof candidate === 'string' && /^[A-Z][A-Z_0-9]+$/.test(candidate)) code = candidate;
		}
		if (typeof itsCall === 'string') syscall = itsCall;
		if (typeof itsMessage === 'string' && depth === 0) message = itsMessage;
		at = cause;
	}
	return { code, syscall, message };
}
