import type { IBinaryKeyData, IDataObject, IN8nHttpFullResponse, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../../shared/contact';

/** Bytes; what is larger is left to a node of the workflow. */
const largestFile = 64 * 1024 * 1024;

/**
 * Loads the files of a message (`MessageEvent`) into the item's binary data: attachment_0, attachment_1 and so on, as they
 * stand in the message. What cannot be loaded is named in `filesNotFetched`; the event starts the workflow in any case.
 */
export async function addFiles(context: IWebhookFunctions, item: INodeExecutionData, body: IDataObject): Promise<void> {
	const files = Array.isArray(body.attachments) ? (body.attachments as unknown[]).map(objectOrEmpty) : [];
	const binary: IBinaryKeyData = {};
	const missing: string[] = [];
	for (const [index, { data_url: address, file_size: size }] of files.entries()) {
		const url = textOrNull(address);
		// Places and shared contacts have no file.
		if (url === null || !URL.canParse(url)) continue;
		const name = fileNameOf(url);
		const file = Number(size) > largestFile ? undefined : await fetchFile(context, url);
		if (file === undefined) missing.push(name);
		else binary[`attachment_${index}`] = await context.helpers.prepareBinaryData(file.data, name, file.mimeType);
	}
	if (Object.keys(binary).length) item.binary = binary;
	if (missing.length) item.json.filesNotFetched = missing;
}

// Chatwoot signs the address and redirects to where the file lies; the credential's token must not go there.
async function fetchFile(context: IWebhookFunctions, url: string): Promise<{ data: Buffer; mimeType: string } | undefined> {
	try {
		const response = (await context.helpers.httpRequest({ url, encoding: 'arraybuffer', returnFullResponse: true, timeout: 60_000 })) as IN8nHttpFullResponse;
		const data = Buffer.from(response.body as unknown as ArrayBuffer);
		if (data.length > largestFile) return undefined;
		return { data, mimeType: String(response.headers['content-type'] ?? '').split(';')[0]!.trim() || 'application/octet-stream' };
	} catch (error) {
		context.logger.warn(`Chatwoot Trigger: a file of a message could not be fetched (${error instanceof Error ? error.name : 'unknown'})`);
		return undefined;
	}
}

function fileNameOf(url: string): string {
	const last = new URL(url).pathname.split('/').pop() ?? '';
	try {
		return decodeURIComponent(last) || 'file';
	} catch {
		return last || 'file';
	}
}
