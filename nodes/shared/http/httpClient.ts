import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';

import { connectionError, decoded, describeBody, messageIn, safeOrigin } from './answers';
import type { Wanted } from './pagination';
import { now, pause } from './pause';
import type { RateLimit, RateLimiter } from './rateLimit';
import { sharedRateLimiter } from './rateLimit';
import type { Outcome } from './retry';
import { connectionOutcome, retryAfterMs, retryDelay } from './retry';

/** Any of n8n's contexts that can send requests. */
export type RequestContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IWebhookFunctions
	| IPollFunctions;

export type QueryValue = string | number | boolean | null | undefined | Array<string | number>;

export interface Call {
	method: IHttpRequestMethods;
	/** Below the base URL, encoded: use {@link path}. */
	path: string;
	/** Empty values are left out; arrays are sent as `key[]`. */
	query?: Record<string, QueryValue>;
	/** Sent as JSON. Keys that are undefined are left out. */
	body?: object;
	/** Sent as multipart/form-data. */
	form?: FormData;
	/** Whether doing it twice is the same as doing it once; by default what HTTP says of the method. */
	idempotent?: boolean;
	/** What a good answer holds: a JSON value, nothing that matters, or bytes. */
	expect?: 'json' | 'anything' | 'bytes';
	/** Moment by {@link now} after which the request may not leave any more, whatever holds it back. */
	leaveBy?: number;
	/** Statuses that the caller deals with itself; they are given back, not thrown. */
	accept?: number[];
}

export interface Answer {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** What a person reads: what happened, and how to get unstuck. */
export interface Explanation {
	message: string;
	description?: string;
}

/** What the frame has to know of a vendor to talk to it. */
export interface Vendor {
	/** As the vendor writes it; stands in messages. */
	name: string;
	/** Name of the credential type. */
	credential: string;
	limit: RateLimit;
	/** Narrower limits that a call falls under besides, each counted on its own for every key. */
	furtherLimits?(call: Call): Array<{ key: string; limit: RateLimit }>;
	/** Whether an answer that is not 429 means the same: wait, then send it again. */
	throttles?(answer: Answer): boolean;
	/** Requests in flight for one node by default. */
	parallelRequests: number;
	/** Where the pages of its app are; see `readRecordAddress`. */
	pages?: { hosts?: RegExp; account?: RegExp };
	/** A vendor's own reading of an answer that is no success; undefined for the common one. */
	explain(answer: Answer, call: Call): Explanation | undefined;
}

export interface HttpSettings {
	/** Without trailing slash. */
	baseUrl: string;
	/** Texts that may not appear in any message. */
	secrets: string[];
	/** Milliseconds for one request. */
	timeout: number;
	/** Milliseconds that throttling may delay one request in all. */
	giveUpAfter: number;
}

/** Counts for the summary of a run. */
export interface Tally {
	requests: number;
	retried: number;
	throttled: number;
}

/** Fills values into a path, each encoded: path`/contacts/${id}`. */
export function path(parts: TemplateStringsArray, ...values: Array<string | number>): string {
	return parts.reduce((text, part, index) => text + encodeURIComponent(String(values[index - 1])) + part);
}

/** Sends the requests of one node run to one vendor: limits, retries, and readable errors. */
export class HttpClient {
	readonly tally: Tally = { requests: 0, retried: 0, throttled: 0 };
	/** Sentences to show with the node's output. */
	readonly notices = new Set<string>();
	private readonly limiter: RateLimiter;
	private readonly limiterKey: string;
	private departure: Promise<void> = Promise.resolve();

	constructor(
		readonly context: RequestContext,
		readonly vendor: Vendor,
		private readonly settings: HttpSettings,
	) {
		const credentialId = context.getNode().credentials?.[vendor.credential]?.id ?? '';
		this.limiterKey = `${vendor.name} ${settings.baseUrl} ${credentialId}`;
		this.limiter = sharedRateLimiter(this.limiterKey, vendor.limit);
	}

	get baseUrl(): string {
		return this.settings.baseUrl;
	}

	/** How a list is to be read for this node run: how much, how fast, until when, and whom to tell. */
	listing(limit?: number): Wanted {
		return { limit, parallel: this.vendor.parallelRequests, signal: this.signal, notice: (text) => this.notices.add(text) };
	}

	/** Cancellation of the execution; contexts other than execute have none. */
	get signal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context ? this.context.getExecutionCancelSignal() : undefined;
	}

	/**
	 * Sends one request and gives the body of its answer.
	 *
	 * @throws NodeApiError with a message a person can act on
	 */
	async request<Body = IDataObject>(call: Call): Promise<Body> {
		return (await this.exchange(call)).body as Body;
	}

