import type { IExecuteFunctions, IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';

import { isPrivateHost } from './addresses';
import { pause } from './pause';
import { withoutEnds } from '../values/ends';
import { table } from '../values/table';

/** How much is loaded for one event or item. */
export interface DownloadLimits {
	/** Bytes of one file, unpacked. */
	fileBytes: number;
	/** Bytes of all files together, unpacked. */
	totalBytes: number;
	/** How many files. */
	files: number;
	/** Milliseconds for all of them. */
	milliseconds: number;
	/** Milliseconds in each of which as many bytes have to come; a server that sends next to nothing would hold the event up. */
	stretch: number;
}

const megabyte = 1024 * 1024;

export const usualLimits: DownloadLimits = { fileBytes: 64 * megabyte, totalBytes: 128 * megabyte, files: 30, milliseconds: 120_000, stretch: 20_000 };

export interface DownloadOptions {
	limits?: Partial<DownloadLimits>;
	/** Whether addresses that only the own network knows may be asked. */
	allowPrivate?: boolean;
	/** Hosts, with port, that may be private: those that the credential names. */
	trusted?: string[];
}

export interface DownloadedFile {
	data: Buffer;
	mimeType: string;
	fileName: string;
}

/** Why a file was not loaded, in words for people; it names no address in full, since addresses may be signed. */
export class DownloadRefusal extends Error {}

/** In words: n8n writes a text of its own over messages that have such a code. */
const connectionWords: Record<string, string> = table({
	ECONNREFUSED: 'its server does not take connections',
	ENOTFOUND: 'its server does not exist',
	ECONNRESET: 'its server has ended the connection',
	ECONNABORTED: 'its server took too long',
	ETIMEDOUT: 'its server took too long',
});

/** How many times an address may lead to another one. */
const redirects = 5;

/** Loads the files of one event or item within common limits. No credential is sent: the addresses are signed, or public. */
export class Downloader {
	private readonly limits: DownloadLimits;
	private readonly end: number;
	private count = 0;
	private bytes = 0;

	constructor(private readonly context: IExecuteFunctions | IWebhookFunctions, private readonly options: DownloadOptions = {}) {
		this.limits = { ...usualLimits, ...options.limits };
		this.end = Date.now() + this.limits.milliseconds;
	}

	/**
	 * @param url where the file lies; what it leads to is checked like it
	 * @param size bytes as the vendor tells, where it does
	 * @throws DownloadRefusal
	 */
	async fetch(url: string, size = 0): Promise<DownloadedFile> {
		const { fileBytes, files } = this.limits;
		if ((this.count += 1) > files) throw new DownloadRefusal(`there are more than ${files} files`);
		if (size > fileBytes) throw tooLarge(fileBytes);
		const over = new AbortController();
		const left = this.end - Date.now();
		if (left <= 0) throw this.tooSlow();
		// Ends the request, and with it the reading, when time is up.
		void pause(left, over.signal).then(() => over.abort());
		return await this.follow(url, over)
			.catch(async (error: unknown) => await Promise.reject(this.refusalOf(over.signal.reason instanceof DownloadRefusal ? over.signal.reason : error)))
			.finally(() => { over.abort(); });
	}

	private refusalOf(error: unknown): DownloadRefusal {
		if (error instanceof DownloadRefusal) return error;
		if (Date.now() >= this.end) return this.tooSlow();
		const { code } = error as { code?: unknown };
		return new DownloadRefusal(connectionWords[String(code)] ?? 'its server could not be reached');
	}

	private tooSlow(): DownloadRefusal {
		return new DownloadRefusal(`it took longer than ${Math.round(this.limits.milliseconds / 1000)} seconds`);
	}

	private async follow(start: string, over: AbortController): Promise<DownloadedFile> {
		let url = start;
		for (let step = 0; step <= redirects; step += 1) {
			await this.check(url);
			const answer = (await this.context.helpers.httpRequest({
				url,
				method: 'GET',
				// What is not packed can be counted as it comes.
				headers: { 'accept-encoding': 'identity' },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: Math.min(60_000, Math.max(1, this.end - Date.now())),
				abortSignal: over.signal,
			})) as IN8nHttpFullResponse;
			const body = answer.body as unknown as Incoming;
			try {
				const { location } = answer.headers;
				if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
					if (!URL.canParse(location, url)) throw new DownloadRefusal('it leads to something that is no address');
					url = new URL(location, url).href;
					continue;
				}
				if (answer.statusCode >= 300 || answer.statusCode < 200) throw new DownloadRefusal(`its server answered with HTTP ${answer.statusCode}`);
				this.checkSocket(url, body);
				const declared = Number(answer.headers['content-length']);
				if (declared > this.limits.fileBytes) throw tooLarge(this.limits.fileBytes);
				const data = await this.read(body, over);
				return { data, mimeType: String(answer.headers['content-type'] ?? '').split(';')[0]!.trim().slice(0, 200) || 'application/octet-stream', fileName: fileNameOf(start) };
			} finally {
				body.destroy?.();
			}
		}
		throw new DownloadRefusal('it leads from address to address');
	}

	/** Reads piece by piece, so that a file that is too large, or grows when unpacked, is not held in memory. */
	private async read(body: Incoming, over: AbortController): Promise<Buffer> {
		const pieces: Buffer[] = [];
		let length = 0;
		void this.watch(() => length, over);
		for await (const piece of body) {
			length += piece.length;
			this.bytes += piece.length;
			if (length > this.limits.fileBytes) throw tooLarge(this.limits.fileBytes);
			if (this.bytes > this.limits.totalBytes) throw new DownloadRefusal(`the files together have more than ${sizeOf(this.limits.totalBytes)}`);
			pieces.push(Buffer.from(piece));
		}
		return Buffer.concat(pieces, length);
	}

	/** Ends a request whose answer comes by the byte. */
	private async watch(come: () => number, over: AbortController): Promise<void> {
		const { stretch } = this.limits;
		for (let before = 0; ; before = come()) {
			await pause(stretch, over.signal);
			if (over.signal.aborted) return;
			if (come() - before < stretch) over.abort(new DownloadRefusal('its server sends less than a kilobyte a second'));
		}
	}

	/** Anybody may send an address to a webhook; n8n must not fetch from its own network for them. */
	private async check(url: string): Promise<void> {
		if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new DownloadRefusal('its address is none of http or https');
		const { host, hostname } = new URL(url);
		if (this.mayBePrivate(host)) return;
		if (isPrivateHost(hostname)) throw toPrivate();
		const filter = egressFilterOf(this.context);
		if (filter && !(await filter.validateUrl(url)).ok) throw toPrivate();
	}

	/** An older n8n does not tell what a name leads to; the connection does. Behind a proxy it would be the proxy's. */
	private checkSocket(url: string, body: Incoming): void {
		if (this.mayBePrivate(new URL(url).host) || egressFilterOf(this.context)) return;
		const { remoteAddress } = body.socket ?? {};
		if (typeof remoteAddress !== 'string' || isPrivateHost(remoteAddress)) throw toPrivate();
	}

	private mayBePrivate(host: string): boolean {
		return this.options.allowPrivate === true || (this.options.trusted ?? []).includes(host);
	}
}

