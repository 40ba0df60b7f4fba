import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, RequestContext, Vendor } from '../../shared/http/httpClient';
import { allowedHosts } from '../../shared/http/address';
import { HttpClient } from '../../shared/http/httpClient';
import type { Collected, Order, Page } from '../../shared/http/pagination';
import { collectPages } from '../../shared/http/pagination';
import type { RateLimit } from '../../shared/http/rateLimit';
import type { CallSettings } from '../../shared/operation/callOptions';
import { defaultGiveUpAfter, defaultTimeout } from '../../shared/operation/callOptions';
import { ReadOnce } from '../../shared/values/readOnce';
import { readAddress } from './answers';
import { compareWithAnswer } from './asked';
import { explainChatwoot } from './errors';
import { namingUnknown } from './unknownRecord';
import { table } from '../../shared/values/table';

export const chatwoot: Vendor = {
	name: 'Chatwoot',
	credential: 'chatwootAccessTokenApi',
	// 3000 a minute and address, as the server's own throttle has it.
	limit: { requests: 3000, windowMs: 60_000 },
	furtherLimits: chatwootLimits,
	// The limit of messages for a conversation is told as a failed validation.
	throttles: ({ status, body }) => status === 422 && /too many messages/i.test(messageIn(body) ?? ''),
	// Rails' own 500 to a read comes again each time: a value that it cannot read, a record that is not there.
	stumbles: ({ status, body }, { method, path }) => status === 500 && (method === 'GET' || path.endsWith('/filter')) && (body as IDataObject | null)?.error === 'Internal Server Error',
	plainHttp: (hostname) => !/(?:^|\.)chatwoot\.com$/i.test(hostname),
	parallelRequests: 10,
	pages: { account: /\/accounts\/(\d+)(?:\/|$)/ },
	explain: explainChatwoot,
};

/** The narrower limits of the server, each told in the words of its documentation. */
function chatwootLimits({ method, path }: Call): Array<{ key: string; limit: RateLimit }> {
	const perMinute = (key: string, requests: number, words: string) => [{ key, limit: { requests, windowMs: 60_000, words } }];
	// Not counted here: servers of one's own may have another number, and one that has none must not be slowed down.
	const perHour = (key: string, words: string) => [{ key, limit: { words, failSoon: true } }];
	if (method === 'GET' && path.endsWith('/contacts/search')) return perMinute('contact search', 100, '100 searches of contacts a minute');
	if (method === 'GET' && path.endsWith('/conversations/meta')) return perMinute('conversation counts', 30, '30 counts of conversations a minute');
	if (path.startsWith('/api/v2/')) return perMinute('reports', 100, '100 reports a minute');
	if (method !== 'POST') return [];
	if (/\/conversations\/\d+\/messages$/.test(path)) return perMinute(`messages ${path}`, 200, '200 messages a minute in one conversation');
	if (path.endsWith('/upload')) return perHour('uploads', '60 uploads an hour');
	if (/\/conversations\/\d+\/transcript$/.test(path)) return perHour('transcripts', '1,000 transcripts an hour');
	return [];
}

type Query = Call['query'];

/** The credential as requests need it; the account is its default, or the one in its address. */
export function readCredential({ url, accessToken, accountId, hmacToken, webhookSecret }: IDataObject): { baseUrl: string; account?: string; token: string; hmacToken?: string; secrets: string[] } {
	const { baseUrl, account } = readAddress(url);
	const token = String(accessToken ?? '').trim();
	const hmac = String(hmacToken ?? '').trim();
	return { baseUrl, account: String(accountId ?? '').trim() || account, token, hmacToken: hmac || undefined, secrets: [token, hmac, ...String(webhookSecret ?? '').split(',').map((secret) => secret.trim())] };
}

/**
 * The only place that knows Chatwoot's HTTP. Almost everything happens inside an account: see
 * {@link ChatwootClient.account}.
 */
