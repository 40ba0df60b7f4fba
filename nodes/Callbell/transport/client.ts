import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Call, QueryValue, RequestContext, Vendor } from '../../shared/http/httpClient';
import { allowedHosts, baseAddress } from '../../shared/http/address';
import { HttpClient, path } from '../../shared/http/httpClient';
import { collectCursor, collectPages } from '../../shared/http/pagination';
import type { CallSettings } from '../../shared/operation/callOptions';
import { defaultGiveUpAfter, defaultTimeout } from '../../shared/operation/callOptions';
import { isSamePhone, phoneSpellings } from '../../shared/phone/compare';
import { ReadOnce } from '../../shared/values/readOnce';
import { explainCallbell } from './errors';
import { recordsOf } from '../../shared/values/read';

export const callbell: Vendor = {
	name: 'Callbell',
	credential: 'callbellApi',
	// Published: 300 requests a second, then 429 without Retry-After.
	limit: { requests: 300 },
	parallelRequests: 20,
	pages: { hosts: /(?:^|\.)callbell\.eu$/i },
	explain: explainCallbell,
};

/** Page numbers of contacts and messages stop here; beyond it only the cursor of this page leads on. */
export const lastPage = 500;

/** Pages at the top that are read again in any case: known rows may have moved up as well. */
const fewPages = 5;

/** What a list call wants: how many rows, and which. */
export interface WantedRows {
	/** Undefined for all. */
	limit?: number;
	/** Rows that Callbell's own filters let through and that are not wanted all the same. */
	keep?(row: IDataObject): boolean;
}

/** The credential as requests need it. */
export function readCredential({ token, baseUrl, signingSecret }: IDataObject): { baseUrl: string; token: string; secrets: string[] } {
	const bare = String(token ?? '').trim().replace(/^(bearer\s+)+/i, '');
	return { baseUrl: baseAddress(baseUrl, 'https://api.callbell.eu/v1'), token: bare, secrets: [bare, String(signingSecret ?? '')] };
}

/** The only place that knows Callbell's HTTP. Paths are relative to the credential's base URL. */
export class CallbellClient {
	private readonly templates = new ReadOnce<string>();
	private readonly channelTypes = new ReadOnce<string>();
	/** IDs of contacts by phone; read once for all items of a run. */
	private readonly ids = new ReadOnce<string>();

	constructor(readonly http: HttpClient) {}

	/** Opens a client with the node's credential. */
	static async connect(context: RequestContext, settings: Partial<CallSettings> = {}): Promise<CallbellClient> {
		const credential: ICredentialDataDecryptedObject = await context.getCredentials('callbellApi');
		const { baseUrl, secrets } = readCredential(credential);
		return new CallbellClient(new HttpClient(context, callbell, {
			baseUrl,
			secrets,
			timeout: settings.timeout ?? defaultTimeout,
			giveUpAfter: settings.giveUpAfter ?? defaultGiveUpAfter,
			parallelRequests: settings.parallelRequests,
			allowedHosts: allowedHosts(credential),
		}));
	}

	async get(address: string, query?: Call['query']): Promise<IDataObject> {
		return await this.http.request({ method: 'GET', path: address, query });
	}

	async post(address: string, body?: object): Promise<IDataObject> {
		return await this.http.request({ method: 'POST', path: address, body });
	}

	/** Sets fields; the same again changes nothing more, so it may be repeated. */
	async patch(address: string, body: object): Promise<IDataObject> {
		return await this.http.request({ method: 'PATCH', path: address, body, idempotent: true });
	}

	async put(address: string, body: object): Promise<IDataObject> {
		return await this.http.request({ method: 'PUT', path: address, body });
	}

	async delete(address: string): Promise<void> {
		await this.http.request({ method: 'DELETE', path: address, expect: 'anything' });
	}

	/** As {@link get}, but a record that Callbell does not know is undefined instead of an error. */
	async find(address: string, query?: Call['query']): Promise<IDataObject | undefined> {
		const answer = await this.http.exchange({ method: 'GET', path: address, query, accept: [404] });
		return answer.status === 404 ? undefined : (answer.body as IDataObject);
	}

	/**
	 * The contact with a phone on a channel, also when Callbell has its other spelling ({@link phoneSpellings}).
	 *
	 * @param e164 with plus sign
	 * @param channelId without it Callbell looks on the main WhatsApp channel
	 */
	async contactByPhone(e164: string, channelId?: string): Promise<IDataObject | undefined> {
		for (const spelling of phoneSpellings(e164)) {
			const answer = await this.find(path`/contacts/phone/${spelling.slice(1)}`, { channel_uuid: channelId });
			const contact = answer && contactIn(answer);
			// Somebody else is nobody.
			if (contact && (!contact.phoneNumber || isSamePhone(contact.phoneNumber, e164))) return contact;
		}
		return undefined;
	}

	/**
	 * The ID of a contact that is given by ID, or by phone with its plus sign, as the contacts of other nodes have it.
	 *
	 * @throws NodeApiError when no WhatsApp contact has the phone
	 */
	async contactId(reference: string): Promise<string> {
		if (!reference.startsWith('+')) return reference;
		const phone = `+${reference.replace(/\D/g, '')}`;
		// Who is not there may come.
		return await this.ids.get(phone, async () => await this.idByPhone(phone));
	}