/** A body that comes piece by piece. */
interface Incoming extends AsyncIterable<Buffer> {
	destroy?(): void;
	socket?: { remoteAddress?: unknown };
}

/** n8n's own check of what an address leads to, since 2.40. */
function egressFilterOf(context: IExecuteFunctions | IWebhookFunctions): { validateUrl(url: string): Promise<{ ok: boolean }> } | undefined {
	const helpers = context.helpers as Partial<Pick<typeof context.helpers, 'getSecureEgressFilter'>>;
	return helpers.getSecureEgressFilter?.('enforced');
}

const sizeOf = (bytes: number) => (bytes >= megabyte ? `${Math.round(bytes / megabyte)} MB` : `${bytes} bytes`);
const tooLarge = (most: number) => new DownloadRefusal(`it is larger than ${sizeOf(most)}`);
const toPrivate = () => new DownloadRefusal('its address leads into a private network');

/** The host and port of an address, for {@link DownloadOptions.trusted}. */
export function hostOf(url: string): string[] {
	return URL.canParse(url) ? [new URL(url).host] : [];
}

/** The file name in an address, cleaned; "attachment" where it has none. */
export function fileNameOf(url: string): string {
	const last = URL.canParse(url) ? new URL(url).pathname.split('/').pop() ?? '' : '';
	try {
		return cleanFileName(decodeURIComponent(last));
	} catch {
		return cleanFileName(last);
	}
}

/** A name that can be written to any disk and into any header: no paths, no control or invisible characters, not too long. */
export function cleanFileName(name: string): string {
	const short = [...name.slice(0, 2000)].filter((character) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)).join('');
	const plain = withoutEnds((short.split(/[/\\]/).pop() ?? '').replace(/["<>:|?*]/g, '_').replace(/\s/g, ' '), '. ');
	if (plain.length <= 150) return plain || 'attachment';
	const dot = plain.lastIndexOf('.');
	const ending = dot > 0 && plain.length - dot <= 12 ? plain.slice(dot) : '';
	return `${plain.slice(0, 150 - ending.length)}${ending}`;
}
