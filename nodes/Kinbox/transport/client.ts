import type { ICredentialDataDecryptedObject, IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, QueryValue, RequestContext, Vendor } from '../../shared/http/httpClient';
import { allowedHosts, baseAddress } from '../../shared/http/address';
import { HttpClient } from '../../shared/http/httpClient';
import type { Collected, Wanted } from '../../shared/http/pagination';
import { collectCursor, collectOffsets } from '../../shared/http/pagination';
import type { CallSettings } from '../../shared/operation/callOptions';
import { defaultGiveUpAfter, defaultTimeout } from '../../shared/operation/callOptions';
import { table } from '../../shared/values/table';
import { explainKinbox, isUnknownCall } from './errors';

/** The two generations of the API; each has its own token. */
export type Generation = 'v3' | 'v1';

const tokenNames: Record<Generation, string> = { v3: 'Token V3', v1: 'API Token' };

export const kinbox: Vendor = {
	name: 'Kinbox',
	credential: 'kinboxApi',
	// Kinbox publishes no limit; the limiter learns it from 429 answers.
	limit: {},
	parallelRequests: 10,
	pages: { hosts: /(?:^|\.)kinbox\.com(?:\.br)?$/i },
	explain: explainKinbox,
};

/** Page sizes of the two generations: the most each allows. */
const pageSizes: Record<Generation, number> = { v3: 500, v1: 100 };

/** Reads whose path Kinbox has changed, newest name first: its own documents have both, and none says which host has which. */
const formerPaths = table({
	'/workflows': '/scenarios',
	'/reports/presence/block/dashboard': '/reports/presence/dashboard',
	'/reports/presence/block': '/reports/presence',
});

/** How often a list is begun whose cursor got lost. */
const readings = 3;

/** Windows of an export that are under way at the same time. */
const exportsAtOnce = 4;

/** The credential as requests need it. */
export function readCredential({ token, host, generation, apiSecret, webhookSecret }: IDataObject): { baseUrl: string; generation: Generation; token: string; webhookSecret?: string; secrets: string[] } {
	const bare = String(token ?? '').trim().replace(/^bearer\s+/i, '');
	return {
		baseUrl: baseAddress(host, 'https://api4.kinbox.com.br').replace(/\/v[13]$/, ''),
		generation: generation === 'v1' ? 'v1' : 'v3',
		token: bare,
		webhookSecret: String(webhookSecret ?? '').trim() || undefined,
		secrets: [bare, String(apiSecret ?? ''), String(webhookSecret ?? '').trim()],
	};
}

/**
 * The only place that knows Kinbox's HTTP. Paths are given without generation ("/contacts") and go
 * to the one that the credential's token speaks.
 */
export class KinboxClient {
	/** Paths of {@link formerPaths} that this Kinbox has under their former name only. */
	private readonly former = new Set<string>();

	constructor(readonly http: HttpClient, readonly generation: Generation, private readonly token: string, /** Of the credential. */ private readonly webhookSecret?: string) {}

	/** Opens a client with the node's credential. */
	static async connect(context: RequestContext, settings: Partial<CallSettings> = {}): Promise<KinboxClient> {
		const credential: ICredentialDataDecryptedObject = await context.getCredentials('kinboxApi');
		const { baseUrl, generation, token, webhookSecret, secrets } = readCredential(credential);
		const http = new HttpClient(context, kinbox, {
			baseUrl,
			secrets,
			timeout: settings.timeout ?? defaultTimeout,
			giveUpAfter: settings.giveUpAfter ?? defaultGiveUpAfter,
			parallelRequests: settings.parallelRequests,
			allowedHosts: allowedHosts(credential),
		});
		return new KinboxClient(http, generation, token, webhookSecret);
	}

	/** What a webhook of one's own is checked with, as `{ secret }`. */
	ownSecret(isSent: boolean): { secret?: string } {
		if (!isSent) return {};
		if (this.webhookSecret === undefined) throw this.http.error("'Send Secret' is on, but the credential has no 'Webhook Secret'", 'Enter a text of your own there.');
		return { secret: this.webhookSecret };
	}

	async get<Body = IDataObject>(path: string, query?: Call['query']): Promise<Body> {
		return await this.send<Body>({ method: 'GET', path, query });
	}

	async post<Body = IDataObject>(path: string, body?: object): Promise<Body> {
		return await this.send<Body>({ method: 'POST', path, body });
	}

