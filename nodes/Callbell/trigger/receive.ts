import type { IBinaryKeyData, IDataObject, INodeExecutionData, IN8nHttpFullResponse, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/contact';
import { digitsOnly } from '../../shared/phone';
import { headerOf, isFirstTime, isSigned, rawBodyOf } from '../../shared/webhook';
import { attachmentsOf, eventId, fileNameOf, isWanted, simplifyEvent } from './event';
import { production, receiverOf } from './registration';

/** Files above this are not downloaded; bytes. */
const largestFile = 64 * 1024 * 1024;

/** Answers Callbell, then gives the event to the workflow if it is wanted. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const accept = (status = 200, body: IDataObject = {}) => {
		const response = context.getResponseObject();
		response.status(status).json({ status: 'ok', receiver: receiverOf(String(context.getNodeWebhookUrl('default'))), ...body });
		return { noWebhookResponse: true };
	};
	const body = objectOrEmpty(context.getBodyData());
	const { event } = body;
	// Callbell tries the address now and then, with GET or without an event, and disables it when nothing answers.
	// The end of a test asks, too, for what is to be put back.
	if (context.getWebhookName() === 'setup') return accept(200, { events: production(context)?.events ?? null });
	if (typeof event !== 'string') return accept();
	if (!(await isAuthentic(context))) return accept(401, { status: 'the signature does not fit' });

	const payload = objectOrEmpty(body.payload);
	const events = context.getNodeParameter('events', []) as string[];
	if (!events.includes(event) || !isWanted(event, payload, readFilters(context))) return accept();
	const id = eventId(event, payload);
	if (id !== undefined && !isFirstTime(context, id)) return accept();

	// Files take time, so Callbell is answered first.
	const answered = accept();
	const simple = context.getNodeParameter('simple', true) === true;
	const item: INodeExecutionData = { json: simple ? simplifyEvent(event, payload) : { event, payload } };
	if (event === 'message_created' && context.getNodeParameter('download', false) === true) await addFiles(context, item, attachmentsOf(payload));
	const outputs = context.getNodeParameter('separateOutputs', false) === true
		? events.map((name) => (name === event ? [item] : []))
		: [[item]];
	return { ...answered, workflowData: outputs };
}

/** Whether the event is Callbell's. Without a secret in the credential nothing is checked. */
async function isAuthentic(context: IWebhookFunctions): Promise<boolean> {
	const { signingSecret } = await context.getCredentials('callbellApi');
	const secret = String(signingSecret ?? '').trim();
	if (!secret) return true;
	const [, timestamp = '', signature = ''] = /^t=(\d+),\s*v1=([0-9a-f]+)$/i.exec(headerOf(context, 'x-callbell-signature') ?? '') ?? [];
	return isSigned({ secret, timestamp, signature, rawBody: rawBodyOf(context) });
}

function readFilters(context: IWebhookFunctions) {
	const filters = objectOrEmpty(context.getNodeParameter('filters', {}));
	const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).map((entry) => entry.trim()).filter(Boolean);
	const direction = String(filters.direction ?? 'received');
	return {
		direction: direction === 'all' || direction === 'sent' ? direction : ('received' as const),
		channelTypes: list(filters.channelTypes),
		ownNumbers: list(filters.ownNumbers).map(digitsOnly).filter(Boolean),
		tags: list(filters.tags),
	} as const;
}

/** The files of a message as binary data; they can be fetched for ten minutes only. */
async function addFiles(context: IWebhookFunctions, item: INodeExecutionData, urls: string[]): Promise<void> {
	const binary: IBinaryKeyData = {};
	const missing: string[] = [];
	for (const [index, url] of urls.entries()) {
		const file = await fetchFile(context, url);
		if (file === undefined) missing.push(fileNameOf(url));
		else binary[`attachment_${index}`] = await context.helpers.prepareBinaryData(file.data, fileNameOf(url), file.mimeType);
	}
	if (Object.keys(binary).length) item.binary = binary;
	if (missing.length) item.json.filesNotFetched = missing;
}

// The address is signed; the credential's token must not go there.
async function fetchFile(context: IWebhookFunctions, url: string): Promise<{ data: Buffer; mimeType: string } | undefined> {
	try {
		const response = (await context.helpers.httpRequest({ url, encoding: 'arraybuffer', returnFullResponse: true, timeout: 60_000 })) as IN8nHttpFullResponse;
		const data = Buffer.from(response.body as unknown as ArrayBuffer);
		if (data.length > largestFile) return undefined;
		return { data, mimeType: String(response.headers['content-type'] ?? '').split(';')[0]!.trim() || 'application/octet-stream' };
	} catch (error) {
		context.logger.warn(`Callbell: a file of a message could not be fetched (${error instanceof Error ? error.name : 'unknown'})`);
		return undefined;
	}
}
