import { createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { e164OrNull } from '../../shared/phone/compare';
import { answerAndStart, fingerprint, headerOf, isFirstTime, rawBodyOf } from '../../shared/trigger/webhook';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/values/read';
import { toCommonContact } from '../actions/contact/contact';
import { registrationOf } from './registration';

/** How far the `timestamp` in a body may be from now; milliseconds. */
const tolerance = 300_000;

/** Checks who calls, drops what came before, and gives the rest to the workflow. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refuse = (status: number, message: string): IWebhookResponseData => {
		context.getResponseObject().status(status).json({ message });
		return { noWebhookResponse: true };
	};
	const source = String(context.getNodeParameter('source'));
	const body = objectOrEmpty(context.getBodyData());
	if (!(await isAuthentic(context, source))) return refuse(401, 'The call is not signed as it should be');
	// A signed body can be sent again later by anyone who has seen it.
	if (isSigned(source) && !isRecent(body.timestamp)) return refuse(401, 'The call is too old');
	if (isSigned(source) || source === 'subscription') {
		if (!isFirstTime(context, fingerprint(rawBodyOf(context).toString('base64')))) return {};
	}
	return answerAndStart(context, [[{ json: source === 'customChannel' ? toOutgoing(body) : context.getNodeParameter('simple', false) === true ? withCommonContact(body) : body }]]);
}

/** Kinbox does not document its bodies; where they carry a contact it stands below `contact`, as in its API. */
function withCommonContact(body: IDataObject): IDataObject {
	const contact = objectOrEmpty(body.contact);
	return ['email', 'id', 'name', 'phone'].some((key) => key in contact) ? { ...body, contact: toCommonContact(contact) as unknown as IDataObject } : body;
}

const isSigned = (source: string) => source === 'settings' || source === 'customChannel';

async function isAuthentic(context: IWebhookFunctions, source: string): Promise<boolean> {
	if (source === 'subscription') {
		const { key } = registrationOf(context);
		const given = objectOrEmpty(context.getQueryData()).key;
		return typeof key === 'string' && typeof given === 'string' && isSame(Buffer.from(key), Buffer.from(given));
	}
	const { apiSecret } = await context.getCredentials('kinboxApi');
	const secret = String(apiSecret ?? '').trim();
	if (source === 'scenario') {
		if (context.getNodeParameter('checkHeader', false) !== true) return true;
		return secret !== '' && isSame(Buffer.from(secret), Buffer.from(headerOf(context, 'x-api-token') ?? ''));
	}
	// Without a secret in the credential nothing can be checked; the panel says so.
	if (!secret) return true;
	const expected = createHmac('sha256', secret).update(rawBodyOf(context)).digest();
	return isSame(expected, Buffer.from(headerOf(context, 'x-hub-signature') ?? '', 'base64'));
}

const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);

/** Kinbox writes Unix milliseconds; a body without time is taken. */
function isRecent(timestamp: unknown): boolean {
	if (timestamp === undefined || timestamp === null) return true;
	const time = Number(timestamp);
	return Number.isFinite(time) && Math.abs(Date.now() - (time < 1e11 ? time * 1000 : time)) <= tolerance;
}

/** What an agent wrote in a custom channel: `{recipient, content, operator: {email}, timestamp}`. */
function toOutgoing(body: IDataObject): IDataObject {
	return {
		event: 'agentMessage',
		recipient: textOrNull(body.recipient),
		phone: e164OrNull(body.recipient),
		text: textOrNull(body.content),
		operatorEmail: textOrNull(objectOrEmpty(body.operator).email),
		sentAt: isoOrNull(body.timestamp),
	};
}