	private async idByPhone(phone: string): Promise<string> {
		const contact = await this.contactByPhone(phone);
		if (!contact?.uuid) throw this.http.error(`Callbell has no contact with the phone ${phone}`, 'Callbell looks on the main WhatsApp channel. Use Get by Phone for another one.', 404);
		return String(contact.uuid);
	}

	/** What lets items of one contact run one after the other, however they name it. */
	async contactKey(reference: string): Promise<string> {
		return await this.contactId(reference).catch(() => reference);
	}

	/** A template; read once for all items of a run. */
	async template(id: string): Promise<IDataObject> {
		return await this.templates.get(id, async () => recordIn(await this.get(path`/templates/${id}`), 'template', 'templates'));
	}

	/** Of what type a channel is, in Callbell's word; read once for all items of a run. */
	async channelType(id: string): Promise<string> {
		return await this.channelTypes.get(id, async () => String(recordIn(await this.get(path`/channels/${id}`), 'channel').type ?? ''));
	}

	/** Rows that came to the top while the end of a long list was read: the first pages, until one has nothing new. */
	private async movedUp(known: Array<string | undefined>, fetchPage: (page: number) => Promise<IDataObject[]>, idOf: (row: IDataObject) => string | undefined): Promise<IDataObject[]> {
		const seen = new Set(known);
		const found: IDataObject[] = [];
		for (let page = 1; page <= lastPage && !this.http.signal?.aborted; page += 1) {
			const fresh = (await fetchPage(page)).filter((row) => idOf(row) !== undefined && !seen.has(idOf(row)));
			for (const row of fresh) seen.add(idOf(row));
			found.push(...fresh);
			if (fresh.length === 0 && page >= fewPages) break;
		}
		return found;
	}

	/**
	 * Reads a list by page numbers until `meta.pages`; pages beyond {@link lastPage} through the cursor.
	 *
	 * @param key under which the rows stand: "contacts"
	 * @param rowId field that tells rows apart; rows without it are all kept
	 */
	async list(address: string, key: string, query: Record<string, QueryValue> = {}, { limit, keep: keepRow }: WantedRows = {}, rowId = 'uuid'): Promise<IDataObject[]> {
		const filtered = keepRow !== undefined;
		const keep = keepRow ?? (() => true);
		const idOf = (row: IDataObject) => row[rowId] as string | undefined;
		const wanted = new Set<unknown>();
		const enough = () => wanted.size >= (limit ?? Infinity);
		const rowsOf = (answer: IDataObject) => {
			const rows = recordsOf(answer[key]);
			for (const row of rows) if (keep(row)) wanted.add(idOf(row) ?? row);
			return rows;
		};
		let cursor: string | undefined;
		const byPage = await collectPages({ newsFirst: limit === undefined, fetchPage: async (page) => {
			const answer = await this.get(address, { ...query, page });
			const meta = metaOf(answer);
			const rows = rowsOf(answer);
			if (page === lastPage && page < (meta.pages ?? 0)) cursor = meta.next;
			return {
				rows,
				// Page sizes are not published; the number of pages is. How many of them hold enough wanted rows is known
				// only when all rows are wanted.
				pages: filtered && limit !== undefined ? undefined : Math.min(meta.pages ?? 1, lastPage, Math.ceil((limit ?? Infinity) / Math.max(1, rows.length))),
				last: page >= Math.min(meta.pages ?? 1, lastPage) || (filtered && enough()),
			};
		} }, 1, idOf, this.http.listing(filtered ? undefined : limit));

		const byCursor = cursor === undefined || enough() ? { rows: [] } : await collectCursor(async (after) => {
			const answer = await this.get(address, { ...query, after: after ?? cursor });
			return { rows: rowsOf(answer), next: enough() ? null : metaOf(answer).next };
		}, idOf, this.http.listing());

		const seen = new Set(byPage.rows.map(idOf));
		const rows = [...byPage.rows, ...byCursor.rows.filter((row) => idOf(row) === undefined || !seen.has(idOf(row)))];
		if (cursor !== undefined && limit === undefined) rows.push(...(await this.movedUp(rows.map(idOf), async (page) => rowsOf(await this.get(address, { ...query, page })), idOf)));
		return rows.filter(keep).slice(0, limit);
	}
}

/** The contact of an answer: samples and live service disagree whether it is an object or a list of one. */
export function contactIn(answer: IDataObject): IDataObject {
	return recordIn(answer, 'contact');
}

/** The record under the first of the keys that the answer has; a list of one counts as its entry. */
export function recordIn(answer: IDataObject, ...keys: string[]): IDataObject {
	const key = keys.find((name) => answer[name] !== undefined);
	const value = key === undefined ? undefined : answer[key];
	const record: unknown = Array.isArray(value) ? value[0] : value;
	return record !== null && typeof record === 'object' ? (record as IDataObject) : {};
}

/** The paging block of a list; `next` of the last page is null. */
function metaOf(answer: IDataObject): { page?: number; pages?: number; next?: string } {
	const meta = (answer.meta ?? {}) as IDataObject;
	return {
		page: typeof meta.page === 'number' ? meta.page : undefined,
		pages: typeof meta.pages === 'number' ? meta.pages : undefined,
		next: typeof meta.next === 'string' && meta.next !== '' ? meta.next : undefined,
	};
}
