import type { IBinaryData, INodeProperties } from 'n8n-workflow';

import type { Item } from '../operation/item';
import type { FileKind } from '../whatsapp/files';
import { unfitFile } from '../whatsapp/files';
import { encodeAddress } from '../whatsapp/words';
import { fileType, unknownType } from './fileType';

/** Hosts that nobody outside can reach. */
const privateHost = /^(localhost|.*\.(local|localhost|internal|lan)|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/i;

/**
 * Address or input file, for services that take no uploads but fetch the file themselves.
 *
 * @param prefix keeps the field names of several such pairs apart
 * @param kind what the file is, in Title Case
 * @param service name of the service that fetches it
 */
export function fileProperties(prefix: string, show: Record<string, string[]>, kind: string, service: string): INodeProperties[] {
	return [
		{
			displayName: `${kind} From`,
			name: `${prefix}Source`,
			type: 'options',
			displayOptions: { show },
			options: [
				{ name: 'Input File', value: 'binary', description: `A file of the input item; ${service} fetches it from this n8n, which must be reachable from the internet` },
				{ name: 'URL', value: 'url', description: 'A file that is public on the web' },
			],
			default: 'url',
			description: `Where the file comes from; ${service} takes no uploads, it fetches the file itself`,
		},
		{
			displayName: `${kind} URL`,
			name: `${prefix}Url`,
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { ...show, [`${prefix}Source`]: ['url'] } },
			placeholder: 'e.g. https://example.com/offer.jpg',
			description: 'Public address of the file',
		},
		{
			displayName: 'Input Data Field Name',
			name: `${prefix}Field`,
			type: 'string',
			default: 'data',
			required: true,
			displayOptions: { show: { ...show, [`${prefix}Source`]: ['binary'] } },
			placeholder: 'e.g. data',
			description: 'The field of the input item that holds the file',
		},
	];
}

/** A file at an address. */
export interface PublicFile {
	url: string;
	name?: string;
}

/**
 * Reads the fields of {@link fileProperties}.
 *
 * @throws NodeOperationError as {@link signedFile} and {@link checkReachable}
 */
