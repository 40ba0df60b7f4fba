import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readOptOut } from '../../shared/message/optOut';
import { addFiles } from '../../shared/message/receiveFiles';
import { digitsOnly } from '../../shared/phone/phone';
import { gather, readGather } from '../../shared/trigger/gather';
import { answersItself, withCaller } from '../../shared/trigger/respond';
import { claim } from '../../shared/trigger/seen';
import { answer, bodyOf, faultOfSignature, headerOf, rawBodyOf, warn } from '../../shared/trigger/webhook';
import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import { matching } from '../helpers/events';
import { attachmentsOf, eventKey, isWanted, simplifyEvent } from './payload';
import { isBotStep, production, receiverOf } from './registration';

/** Answers Callbell, then gives the event to the workflow if it is wanted. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (isBotStep(context)) return receiveBotStep(context);
	const accept = (status = 200, body: IDataObject = {}) => {
		answer(context, status, { status: 'ok', receiver: receiverOf(String(context.getNodeWebhookUrl('default'))), ...body });
		return { noWebhookResponse: true };
	};
	const body = bodyOf(context);
	const { event, payload: given, ...outer } = body;
	// Callbell tries the address now and then, with GET or without an event, and disables it when nothing answers.
	// The end of a test asks, too, for what is to be put back.
	if (context.getWebhookName() === 'setup') return accept(200, { events: production(context)?.events ?? null });
	if (typeof event !== 'string') return accept();
	const secret = await secretOf(context);
	const fault = faultOf(context, secret);
	if (fault !== undefined) {
		warn(context, 'signature', `an event was refused: ${fault}`);
		return accept(401, { status: 'the signature does not fit' });
	}

	const payload = objectOrEmpty(given);
	const chosen = context.getNodeParameter('events', []) as string[];
	const events = matching(chosen, event, payload);
	if (events.length === 0 || !isWanted(event, payload, readFilters(context))) return accept();
	const { id, within } = eventKey(event, payload, secret !== '');
	const own = claim(context, id, within);
	if (!own) return accept();

	// What takes time comes after the answer.
	const answered = accept();
	try {
		const isMessage = event === 'message_created';
		const seconds = isMessage && payload.status === 'received' && context.getMode() !== 'manual' ? readGather(context) : 0;
		const gathered = seconds === 0
			? [{ order: 0, event: body }]
			: await gather(context, String(objectOrEmpty(payload.contact).uuid ?? payload.from), { order: Date.parse(String(payload.createdAt ?? outer.createdAt)) || Date.now(), event: body }, seconds);
		const items = await Promise.all((gathered ?? []).map(async (one) => await itemOf(context, one.event)));
		own.handedOn();
		if (!gathered) return answered;
		const outputs = context.getNodeParameter('separateOutputs', false) === true
			? chosen.map((name) => (events.includes(name) ? items : []))
			: [items];
		return { ...answered, workflowData: outputs };
	} finally {
		// What was not handed on may be tried again.
		own.giveBack();
	}
}

async function itemOf(context: IWebhookFunctions, body: IDataObject): Promise<INodeExecutionData> {
	const { event, payload: given, ...outer } = body;
	const payload = objectOrEmpty(given);
	const simple = context.getNodeParameter('simple', true) === true;
	const item: INodeExecutionData = { json: simple ? simplifyEvent(String(event), payload, outer) : body };
	if (event === 'message_created' && payload.status === 'received' && context.getNodeParameter('detectOptOut', false) === true) item.json = { ...item.json, optOut: readOptOut(payload.text) };
	// They can be fetched for ten minutes only.
	if (event === 'message_created' && context.getNodeParameter('download', false) === true) {
		await addFiles(context, item, attachmentsOf(payload).map((url, index) => ({ index, url })));
	}
	return item;
}

/** A bot's step calls any address and waits; what it sends, the person has chosen there. */
function receiveBotStep(context: IWebhookFunctions): IWebhookResponseData {
	if (!answersItself(context)) return { workflowData: [[{ json: withCaller(context) }]] };
	answer(context, 200, { status: 'ok' });
	return { noWebhookResponse: true, workflowData: [[{ json: withCaller(context) }]] };
}

async function secretOf(context: IWebhookFunctions): Promise<string> {
	const { signingSecret } = await context.getCredentials('callbellApi');
	return textOrNull(signingSecret)?.trim() ?? '';
}

/** Why the event may not be trusted; undefined when it is Callbell's. Without a secret in the credential nothing is checked. */
function faultOf(context: IWebhookFunctions, secret: string): string | undefined {
	if (!secret) return undefined;
	const header = headerOf(context, 'x-callbell-signature');
	if (header === undefined) return 'it has no signature (header x-callbell-signature); a proxy may have taken it away, or it is not from Callbell';
	const [, timestamp = '', signature = ''] = /^t=(\d{1,15}),\s{0,3}v1=([0-9a-f]{1,128})$/i.exec(header) ?? [];
	const fault = faultOfSignature({ secret, timestamp, signature, rawBody: rawBodyOf(context) });
	return fault === undefined ? undefined : `its signature is not right: ${fault}`;
}

function readFilters(context: IWebhookFunctions) {
	const filters = objectOrEmpty(context.getNodeParameter('filters', {}));
	const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).map((entry) => entry.trim()).filter(Boolean);
	const direction = String(filters.direction ?? 'received');
	return {
		direction: direction === 'all' || direction === 'sent' ? direction : ('received' as const),
		channelTypes: list(filters.channelTypes),
		channels: list(filters.channels),
		ownNumbers: list(filters.ownNumbers).map(digitsOnly).filter(Boolean),
		tags: list(filters.tags),
	} as const;
}