	/** As {@link request}, with status and headers. */
	async exchange(call: Call): Promise<Answer> {
		const idempotent = call.idempotent ?? ['GET', 'HEAD', 'PUT', 'DELETE'].includes(call.method);
		const started = Date.now();
		let throttledFor = 0;
		const limiters = this.limitersOf(call);
		for (let attempt = 1; ; attempt += 1) {
			for (const limiter of limiters) await limiter.take(this.signal);
			if (this.signal?.aborted) {
				for (const limiter of limiters) limiter.undecided();
				throw asNotSent(this.cancelled());
			}
			await this.leaveApart();
			if (call.leaveBy !== undefined && now() > call.leaveBy) {
				for (const limiter of limiters) limiter.undecided();
				throw asNotSent(this.error(`${this.vendor.name} was kept waiting too long for this request, so it was not sent`, 'The service throttles. Run again later, or more slowly.'), 'late');
			}
			const { outcome, answer } = await this.attempt(call);
			const throttled = outcome.kind === 'answered' && outcome.status === 429;
			for (const [position, limiter] of limiters.entries()) {
				// The narrowest limit is the one that was met.
				if (throttled && position === 0) limiter.throttled(outcome.retryAfter);
				else if (throttled || !answer) limiter.undecided();
				else limiter.succeeded();
			}
			if (answer && outcome.kind === 'answered' && outcome.status < 300) return answer;
			if (this.signal?.aborted) throw this.cancelled();
			if (answer && outcome.kind === 'answered' && call.accept?.includes(outcome.status)) return answer;
			if (throttled) {
				throttledFor = Date.now() - started;
				// Throttling is not a failed attempt.
				attempt -= 1;
				this.tally.throttled += 1;
			}
			const delay = retryDelay(outcome, {
				attempt: attempt + (throttled ? 1 : 0),
				idempotent,
				throttledFor,
				giveUpAfter: this.settings.giveUpAfter,
			});
			if (delay === undefined) throw this.failure(call, outcome, idempotent, answer);
			if (!throttled) this.tally.retried += 1;
			if (delay > 0) await pause(delay, this.signal);
		}
	}

	/** The error of an answer that was accepted, but turned out to be a refusal like any other. */
	refusal(answer: Answer, call: Call): NodeApiError {
		return this.failure(call, { kind: 'answered', status: answer.status }, true, answer);
	}

	/** The limits that hold for a call, the narrowest first: who waits there keeps nobody else from leaving. */
	private limitersOf(call: Call): RateLimiter[] {
		const further = this.vendor.furtherLimits?.(call) ?? [];
		return [...further.map(({ key, limit }) => sharedRateLimiter(`${this.limiterKey} ${key}`, limit)), this.limiter];
	}

	/**
	 * n8n opens a connection for each request, so requests that leave in one turn of the event loop are
	 * all written when the work for the last one is done, and their answers come back together again.
	 */
	private async leaveApart(): Promise<void> {
		const before = this.departure;
		this.departure = before.then(async () => await sleep(0));
		await before;
	}