export class ChatwootClient {
	private readonly accounts = new Map<string, AccountClient>();
	private readonly origins = new WeakMap<object, AccountClient>();
	private readonly once = new ReadOnce<string>();

	constructor(readonly http: HttpClient, private readonly defaultAccount?: string, /** Of the credential; signs identifiers of contacts. */ readonly hmacToken?: string) {}

	/** Opens a client with the node's credential. */
	static async connect(context: RequestContext, settings: Partial<CallSettings> = {}): Promise<ChatwootClient> {
		const credential: IDataObject = await context.getCredentials('chatwootAccessTokenApi');
		const { baseUrl, account, hmacToken, secrets } = readCredential(credential);
		const http = new HttpClient(context, chatwoot, {
			baseUrl,
			secrets,
			timeout: settings.timeout ?? defaultTimeout,
			giveUpAfter: settings.giveUpAfter ?? defaultGiveUpAfter,
			parallelRequests: settings.parallelRequests,
			allowedHosts: allowedHosts(credential),
		});
		if (account !== undefined && !/^\d+$/.test(account)) {
			throw http.error("'Default Account ID' in the credential is not a number", "It is the number after /accounts/ in the browser's address.");
		}
		return new ChatwootClient(http, account, hmacToken);
	}

	/**
	 * The account to work in.
	 *
	 * @param id as chosen in the node; else the credential's default, the number in its URL, or the
	 * first account of the token's owner
	 */
	async account(id: string | undefined): Promise<AccountClient> {
		const chosen = id ?? this.defaultAccount ?? (await this.once.get('first account', async () => await this.findFirstAccount()));
		let account = this.accounts.get(chosen);
		if (!account) {
			account = new AccountClient(this, chosen);
			this.accounts.set(chosen, account);
		}
		return account;
	}

	private async findFirstAccount(): Promise<string> {
		const [first] = await this.ownAccounts();
		if (!first) throw this.http.error('The access token belongs to no account', "Pick an account under 'Account', or enter 'Default Account ID' in the credential.");
		return String(first.id);
	}

	/** The accounts that the token's owner works in (`getProfile`). */
	async ownAccounts(): Promise<IDataObject[]> {
		const { accounts } = await this.get<{ accounts?: IDataObject[] }>('/api/v1/profile');
		return Array.isArray(accounts) ? accounts : [];
	}

	/** As {@link ownAccounts}, once; none when they cannot be asked for. */
	async ownAccountsOnce(): Promise<IDataObject[]> {
		return await this.once.get('accounts or none', async () => await this.ownAccounts().catch(() => []));
	}

	/** The ID of the token's owner, asked for once. */
	async ownId(): Promise<number> {
		return await this.once.get('owner', async () => Number((await this.get('/api/v1/profile')).id));
	}

	/** Whether the token belongs to an agent bot, asked for once: bots may read next to nothing. */
	async isBot(): Promise<boolean> {
		return await this.once.get('bot', async () => {
			const { status, body } = await this.http.exchange({ method: 'GET', path: '/api/v1/profile', accept: [401] });
			return status === 401 && /for bots/i.test(messageIn(body) ?? '');
		});
	}

	/** The server's version as numbers, e.g. [4, 15, 1] (`getServerInfo`). */
	async serverVersion(): Promise<number[]> {
		const version = await this.once.get('version', async () => String((await this.get<{ version?: string }>('/api')).version ?? ''));
		return (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);
	}

	/** As {@link serverVersion}; empty when it cannot be asked, which is tried once. */
	private async knownVersion(): Promise<number[]> {
		return await this.once.get('version or none', async () => await this.serverVersion().catch((): number[] => []));
	}

	/** Whether the server is surely of a version such as "4.17" or newer: for what an older one would get wrong without a word. */
	async serverIsSurelyAtLeast(version: string): Promise<boolean> {
		return (await this.knownVersion()).length > 0 && (await this.serverIsAtLeast(version));
	}

