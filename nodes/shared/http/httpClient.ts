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

import { addressProblem } from './address';
import type { Answer, Explanation } from './answers';
import { connectionError, safeOrigin } from './answers';
import { explainOutcome } from './errors';
import type { Wanted } from './pagination';
import type { Pace } from './pace';
import { AdaptivePace, callKind, FixedPace } from './pace';
import { now, pause } from './pause';
import type { RateLimit, RateLimiter } from './rateLimit';
import { sharedRateLimiter } from './rateLimit';
import { readBytes, readText, UnreadableAnswer } from './readAnswer';
import { redactor } from './redact';
import type { Outcome } from './retry';
import { connectionOutcome, retryAfterMs, retryDelay } from './retry';
import { Slots } from './slots';

export type { Answer, Explanation } from './answers';
export { path } from './path';

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
	/** Where the record is found afterwards, for a call that changes the name by which its own path finds it. */
	renamedTo?: string;
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
	/** Whether an answer to a read is the service's own fault, which asking again does not mend; it is asked once more only. */
	stumbles?(answer: Answer, call: Call): boolean;
	/** Whether a host may be reached without encryption, as a server of one's own in the same network; besides, only this machine may. */
	plainHttp?(hostname: string): boolean;
	/** Pages of a list that are read side by side, unless a person says how many requests may be under way. */
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
	/** Requests of this run under way at the same time; left out, as many as the service answers without getting slower. */
	parallelRequests?: number;
	/** Hosts that the credential is restricted to, with `*` for a part; any when left out. */
	allowedHosts?: string[];
}

/** Counts for the summary of a run. */
export interface Tally {
	requests: number;
	retried: number;
	throttled: number;
}

/** A limit and what keeps to it. */
interface Limited {
	limit: RateLimit;
	limiter: RateLimiter;
}

/** The connection ended in the middle of an answer. */
class BrokenAnswer extends Error {}

/** A request that waits longer than this before it leaves is held back by a limit; milliseconds. */
const heldAfter = 20;

/** Milliseconds for which a limit that makes waiting senseless refuses without asking the server again. */
const failSoonFor = 30_000;

/** Sends the requests of one node run to one vendor: limits, retries, and readable errors. */
export class HttpClient {
	readonly tally: Tally = { requests: 0, retried: 0, throttled: 0 };
	/** Sentences to show with the node's output. */
	readonly notices = new Set<string>();
	private readonly limiter: RateLimiter;
	private readonly limiterKey: string;
	private readonly pace: Pace;
	private readonly slots: Slots;
	private readonly redact: (text: string) => string;
	private departure: Promise<void> = Promise.resolve();
	/** What the service's clock said last, and when. */
	private clock?: { said: number; at: number };

	constructor(
		readonly context: RequestContext,
		readonly vendor: Vendor,
		private readonly settings: HttpSettings,
	) {
		const credentialId = context.getNode().credentials?.[vendor.credential]?.id ?? '';
		this.limiterKey = `${vendor.name} ${settings.baseUrl} ${credentialId}`;
		this.limiter = sharedRateLimiter(this.limiterKey, vendor.limit);
		this.pace = settings.parallelRequests === undefined ? new AdaptivePace() : new FixedPace(settings.parallelRequests);
		this.slots = new Slots(() => this.pace.limit);
		this.redact = redactor(settings.secrets);
	}

	private get parallel(): number {
		return this.settings.parallelRequests ?? this.vendor.parallelRequests;
	}

	/** How many items to work on at the moment. More than requests may be under way: some wait for others of the same record. */
	get itemsAtOnce(): number {
		return this.settings.parallelRequests ?? Math.max(this.pace.limit, this.vendor.parallelRequests);
	}

	get baseUrl(): string {
		return this.settings.baseUrl;
	}

	/** The time by the service's clock, in milliseconds since 1970; its answers tell whole seconds. */
	serverNow(): number {
		return this.clock ? this.clock.said + (now() - this.clock.at) : Date.now();
	}

