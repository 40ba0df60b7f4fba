import type { IBinaryKeyData, INodeExecutionData, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import type { DownloadOptions } from '../http/download';
import { Downloader, fileNameOf } from '../http/download';

/** A file of a message that a trigger received. */
export interface MessageFile {
	/** Its place in the message; the field of the binary data is called by it. */
	index: number;
	url: string;
	/** Bytes as the vendor tells, where it does. */
	size?: number;
}

/** For files that lie in the own network. */
export const privateFilesField: INodeProperties = {
	displayName: 'Files From Private Addresses',
	name: 'privateFiles',
	type: 'boolean',
	default: false,
	description: "Whether files may also be fetched from addresses of n8n's own machine and network. Whoever can send events could make n8n fetch from there; the server of the credential is allowed anyway.",
};

/**
 * Loads the files of a message into the item's binary data: attachment_0, attachment_1 and so on. What cannot be loaded is
 * named in `filesNotFetched`, with the reason; the event starts the workflow in any case.
 */
export async function addFiles(context: IWebhookFunctions, item: INodeExecutionData, files: MessageFile[], trusted: string[] = [], limits?: DownloadOptions['limits']): Promise<void> {
	const binary: IBinaryKeyData = {};
	const missing: string[] = [];
	const reasons: string[] = [];
	const downloader = new Downloader(context, { trusted, limits, allowPrivate: context.getNodeParameter('privateFiles', false) === true });
	for (const { index, url, size } of files) {
		try {
			const file = await downloader.fetch(url, size);
			binary[`attachment_${index}`] = await context.helpers.prepareBinaryData(file.data, file.fileName, file.mimeType);
		} catch (error) {
			missing.push(fileNameOf(url));
			reasons.push(error instanceof Error ? error.message : 'unknown');
		}
	}
	if (Object.keys(binary).length) item.binary = binary;
	if (missing.length === 0) return;
	item.json.filesNotFetched = missing;
	item.json.filesNotFetchedReasons = reasons;
	context.logger.warn(`${context.getNode().name}: ${missing.length} of ${files.length} files of a message could not be fetched: ${[...new Set(reasons)].join('; ').slice(0, 500)}`);
}