	private async attempt(call: Call): Promise<{ outcome: Outcome; answer?: Answer }> {
		this.tally.requests += 1;
		try {
			const response = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				this.vendor.credential,
				this.options(call),
			)) as IN8nHttpFullResponse;
			const answer: Answer = {
				status: response.statusCode,
				headers: response.headers as IDataObject,
				// A refusal is JSON, whatever a good answer holds.
				body: call.expect === 'bytes' && response.statusCode >= 300 ? decoded(response.body) : response.body,
			};
			const status = this.vendor.throttles?.(answer) ? 429 : answer.status;
			if (status >= 200 && status < 300 && (call.expect ?? 'json') === 'json' && (answer.body === null || typeof answer.body !== 'object')) {
				return { outcome: { kind: 'garbled', status }, answer };
			}
			return { outcome: { kind: 'answered', status, retryAfter: retryAfterMs(answer.headers['retry-after']) }, answer };
		} catch (error) {
			const { code, syscall, message } = connectionError(error);
			if (code === undefined) return { outcome: { kind: 'misaddressed', code: message } };
			return { outcome: connectionOutcome(code, syscall === 'connect') };
		}
	}

	private options(call: Call): IHttpRequestOptions {
		const options: IHttpRequestOptions = {
			method: call.method,
			url: `${this.settings.baseUrl}${call.path}${queryText(call.query)}`,
			headers: { Accept: call.expect === 'bytes' ? '*/*' : 'application/json' },
			timeout: this.settings.timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// None of these services redirects; a redirect would carry the token elsewhere.
			disableFollowRedirect: true,
		};
		if (call.expect === 'bytes') options.encoding = 'arraybuffer';
		if (call.form) options.body = call.form as unknown as IHttpRequestOptions['body'];
		else if (call.body) {
			// As text: n8n drops an empty object, which some calls need.
			options.body = JSON.stringify(call.body);
			options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		}
		return options;
	}

	private failure(call: Call, outcome: Outcome, idempotent: boolean, answer?: Answer): NodeApiError {
		const unsure = !idempotent && (outcome.kind === 'broken' || outcome.kind === 'garbled' || (outcome.kind === 'answered' && outcome.status >= 500));
		const isRefused = outcome.kind === 'unreached' || outcome.kind === 'misaddressed' || (outcome.kind === 'answered' && outcome.status < 500);
		const { message, description } = (answer && outcome.kind === 'answered' && this.vendor.explain(answer, call)) || this.commonExplanation(outcome, answer);
		const error = this.error(
			message,
			[
				description,
				unsure ? `It is not known whether ${this.vendor.name} has carried the request out, so it was not sent again. Look there before you repeat it.` : undefined,
			].filter(Boolean).join(' '),
			answer?.status,
		);
		return isRefused ? asNotSent(error) : error;
	}

	/** An error of this vendor without any of the credential's secrets in it. */
	error(message: string, description?: string, status?: number): NodeApiError {
		const texts = { message: this.redact(message), description: this.redact(description ?? '') || undefined };
		return new NodeApiError(this.context.getNode(), { ...texts } as never, { ...texts, httpCode: status === undefined ? undefined : String(status) });
	}

	private redact(text: string): string {
		return this.settings.secrets.filter((secret) => secret.length > 3).reduce((result, secret) => result.replaceAll(secret, '***'), text);
	}

	private cancelled(): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), 'The execution was cancelled');
	}

	private commonExplanation(outcome: Outcome, answer?: Answer): Explanation {
		const { name } = this.vendor;
		const address = safeOrigin(this.settings.baseUrl);
		switch (outcome.kind) {
			case 'unreached':
				return { message: `${name} could not be reached at ${address}`, description: `The server refuses connections or is offline (${outcome.code}). Check the address in the credential, and that n8n can reach it.` };
			case 'misaddressed':
				return { message: `The address ${address} does not lead to ${name}`, description: `Check the address in the credential (${outcome.code}).` };
			case 'broken':
				return ['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'].includes(outcome.code)
					? { message: `${name} did not answer in time`, description: "Try again later, or set a longer 'Timeout' under Options." }
					: { message: `The connection to ${name} broke off before the answer was complete`, description: `Network code: ${outcome.code}.` };
			case 'garbled':
				return { message: `${name} answered with something that is not data`, description: `The answer was ${describeBody(answer?.body)}. Check the address in the credential; a proxy may have answered instead.` };
			case 'answered':
				return this.statusExplanation(outcome.status, answer);
		}
	}

	private statusExplanation(status: number, answer?: Answer): Explanation {
		const { name, credential } = this.vendor;
		const said = messageIn(answer?.body);
		const quoted = said ? `${name} says: ${said}` : undefined;
		if (status >= 300 && status < 400) {
			const target = safeOrigin(String(answer?.headers.location ?? ''));
			return { message: `${name} redirects to ${target || 'another address'}`, description: 'Enter that address in the credential. Redirects are not followed, so that the token goes nowhere else.' };
		}
		switch (status) {
			case 401:
				return { message: `${name} did not accept the token of the credential`, description: [`Make a new token in ${name} and save it in the ${credential === 'kinboxApi' ? 'Kinbox API' : name} credential.`, quoted].filter(Boolean).join(' ') };
			case 402:
				return { message: `${name} asks for payment: ${said ?? 'the plan or balance does not cover this'}` };
			case 403:
				return { message: `${name} does not allow this with the credential's token`, description: quoted ?? 'Use a token of someone who may do this.' };
			case 404:
				return { message: `${name} does not know this record`, description: quoted ?? 'It may have been deleted, or the ID belongs to another account.' };
			case 429:
				return { message: `${name} keeps throttling the requests`, description: "Nothing was sent beyond the limit. Raise 'Give Up After' under Options, or run with fewer 'Parallel Requests'." };
		}
		if (status >= 500) return { message: `${name} could not handle the request (HTTP ${status})`, description: quoted ?? `The answer was ${describeBody(answer?.body)}.` };
		return { message: `${name} refused the request${said ? `: ${said}` : ` (HTTP ${status})`}`, description: said ? undefined : `The answer was ${describeBody(answer?.body)}.` };
	}
}

/** Marks an error of a request that the server has surely not carried out: refused, or too late to leave. */
function asNotSent<Thrown extends NodeApiError | NodeOperationError>(error: Thrown, why: 'late' | 'refused' = 'refused'): Thrown {
	error.context.notSent = why;
	return error;
}

function queryText(query: Call['query']): string {
	if (!query) return '';
	const text = new URLSearchParams();
	for (const [key, value] of Object.entries(query)) {
		if (value === undefined || value === null || value === '') continue;
		if (Array.isArray(value)) for (const entry of value) text.append(`${key}[]`, String(entry));
		else text.append(key, String(value));
	}
	const encoded = text.toString();
	return encoded ? `?${encoded}` : '';
}