	/** How a list is to be read for this node run: how much, how fast, until when, and whom to tell. */
	listing(limit?: number): Wanted {
		return {
			limit,
			parallel: this.parallel,
			signal: this.signal,
			notice: (text) => this.notices.add(text),
			fail: (message, description) => this.error(`${this.vendor.name}: ${message}`, description),
		};
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
		this.checkAddress();
		const idempotent = call.idempotent ?? ['GET', 'HEAD', 'PUT', 'DELETE'].includes(call.method);
		const giveUpAt = now() + this.settings.giveUpAfter;
		const limiters = this.limitersOf(call);
		let mayHaveArrived = false;
		for (let attempt = 1; ; attempt += 1) {
			const asked = now();
			const refusing = await this.takeAll(limiters, giveUpAt);
			if (now() - asked > heldAfter) this.pace.held('byLimit');
			if (refusing) throw mayHaveArrived ? this.throttledFailure(refusing) : asNotSent(this.throttledFailure(refusing));
			await this.leaveApart();
			const { outcome, answer } = await this.slots.hold(async (underWay) => {
				const isCancelled = this.signal?.aborted === true;
				if (!isCancelled && (call.leaveBy === undefined || now() <= call.leaveBy)) return await this.timed(call, underWay);
				for (const { limiter } of limiters) limiter.undecided();
				if (isCancelled) throw mayHaveArrived ? this.cancelled() : asNotSent(this.cancelled());
				throw asNotSent(this.error(`${this.vendor.name} was kept waiting too long for this request, so it was not sent`, 'The service throttles. Run again later, or more slowly.'), 'late');
			});
			const throttled = outcome.kind === 'answered' && outcome.status === 429;
			for (const [position, { limiter, limit }] of limiters.entries()) {
				// The narrowest limit is the one that was met.
				if (throttled && position === 0) limiter.throttled(outcome.retryAfter ?? (limit.failSoon ? failSoonFor : undefined));
				else if (throttled || !answer) limiter.undecided();
				else limiter.succeeded();
			}
			if (answer && outcome.kind === 'answered' && outcome.status < 300) return answer;
			if (this.signal?.aborted) throw this.cancelled();
			if (mayHaveArrived && outcome.kind === 'answered' && outcome.status === 404) {
				// The first try was carried out, only its answer was lost.
				if (call.method === 'DELETE') return { status: 204, headers: {}, body: {} };
			}
			if (mayHaveArrived && outcome.kind === 'answered' && outcome.status >= 400 && call.renamedTo !== undefined && (outcome.status === 404 || call.accept?.includes(outcome.status))) {
				return await this.exchange({ method: 'GET', path: call.renamedTo });
			}
			if (answer && outcome.kind === 'answered' && call.accept?.includes(outcome.status)) return { ...answer, repeated: mayHaveArrived };
			if (throttled) {
				this.tally.throttled += 1;
				// Throttling is not a failed attempt. Whether it is waited out is decided before the next one leaves.
				attempt -= 1;
				continue;
			}
			mayHaveArrived ||= outcome.kind === 'broken' || outcome.kind === 'garbled' || (outcome.kind === 'answered' && outcome.status >= 500);
			const delay = retryDelay(outcome, { attempt, idempotent });
			if (delay === undefined) throw this.failure(call, outcome, idempotent, answer);
			this.tally.retried += 1;
			await pause(delay, this.signal);
		}
	}

	/** Waits until every limit lets a request leave; gives the limit that does not in time. */
	private async takeAll(limiters: Limited[], giveUpAt: number): Promise<RateLimit | undefined> {
		const taken: RateLimiter[] = [];
		const giveBack = () => {
			for (const limiter of taken) limiter.undecided();
		};
		for (const { limiter, limit } of limiters) {
			if (!(await limiter.take(this.signal, limit.failSoon ? now() : giveUpAt))) {
				giveBack();
				return limit;
			}
			taken.push(limiter);
		}
		if (this.signal?.aborted) {
			giveBack();
			throw asNotSent(this.cancelled());
		}
		return undefined;
	}

	private throttledFailure({ words, failSoon }: RateLimit): NodeApiError {
		const { name } = this.vendor;
		return words === undefined
			? this.error(`${name} keeps throttling the requests`, "Nothing was sent beyond the limit. Raise 'Give Up After' under Options, or run with fewer 'Parallel Requests'.", 429)
			: this.error(`${name} takes no more than ${words}`, failSoon ? 'The limit is reached. Run the remaining items again later.' : "Nothing was sent beyond the limit. Raise 'Give Up After' under Options, or run with fewer items at once.", 429);
	}

	/** Keeps the token from leaving to where it must not go. */
	private checkAddress(): void {
		const problem = addressProblem(this.vendor, this.settings.baseUrl, this.settings.allowedHosts);
		if (problem) throw this.error(problem.message, problem.description);
	}

	/** The error of an answer that was accepted, but turned out to be a refusal like any other. */
	refusal(answer: Answer, call: Call): NodeApiError {
		return this.failure(call, { kind: 'answered', status: answer.status }, true, answer);
	}