	/** Sets fields; the same again changes nothing more, so it may be repeated. */
	async patch<Body = IDataObject>(path: string, body?: object): Promise<Body> {
		return await this.send<Body>({ method: 'PATCH', path, body, idempotent: true });
	}

	async delete(path: string): Promise<void> {
		await this.send({ method: 'DELETE', path, expect: 'anything' });
	}

	/** Sends any call to the token's generation. */
	async send<Body = IDataObject>(call: Call): Promise<Body> {
		return (await this.exchange(call)).body as Body;
	}

	/** Milliseconds by which Kinbox's clock is ahead of n8n's, by the last answer; 0 as long as no answer has told. */
	clockDifference = 0;

	/** As {@link send}, with status and headers. */
	async exchange(call: Call): Promise<Answer> {
		const { query = {}, ...rest } = call;
		// Kinbox repeats the key of a list, without brackets.
		const text = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (Array.isArray(value) ? value : [value])
			.filter((entry) => entry !== undefined && entry !== null && entry !== '')
			.map((entry) => [key, String(entry)]))).toString();
		const search = text ? `?${text}` : '';
		const answer = await this.underItsName(call.path, async (name, accept) => await this.http.exchange({ ...rest, accept, path: `/${this.generation}${name}${search}` }), rest);
		const said = Date.parse(String(answer.headers.date ?? ''));
		if (Number.isFinite(said)) this.clockDifference = said - Date.now();
		return answer;
	}

	/** Asks under the present name of a path, and under its former one where this Kinbox has only that. */
	private async underItsName(asked: string, ask: (name: string, accept?: number[]) => Promise<Answer>, call: Call): Promise<Answer> {
		const present = call.method === 'GET' ? Object.keys(formerPaths).find((name) => asked === name || asked.startsWith(`${name}/`)) : undefined;
		if (present === undefined) return await ask(asked, call.accept);
		const formerly = formerPaths[present]! + asked.slice(present.length);
		if (this.former.has(present)) return await ask(formerly, call.accept);
		const answer = await ask(asked, [...(call.accept ?? []), 404]);
		if (answer.status !== 404 || call.accept?.includes(404)) return answer;
		if (!isUnknownCall(answer)) throw this.http.refusal(answer, call);
		const before = await ask(formerly, call.accept);
		this.former.add(present);
		return before;
	}

	/**
	 * Reads a list, whichever way its generation pages it: v3 by offset, v1 by cursor, some at once.
	 * Lists that do not page are read with {@link listAtOnce}.
	 */
	async list(path: string, query: Record<string, QueryValue>, wanted: Pick<Wanted, 'limit'>): Promise<Collected<IDataObject>> {
		const how = this.http.listing(wanted.limit);
		const pageSize = pageSizes[this.generation];
		if (this.generation === 'v3') {
			return await collectOffsets(async (offset, limit) => {
				const answer = await this.get<IDataObject>(path, { ...query, limit, offset });
				return { rows: rowsOf(answer), total: typeof answer.totalCount === 'number' ? answer.totalCount : undefined };
			}, pageSize, idOf, how);
		}
		const limit = Math.min(pageSize, wanted.limit ?? pageSize);
		const read = async (attempt: number): Promise<Collected<IDataObject>> => {
			let hasBegun = false;
			return await collectCursor(async (cursor) => {
				hasBegun = cursor !== undefined;
				const answer = await this.get<IDataObject>(path, { ...query, limit, cursor });
				return { rows: rowsOf(answer), next: cursorOf(answer.nextCursor) };
			}, idOf, how).catch(async (error: unknown) => {
				// The record that the cursor names may be gone meanwhile; then the list is read from the start.
				const isLost = hasBegun && attempt < readings && error instanceof NodeApiError && error.httpCode === '400';
				return isLost ? await read(attempt + 1) : await Promise.reject(error as Error);
			});
		};
		return await read(1);
	}

	/**
	 * Reads an export of v3, which takes windows of at most two hours: from end to end, several at a time.
	 *
	 * @param names query keys of the window's ends
	 * @param from milliseconds since 1970, included; so is `to`
	 */
	async listInWindows(path: string, query: Record<string, QueryValue>, names: { from: string; to: string }, from: number, to: number, limit?: number): Promise<IDataObject[]> {
		const width = 2 * 3_600_000;
		const rows = new Map<string, IDataObject>();
		for (let start = from; start <= to && rows.size < (limit ?? Infinity) && !this.http.signal?.aborted; start += width * exportsAtOnce) {
			const starts = Array.from({ length: exportsAtOnce }, (_, index) => start + index * width).filter((time) => time <= to);
			const windows = await Promise.all(starts.map(async (time) => await this.listAtOnce(path, {
				...query,
				[names.from]: new Date(time).toISOString(),
				// A millisecond short, so that no record stands in two windows.
				[names.to]: new Date(Math.min(time + width - 1, to)).toISOString(),
			})));
			for (const row of windows.flat()) rows.set(String(idOf(row) ?? rows.size), row);
		}
		return [...rows.values()].slice(0, limit);
	}

	/** Reads a list that has no pages. */
	async listAtOnce(path: string, query: Record<string, QueryValue> = {}, limit?: number): Promise<IDataObject[]> {
		const rows = rowsOf(await this.get<IDataObject>(path, query));
		return limit === undefined ? rows : rows.slice(0, limit);
	}

	/**
	 * Posts to an address that asks for no token. It is not repeated: whether it was carried out is not known then.
	 *
	 * @param url in full
	 * @throws NodeApiError when the answer is no success
	 */
	async postWithoutToken(url: string, body: IDataObject, headers: Record<string, string> = {}): Promise<IDataObject> {
		const { context } = this.http;
		const send = context.helpers.httpRequest({
			method: 'POST',
			url,
			body: JSON.stringify(body),
			headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' },
			timeout: defaultTimeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		}) as Promise<IN8nHttpFullResponse>;
		const answer = await send.catch(() => undefined);
		const hint = 'Copy the address again from Kinbox.';
		if (!answer) throw this.http.error(`${new URL(url).origin} could not be reached`, `${hint} It is not known whether Kinbox has got the data, so it was not sent again.`);
		if (answer.statusCode >= 300) {
			const said = messageIn(answer.body);
			const known: Record<number, string> = { 401: 'Kinbox did not accept the token of the credential', 404: 'Kinbox does not know this address' };
			throw this.http.error(known[answer.statusCode] ?? `Kinbox refused the data${said ? `: ${said}` : ` (HTTP ${answer.statusCode})`}`, hint, answer.statusCode);
		}
		return answer.body !== null && typeof answer.body === 'object' && !Array.isArray(answer.body) ? (answer.body as IDataObject) : {};
	}

	/** Posts to the address of a custom channel, which takes the token in a header of its own. */
	async postToChannel(url: string, body: IDataObject): Promise<IDataObject> {
		const { hostname, origin } = new URL(url);
		// The token goes to Kinbox only, wherever the address was copied from.
		if (!/(?:^|\.)kinbox\.com\.br$/i.test(hostname) && origin !== new URL(this.http.baseUrl).origin) {
			throw this.http.error(`${origin} is not an address of Kinbox`, 'Copy the address from the custom channel in Kinbox. It ends in kinbox.com.br.');
		}
		return await this.postWithoutToken(url, body, { 'x-api-token': this.token });
	}

	/**
	 * Makes sure that the credential's token opens the generation that has a feature.
	 *
	 * @param feature as people call it, e.g. "Dashboards"
	 */
	needs(generation: Generation, feature: string): void {
		if (this.generation === generation) return;
		throw this.http.error(
			`${feature} ${feature.endsWith('s') && !/^(?:The |\w+ing )/.test(feature) ? 'need' : 'needs'} the ${tokenNames[generation]}, but the credential holds the ${tokenNames[this.generation]}`,
			`Make a ${tokenNames[generation]} in Kinbox under Settings > Integrations > API, and choose it in a Kinbox API credential.`,
		);
	}
}

const idOf = (row: IDataObject) => (row.id ?? row._id) as string | number | undefined;

/** Kinbox answers bare arrays, {data} or {data, …}. */
function rowsOf(answer: IDataObject | IDataObject[]): IDataObject[] {
	const rows = Array.isArray(answer) ? answer : answer.data;
	return Array.isArray(rows) ? rows.filter((row): row is IDataObject => row !== null && typeof row === 'object') : [];
}

// An earlier vendor file typed nextCursor as an object.
function cursorOf(next: unknown): string | undefined {
	if (typeof next === 'string' || typeof next === 'number') return String(next);
	const id = next !== null && typeof next === 'object' ? (next as IDataObject).id : undefined;
	return id === undefined || id === null ? undefined : String(id);
}