export function readFile(item: Item, prefix: string, service: string): PublicFile {
	if (item.choice(`${prefix}Source`, ['binary', 'url'] as const) !== 'binary') {
		// A blank in an address is one that was not encoded.
		const url = encodeAddress(item.required(`${prefix}Url`));
		return { url: /^https?:\/\//i.test(url) && URL.canParse(url) ? url : item.url(`${prefix}Url`)! };
	}
	const file = signedFile(item, `${prefix}Field`);
	checkReachable(item, `${prefix}Field`, file.url, service);
	return file;
}

/** A field with a file that WhatsApp would not take as what it is to be. */
export interface UnfitFile {
	field: string;
	what: string;
	advice: string;
}

/** What is wrong with the file that {@link readFile} has read, by its declared type and by its name. */
function unfitKind(item: Item, prefix: string, file: PublicFile, as?: FileKind): UnfitFile | undefined {
	const isInput = item.choice(`${prefix}Source`, ['binary', 'url'] as const) === 'binary';
	const field = isInput ? `${prefix}Field` : `${prefix}Url`;
	if (!isInput) return unfitAddress(field, file.url, as);
	const { mimeType, bytes } = item.context.helpers.assertBinaryData(item.index, item.raw(field) as string) as IBinaryData & { bytes?: number };
	const type = fileType(mimeType, file.name, new Uint8Array());
	const unfit = unfitFile({ type: type === unknownType ? undefined : type, name: file.name, size: bytes }, as);
	return unfit && { field, ...unfit };
}

/** The same for an input file of which neither type nor name tells what it is: its first bytes do. A file at an address is not looked into. */
async function unfitContent(item: Item, prefix: string, as?: FileKind): Promise<UnfitFile | undefined> {
	if (item.choice(`${prefix}Source`, ['binary', 'url'] as const) !== 'binary') return undefined;
	const field = `${prefix}Field`;
	const { helpers } = item.context;
	const { id, data, mimeType, fileName } = helpers.assertBinaryData(item.index, item.raw(field) as string);
	if (fileType(mimeType, fileName, new Uint8Array()) !== unknownType) return undefined;
	const type = fileType(undefined, undefined, id === undefined ? Buffer.from(data.slice(0, 64), 'base64') : await firstBytes(await helpers.getBinaryStream(id, 64)));
	const unfit = type === unknownType ? undefined : unfitFile({ type, name: fileName }, as);
	return unfit && { field, ...unfit };
}

/** What is wrong with a file, by all that tells what it is. */
export async function unfitInAnyWay(item: Item, prefix: string, file: PublicFile, as?: FileKind): Promise<UnfitFile | undefined> {
	return unfitKind(item, prefix, file, as) ?? (await unfitContent(item, prefix, as));
}

/** Refuses a file that WhatsApp would not take as what it is to be, as far as that is known without looking into it. */
export function refuseUnfitFile(item: Item, prefix: string, file: PublicFile, as?: FileKind): void {
	refuseUnfit(item, unfitKind(item, prefix, file, as));
}

/** Looks into an input file of which neither type nor name tells what it is. */
export async function refuseUnfitContent(item: Item, prefix: string, as?: FileKind): Promise<void> {
	refuseUnfit(item, await unfitContent(item, prefix, as));
}

function refuseUnfit(item: Item, unfit: UnfitFile | undefined): void {
	if (unfit) throw item.refuse(unfit.field, unfit.what, unfit.advice);
}

async function firstBytes(stream: AsyncIterable<unknown>): Promise<Buffer> {
	// Leaving the loop closes the file.
	for await (const chunk of stream) return Buffer.from(chunk as Uint8Array);
	return Buffer.alloc(0);
}

/** The same for a file at an address, whose ending tells what it is. */
export function refuseUnfitAddress(item: Item, field: string, url: string, as?: FileKind): void {
	refuseUnfit(item, unfitAddress(field, url, as));
}

function unfitAddress(field: string, url: string, as?: FileKind): UnfitFile | undefined {
	const unfit = unfitFile({ name: new URL(url).pathname.split('/').pop() }, as);
	return unfit && { field, ...unfit };
}

const otherwise = "Put the file where it is public, and choose 'URL' instead.";

/**
 * A temporary address of an input file on this n8n, good for a day.
 *
 * @param field name of the field that names the input file
 * @throws NodeOperationError when n8n cannot give one
 */
export function signedFile(item: Item, field: string): PublicFile {
	item.required(field);
	return signedData(item, field, item.context.helpers.assertBinaryData(item.index, item.raw(field) as string));
}

/** As {@link signedFile}, for a file that the node has made. */
export function signedData(item: Item, field: string, file: IBinaryData): PublicFile {
	const { helpers } = item.context;
	if (typeof helpers.createBinarySignedUrl !== 'function') {
		throw item.refuse(field, 'cannot be sent: this version of n8n gives files no temporary address', `Update n8n. ${otherwise}`);
	}
	if (!file.id) {
		throw item.refuse(field, 'cannot be sent: this n8n keeps files in memory, so they have no address', `Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem or s3. ${otherwise}`);
	}
	return { url: helpers.createBinarySignedUrl(file, '1 day'), name: file.fileName };
}

/**
 * Refuses an address of this n8n that the service cannot open.
 *
 * @param serviceUrl address of the service; one on a private network reaches its neighbours
 */
export function checkReachable(item: Item, field: string, url: string, service: string, serviceUrl?: string): void {
	if (URL.canParse(url) && !isPrivate(url)) return;
	if (URL.canParse(url) && serviceUrl !== undefined && isPrivate(serviceUrl)) return;
	throw item.refuse(field, `cannot be sent: ${service} cannot reach this n8n from the internet`, `Its address is ${URL.canParse(url) ? new URL(url).origin : 'not set'}; set WEBHOOK_URL to the public one. ${otherwise}`);
}

function isPrivate(url: string): boolean {
	return privateHost.test(new URL(url).hostname);
}