	/** Whether the server is at least of a version such as "4.12"; an unknown version counts as new. */
	async serverIsAtLeast(version: string): Promise<boolean> {
		const own = await this.serverVersion();
		if (own.length === 0) return true;
		const wanted = version.split('.').map(Number);
		for (const [index, number] of wanted.entries()) {
			const difference = (own[index] ?? 0) - number;
			if (difference !== 0) return difference > 0;
		}
		return true;
	}

	/**
	 * Refuses what the server is too old for; a server that does not tell its version is taken for a new one.
	 *
	 * @param since first release that has it
	 * @param what as people call it
	 */
	async requireVersion(since: string, what: string): Promise<void> {
		const own = await this.knownVersion();
		if (own.length === 0 || (await this.serverIsAtLeast(since))) return;
		throw this.http.error(`This Chatwoot is too old for '${what}'`, `It came with version ${since}; the server has ${own.join('.')}. Update Chatwoot.`);
	}

	async get<Body = IDataObject>(path: string, query?: Query): Promise<Body> {
		return await this.http.request<Body>({ method: 'GET', path, query });
	}

	/** Remembers which account records come from, for their links. */
	remember(records: unknown, account: AccountClient): void {
		for (const record of Array.isArray(records) ? (records as unknown[]) : [records]) {
			if (record !== null && typeof record === 'object') this.origins.set(record, account);
		}
	}

	/** Where a person opens a record in Chatwoot, e.g. below "contacts/12". */
	linkTo(record: object, page: string): string | null {
		return this.origins.get(record)?.link(page) ?? null;
	}
}

/** Chatwoot's HTTP inside one account; paths are given without it ("/contacts"). */
export class AccountClient {
	private readonly once = new ReadOnce<string>();

	constructor(readonly client: ChatwootClient, readonly id: string) {}

	get http(): HttpClient {
		return this.client.http;
	}

	/** An address of the dashboard. */
	link(page: string): string {
		return `${this.http.baseUrl}/app/accounts/${this.id}/${page}`;
	}

	async get<Body = IDataObject>(path: string, query?: Query): Promise<Body> {
		return await this.send<Body>({ method: 'GET', path, query });
	}

	/** Makes something; not repeated when it may have happened already. */
	async post<Body = IDataObject>(path: string, body?: object, query?: Query): Promise<Body> {
		return await this.send<Body>({ method: 'POST', path, body, query });
	}

	/** A POST that asks, or sets what the same again would set: repeating it does no harm. */
	async postAgain<Body = IDataObject>(path: string, body?: object, query?: Query): Promise<Body> {
		return await this.send<Body>({ method: 'POST', path, body, query, idempotent: true });
	}

	/** Sets fields; the same again changes nothing more, so it may be repeated. */
	async patch<Body = IDataObject>(path: string, body?: object): Promise<Body> {
		return await this.send<Body>({ method: 'PATCH', path, body, idempotent: true });
	}

	/** Carries out what is answered with nothing, or with what nobody needs. */
	async tell(call: Pick<Call, 'method' | 'path'> & Partial<Call>): Promise<void> {
		await this.send({ expect: 'anything', ...call });
	}

	async delete(path: string, body?: object): Promise<void> {
		await this.tell({ method: 'DELETE', path, body });
	}

	/** Sends any call to the account. */
	async send<Body = IDataObject>(call: Call): Promise<Body> {
		return (await this.exchange(call)).body as Body;
	}

	/** As {@link send}, with the status, for calls that accept some refusals. What was written is compared with the answer. */
	async exchange(call: Call): Promise<Answer> {
		const answer = await this.http.exchange(this.inside(call)).catch(async (error: unknown) => {
			throw error instanceof NodeApiError ? await namingUnknown(this, call, error) : error;
		});
		if (answer.status < 300) compareWithAnswer(this.http, call, answer.body);
		return answer;
	}

	/** The error of an answer that {@link exchange} gave back. */
	refusal(answer: Answer, call: Call) {
		return this.http.refusal(answer, this.inside(call));
	}

