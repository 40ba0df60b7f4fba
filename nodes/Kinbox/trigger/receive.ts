import { createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { e164OrNull } from '../../shared/phone/compare';
import { answersItself, withCaller } from '../../shared/trigger/respond';
import { claim } from '../../shared/trigger/seen';
import { answer, bodyOf, fingerprint, headerOf, rawBodyOf, warn } from '../../shared/trigger/webhook';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/values/read';
import { toCommonContact } from '../actions/contact/contact';
import { hashOf, registrationOf } from './registration';

/** How far the `timestamp` in a body may be from now; milliseconds. */
const tolerance = 300_000;

/** Checks who calls, drops what came before, and gives the rest to the workflow. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refuse = (status: number, message: string, why: string): IWebhookResponseData => {
		warn(context, 'signature', `a call was refused: ${why}`);
		answer(context, status, { message });
		return { noWebhookResponse: true };
	};
	const source = String(context.getNodeParameter('source'));
	const body = bodyOf(context);
	const fault = await faultOf(context, source);
	if (fault !== undefined) return refuse(401, 'The call is not signed as it should be', fault);
	// A signed body can be sent again later by anyone who has seen it.
	if (isSigned(source) && !isRecent(body.timestamp)) return refuse(401, 'The call is too old', 'its time is more than five minutes off; check the clock of this server');
	if (source === 'scenario') {
		if (answersItself(context)) return start(context, withCaller(context));
		return { workflowData: [[{ json: withCaller(context) }]] };
	}
	const own = claim(context, fingerprint(rawBodyOf(context).toString('base64')), 600_000);
	if (!own) return {};
	try {
		const started = start(context, source === 'customChannel' ? toOutgoing(body) : context.getNodeParameter('simple', false) === true ? withCommonContact(body) : body);
		own.handedOn();
		return started;
	} finally {
		// What was not handed on may be tried again.
		own.giveBack();
	}
}

function start(context: IWebhookFunctions, json: IDataObject): IWebhookResponseData {
	answer(context, 200, { message: 'Workflow was started' });
	return { noWebhookResponse: true, workflowData: [[{ json }]] };
}

/** Kinbox does not document its bodies; where they carry a contact it stands below `contact`, as in its API. */
function withCommonContact(body: IDataObject): IDataObject {
	const contact = objectOrEmpty(body.contact);
	return ['email', 'id', 'name', 'phone'].some((key) => Object.hasOwn(contact, key)) ? { ...body, contact: toCommonContact(contact) as unknown as IDataObject } : body;
}

const isSigned = (source: string) => source === 'settings' || source === 'customChannel';

/** Why a call may not be trusted; undefined when it may. */
async function faultOf(context: IWebhookFunctions, source: string): Promise<string | undefined> {
	if (source === 'subscription') {
		const { keyHash } = registrationOf(context);
		const given = objectOrEmpty(context.getQueryData()).key;
		const isRight = typeof keyHash === 'string' && typeof given === 'string' && isSame(Buffer.from(keyHash), Buffer.from(hashOf(given.slice(0, 200))));
		return isRight ? undefined : 'the key in its address is not the one that was registered';
	}
	const { apiSecret } = await context.getCredentials('kinboxApi');
	const secret = String(apiSecret ?? '').trim();
	if (source === 'scenario') {
		if (context.getNodeParameter('checkHeader', false) !== true) return undefined;
		if (secret === '') return "the credential has no 'API Secret' to check it with";
		return isSame(Buffer.from(secret), Buffer.from(headerOf(context, 'x-api-token') ?? '')) ? undefined : 'its header x-api-token is not the API Secret';
	}
	// Without a secret in the credential nothing can be checked; the panel says so.
	if (!secret) return undefined;
	const signature = headerOf(context, 'x-hub-signature');
	if (signature === undefined) return 'it has no signature (header x-hub-signature); a proxy may have taken it away, or it is not from Kinbox';
	const expected = createHmac('sha256', secret).update(rawBodyOf(context)).digest();
	return isSame(expected, Buffer.from(signature.slice(0, 200), 'base64')) ? undefined : "its signature was made with another secret than the credential's 'API Secret', or its body was changed on its way";
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
