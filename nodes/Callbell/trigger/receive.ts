import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { addFiles } from '../../shared/message/receiveFiles';
import { digitsOnly } from '../../shared/phone/phone';
import { headerOf, isFirstTime, isSigned, rawBodyOf } from '../../shared/trigger/webhook';
import { objectOrEmpty } from '../../shared/values/read';
import { attachmentsOf, eventId, isWanted, simplifyEvent } from './payload';
import { production, receiverOf } from './registration';

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

	// Files take time, so Callbell is answered first; they can be fetched for ten minutes only.
	const answered = accept();
	const simple = context.getNodeParameter('simple', true) === true;
	const item: INodeExecutionData = { json: simple ? simplifyEvent(event, payload) : { event, payload } };
	if (event === 'message_created' && context.getNodeParameter('download', false) === true) {
		await addFiles(context, item, attachmentsOf(payload).map((url, index) => ({ index, url })), 'Callbell Trigger');
	}
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