	/** The limits that hold for a call, the narrowest first: who waits there keeps nobody else from leaving. */
	private limitersOf(call: Call): Limited[] {
		const further = this.vendor.furtherLimits?.(call) ?? [];
		return [...further.map(({ key, limit }) => ({ limit, limiter: sharedRateLimiter(`${this.limiterKey} ${key}`, limit) })), { limit: this.vendor.limit, limiter: this.limiter }];
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

	/** Sends the request, and lets the pace follow from how it went. */
	private async timed(call: Call, underWay: number): Promise<{ outcome: Outcome; answer?: Answer }> {
		const left = now();
		const result = await this.attempt(call);
		const { outcome } = result;
		if (outcome.kind !== 'answered' || outcome.status === 429 || outcome.status >= 500) this.pace.held('byService');
		else this.pace.answered(callKind(call.method, call.path), now() - left, underWay);
		return result;
	}

	private async attempt(call: Call): Promise<{ outcome: Outcome; answer?: Answer }> {
		this.tally.requests += 1;
		try {
			const response = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				this.vendor.credential,
				this.options(call),
			)) as IN8nHttpFullResponse;
			const bytes = await readBytes(response.body, this.settings.timeout).catch((error: unknown) => {
				throw error instanceof UnreadableAnswer ? error : new BrokenAnswer();
			});
			const said = Date.parse(String((response.headers as IDataObject).date ?? ''));
			if (Number.isFinite(said)) this.clock = { said, at: now() };
			const refused = response.statusCode >= 300;
			const answer: Answer = {
				status: response.statusCode,
				headers: response.headers as IDataObject,
				// A refusal is text, whatever a good answer holds, and may quote the token.
				body: call.expect === 'bytes' && !refused ? bytes : readText(bytes, refused ? this.redact : undefined),
			};
			const status = this.vendor.throttles?.(answer) ? 429 : answer.status;
			if (status >= 200 && status < 300 && (call.expect ?? 'json') === 'json' && (answer.body === null || typeof answer.body !== 'object')) {
				return { outcome: { kind: 'garbled', status }, answer };
			}
			return { outcome: { kind: 'answered', status, retryAfter: retryAfterMs(answer.headers['retry-after']), lasting: this.vendor.stumbles?.(answer, call) }, answer };
		} catch (error) {
			if (error instanceof UnreadableAnswer) return { outcome: error.reason === 'too slow' ? { kind: 'broken', code: 'ETIMEDOUT' } : { kind: 'unreadable', reason: error.reason } };
			if (error instanceof BrokenAnswer) return { outcome: { kind: 'broken', code: 'ECONNRESET' } };
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
			// As it comes, so that it can be left when it is too much.
			encoding: 'stream',
		};
		if (call.form) options.body = call.form as unknown as IHttpRequestOptions['body'];
		else if (call.body) {
			// As text: n8n drops an empty object, which some calls need.
			options.body = JSON.stringify(call.body);
			options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		}
		return options;
	}

	private failure(call: Call, outcome: Outcome, idempotent: boolean, answer?: Answer): NodeApiError {
		const unsure = !idempotent && (outcome.kind === 'broken' || outcome.kind === 'unreadable' || outcome.kind === 'garbled' || (outcome.kind === 'answered' && outcome.status >= 500));
		const isRefused = outcome.kind === 'unreached' || outcome.kind === 'misaddressed' || (outcome.kind === 'answered' && outcome.status < 500);
		const { message, description } = (answer && outcome.kind === 'answered' && isVendors(answer) && this.vendor.explain(answer, call)) || explainOutcome(outcome, answer, this.service);
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

	private cancelled(): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), 'The execution was cancelled');
	}

	private get service() {
		const { name, credential } = this.vendor;
		return { name, credentialName: credential === 'kinboxApi' ? 'Kinbox API' : name, origin: safeOrigin(this.settings.baseUrl) };
	}
}

/** Marks an error of a request that the server has surely not carried out: refused, or too late to leave. */
function asNotSent<Thrown extends NodeApiError | NodeOperationError>(error: Thrown, why: 'late' | 'refused' = 'refused'): Thrown {
	error.context.notSent = why;
	return error;
}

/** Whether an answer is the vendor's: JSON, or nothing at all. A page or a text is of what stands in front. */
function isVendors({ body }: Answer): boolean {
	return typeof body !== 'string' || body.trim() === '';
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
