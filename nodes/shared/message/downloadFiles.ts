import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { cleanFileName, Downloader, hostOf } from '../http/download';
import type { HttpClient } from '../http/httpClient';
import type { Item } from '../operation/item';
import { privateFilesField } from './receiveFiles';

/** What {@link readFileTarget} reads. */
export const fileTargetFields: INodeProperties[] = [
	{
		displayName: 'Put Output File in Field',
		name: 'binaryName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		description: 'Name of the binary field; more files of the same message get _1, _2 and so on behind it',
	},
	privateFilesField,
];

/** Where files go, and from where they may come. */
export interface FileTarget {
	binaryName: string;
	allowPrivate: boolean;
}

export function readFileTarget(item: Item): FileTarget {
	return { binaryName: item.required('binaryName'), allowPrivate: item.boolean('privateFiles') === true };
}

/** A file to load. */
export interface RemoteFile {
	url: string;
	/** Bytes as the vendor tells, where it does. */
	size?: number;
	/** The name that the vendor tells, where it does. */
	name?: string;
}

/**
 * Loads the files of a message: all of them, or none.
 *
 * @param json the item that carries them
 * @param advice what to do when one cannot be had
 * @throws NodeApiError with the reason
 */
export async function downloadFiles(http: HttpClient, item: Item, files: RemoteFile[], { binaryName, allowPrivate }: FileTarget, { json, advice }: { json: IDataObject; advice: string }): Promise<INodeExecutionData[]> {
	const downloader = new Downloader(item.context, { trusted: hostOf(http.baseUrl), allowPrivate });
	const binary: INodeExecutionData['binary'] = {};
	for (const [index, { url, size, name }] of files.entries()) {
		const file = await downloader.fetch(url, size).catch((error: Error) => {
			throw http.error(`A file of the message could not be fetched: ${error.message}`, advice);
		});
		binary[index === 0 ? binaryName : `${binaryName}_${index}`] = await item.context.helpers.prepareBinaryData(file.data, name ? cleanFileName(name) : file.fileName, file.mimeType);
	}
	return [{ json, binary }];
}
