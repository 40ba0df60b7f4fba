import type { IBinaryData, INodeProperties } from 'n8n-workflow';

import type { Item } from '../shared/fields';

/** Hosts that Callbell's servers cannot reach. */
const privateHost = /^(localhost|.*\.(local|localhost|internal|lan)|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/i;

/** Address or input file; `prefix` keeps the field names of several such pairs apart. */
export function fileProperties(prefix: string, show: Record<string, string[]>, kind: string): INodeProperties[] {
	return [
		{
			displayName: `${kind} From`,
			name: `${prefix}Source`,
			type: 'options',
			displayOptions: { show },
			options: [
				{ name: 'Input File', value: 'binary', description: 'A file of the input item; Callbell fetches it from this n8n, which must be reachable from the internet' },
				{ name: 'URL', value: 'url', description: 'A file that is public on the web' },
			],
			default: 'url',
			description: 'Where the file comes from; Callbell takes no uploads, it fetches the file itself',
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

/** A file that Callbell can fetch. */
export interface PublicFile {
	url: string;
	name?: string;
}

/** Reads the fields of {@link fileProperties}. */
export function readFile(item: Item, prefix: string): PublicFile {
	if (item.choice(`${prefix}Source`, ['binary', 'url'] as const) !== 'binary') {
		item.required(`${prefix}Url`);
		return { url: item.url(`${prefix}Url`)! };
	}
	return signedFile(item, `${prefix}Field`);
}

/**
 * A temporary address of an input file on this n8n, good for a day.
 *
 * @throws NodeOperationError when n8n cannot give one, or nobody outside could open it
 */
function signedFile(item: Item, field: string): PublicFile {
	const { helpers } = item.context;
	const otherwise = "Put the file where it is public, and choose 'URL' instead.";
	item.required(field);
	const file: IBinaryData = helpers.assertBinaryData(item.index, item.raw(field) as string);
	if (typeof helpers.createBinarySignedUrl !== 'function') {
		throw item.refuse(field, 'cannot be sent: this version of n8n gives files no temporary address', `Update n8n. ${otherwise}`);
	}
	if (!file.id) {
		throw item.refuse(field, 'cannot be sent: this n8n keeps files in memory, so they have no address', `Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem or s3. ${otherwise}`);
	}
	const url = helpers.createBinarySignedUrl(file, '1 day');
	if (!URL.canParse(url) || privateHost.test(new URL(url).hostname)) {
		throw item.refuse(field, 'cannot be sent: Callbell cannot reach this n8n from the internet', `Its address is ${URL.canParse(url) ? new URL(url).origin : 'not set'}; set WEBHOOK_URL to the public one. ${otherwise}`);
	}
	return { url, name: file.fileName };
}
