import type { IBinaryKeyData, IN8nHttpFullResponse, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

/** Bytes; what is larger is left to a node of the workflow. */
const largestFile = 64 * 1024 * 1024;

/** A file of a message that a trigger received. */
export interface MessageFile {
	/** Its place in the message; the field of the binary data is called by it. */
	index: number;
	url: string;
	/** Bytes as the vendor tells, where it does. */
	size?: number;
}

/**
 * Loads the files of a message into the item's binary data: attachment_0, attachment_1 and so on. What cannot be loaded is
 * named in `filesNotFetched`; the event starts the workflow in any case. No credential is sent, since the addresses are
 * signed, and redirect to where the files lie.
 *
 * @param trigger name of the node, for n8n's log
 */
export async function addFiles(context: IWebhookFunctions, item: INodeExecutionData, files: MessageFile[], trigger: string): Promise<void> {
	const binary: IBinaryKeyData = {};
	const missing: string[] = [];
	for (const { index, url, size = 0 } of files) {
		const name = fileNameOf(url);
		const file = size > largestFile ? undefined : await fetchFile(context, url, trigger);
		if (file === undefined) missing.push(name);
		else binary[`attachment_${index}`] = await context.helpers.prepareBinaryData(file.data, name, file.mimeType);
	}
	if (Object.keys(binary).length) item.binary = binary;
	if (missing.length) item.json.filesNotFetched = missing;
}

async function fetchFile(context: IWebhookFunctions, url: string, trigger: string): Promise<{ data: Buffer; mimeType: string } | undefined> {
	try {
		const response = (await context.helpers.httpRequest({ url, encoding: 'arraybuffer', returnFullResponse: true, timeout: 60_000 })) as IN8nHttpFullResponse;
		const data = Buffer.from(response.body as unknown as ArrayBuffer);
		if (data.length > largestFile) return undefined;
		return { data, mimeType: String(response.headers['content-type'] ?? '').split(';')[0]!.trim() || 'application/octet-stream' };
	} catch (error) {
		context.logger.warn(`${trigger}: a file of a message could not be fetched (${error instanceof Error ? error.name : 'unknown'})`);
		return undefined;
	}
}

/** The file name in an address; "attachment" where it has none. */
export function fileNameOf(url: string): string {
	const last = URL.canParse(url) ? new URL(url).pathname.split('/').pop() ?? '' : '';
	try {
		return decodeURIComponent(last) || 'attachment';
	} catch {
		return last || 'attachment';
	}
}