	/** As {@link refusal}, saying which of the IDs in the call the account lacks. */
	async namedRefusal(answer: Answer, call: Call): Promise<NodeApiError> {
		return await namingUnknown(this, call, this.refusal(answer, call));
	}

	/** A GET that is sent once for a run of the node: lists and settings that its items look into. */
	async exchangeOnce(call: Call): Promise<Answer> {
		return await this.once.get(call.path, async () => await this.exchange(call));
	}

	/** The accounts of the token's owner, asked for once; none for bots. */
	async ownAccountsOnce(): Promise<IDataObject[]> {
		return await this.client.ownAccountsOnce();
	}

	/** As {@link exchangeOnce}, the body alone. */
	async getOnce<Body = IDataObject>(path: string): Promise<Body> {
		return (await this.exchangeOnce({ method: 'GET', path })).body as Body;
	}

	/** A call of the second generation of the API (reports). */
	async getV2<Body = IDataObject>(path: string, query?: Query): Promise<Body> {
		return await this.sendOutside<Body>({ method: 'GET', path: `/api/v2/accounts/${this.id}${path}`, query });
	}

	/** A call that concerns the account, with an address of its own; what it does not know is named. */
	async sendOutside<Body = IDataObject>(call: Call): Promise<Body> {
		return await this.http.request<Body>(call).catch(async (error: unknown) => {
			throw error instanceof NodeApiError ? await namingUnknown(this, call, error) : error;
		});
	}

	private inside(call: Call): Call {
		return { ...call, path: `/api/v1/accounts/${this.id}${call.path}` };
	}

	/**
	 * Reads a list page by page.
	 *
	 * @param fetchPage page number from 1, and one of the orders
	 * @param pageSize rows on a full page
	 * @param orders those in which the server can list it
	 */
	async collect(fetchPage: FetchPage, pageSize: number, limit?: number, { sort, others = [], compare }: Orders = {}): Promise<Collected<IDataObject>> {
		const inOrder = (order: string | undefined): Order<IDataObject> => ({ fetchPage: async (page) => await fetchPage(page, order), grows: order === undefined ? undefined : growth[order] });
		const orders = others.filter((other) => other !== sort).map(inOrder);
		return await collectPages(inOrder(sort), pageSize, idOf, this.http.listing(limit), orders.length ? { orders, compare } : undefined);
	}

	/**
	 * Reads a list whose page size is a setting of the server: the first page shows it.
	 *
	 * @param usualSize rows on a full page, unless the server is set up otherwise
	 */
	async collectUnknownSize(fetchPage: FetchPage, usualSize: number, limit?: number, orders: Orders = {}): Promise<Collected<IDataObject>> {
		const first = await fetchPage(1, orders.sort);
		const size = first.rows.length;
		// A short first page is the whole list, unless the server says that there is more.
		const pageSize = size > 0 && size < (first.total ?? first.upTo ?? size) ? size : Math.max(size, usualSize);
		let unused: Page<IDataObject> | undefined = first;
		return await this.collect(async (page, sort) => {
			const kept = unused;
			unused = undefined;
			return kept ?? (await fetchPage(page, sort));
		}, pageSize, limit, orders);
	}
}

type FetchPage = (page: number, sort?: string) => Promise<Page<IDataObject>>;

/** The orders in which a list can be read. */
export interface Orders {
	/** The one that was asked for, as the server calls it. */
	sort?: string;
	/** Those in which the whole list is read again when it may not have been whole, the safest first. */
	others?: string[];
	/** The order of the output, when it is put together from several readings. */
	compare?: (one: IDataObject, other: IDataObject) => number;
}

/** Orders by creation, in which new rows come in at one end. */
const growth: Record<string, Order<IDataObject>['grows']> = table({ '-created_at': 'start', created_at: 'end', created_at_desc: 'start', created_at_asc: 'end' });

const idOf = (row: IDataObject) => row.id as string | number | undefined;
// These texts are fixed in the server's code, whatever the language of the account.
