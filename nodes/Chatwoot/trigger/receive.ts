import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import { hostOf } from '../../shared/http/download';
import { pause } from '../../shared/http/pause';
import { path } from '../../shared/http/httpClient';
import { readOptOut } from '../../shared/message/optOut';
import type { MessageFile } from '../../shared/message/receiveFiles';
import { addFiles } from '../../shared/message/receiveFiles';
import { gather, readGather } from '../../shared/trigger/gather';
import { claim } from '../../shared/trigger/seen';
import { answer, bodyOf, faultOfSignature, fingerprint, headerOf, nodeKey, rawBodyOf, warn } from '../../shared/trigger/webhook';
import { readAddress, rowsIn, withoutSecrets } from '../transport/answers';
import { ChatwootClient } from '../transport/client';
import { matching } from './events';
import type { Filters } from './filters';
import { isOfOwner, isWanted } from './filters';
import { isDeleted, senderOf } from './marks';
import { simplifyEvent } from './payload';
import type { Place } from './places';
import { conversationOf } from './places';
import { acceptsUnsigned, chosenEvents, isByHand, receivingAccount, registered, renewedSecrets, secretsOf } from './registration';
import { restoreMissing } from './watch';

/** How long a question to Chatwoot may hold an event up; milliseconds. */
const patience = 20_000;

/** How long a status event waits for the one that tells the change; milliseconds. */
const changeComes = 3000;

/**
 * Takes one delivery: checks who sent it, answers, and gives it to the workflow if it is wanted. Chatwoot waits five
 * seconds and sends nothing twice, so everything that takes time comes after the answer, and what cannot be found out
 * costs only what needed it.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const fault = await faultOf(context);
	if (fault !== undefined) {
		warn(context, 'signature', `an event was refused: ${fault}`);
		answer(context, 401, { message: 'The signature does not fit' });
		return { noWebhookResponse: true };
	}
	const body = bodyOf(context);
	const filters = objectOrEmpty(context.getNodeParameter('filters', {})) as Filters;
	const chosen = chosenEvents(context);
	const matched = typeof body.event === 'string' && isWanted(context, body, filters) ? matching(chosen, body) : [];
	const own = matched.length ? claim(context, keyOf(context, body)) : undefined;
	// Whether the workflow starts is not known yet.
	answer(context, 200, { message: 'Event received' });
	await lookAfter(context);
	if (!own) return { noWebhookResponse: true };
	try {
		const items = await itemsOf(context, body, matched, filters);
		own.handedOn();
		if (!items?.length) return { noWebhookResponse: true };
		const separate = context.getNodeParameter('separateOutputs', false) === true;
		const outputs = separate ? chosen.map((event) => items.filter(({ events }) => events.includes(event)).map(({ item }) => item)) : [items.map(({ item }) => item)];
		return { noWebhookResponse: true, workflowData: outputs };
	} finally {
		// What was not handed on may be tried again.
		own.giveBack();
	}
}

/** What starts the workflow; nothing when the event is not the one that was chosen after all, or another call starts it. */
async function itemsOf(context: IWebhookFunctions, body: IDataObject, matched: string[], filters: Filters): Promise<Array<{ item: INodeExecutionData; events: string[] }> | undefined> {
	if (body.event === 'conversation_status_changed' && (await isToldOtherwise(context))) return undefined;
	if (body.event === 'conversation_updated') tellsChanges.add(nodeKey(context));
	if (filters.ignoreOwn === true && String(body.event).startsWith('message_') && senderOf(body) === 'user' && isOfOwner(body, await ownerOf(context))) return undefined;
	let events = matched;
	if (events.includes('first_message') && !(await isFirstMessage(context, body))) events = events.filter((event) => event !== 'first_message');
	// Each later update of a message that has failed tells the reason again.
	if (events.includes('message_failed') && !isFirstFailure(context, body)) events = events.filter((event) => event !== 'message_failed');
	if (events.length === 0) return undefined;

	const seconds = body.event === 'message_created' && body.message_type === 'incoming' && context.getMode() !== 'manual' ? readGather(context) : 0;
	const gathered = seconds === 0
		? [{ order: 0, event: { ...body, matched: events } }]
		: await gather(context, `${accountIn(context, body)} ${String(conversationOf(body).id)}`, { order: Number(body.id), event: { ...body, matched: events } }, seconds);
	if (!gathered) return undefined;
	const place = await placeOf(context);
	return await Promise.all(gathered.map(async ({ event }) => await itemOf(context, event, place)));
}

async function itemOf(context: IWebhookFunctions, { matched, ...body }: IDataObject, place: Place): Promise<{ item: INodeExecutionData; events: string[] }> {
	const events = Array.isArray(matched) ? matched.map(String) : [];
	const simple = context.getNodeParameter('simple', true) === true;
	const item: INodeExecutionData = { json: simple ? simplifyEvent(events, body, place) : { ...withoutSecrets(body), matched: events } };
	if (body.event === 'message_created' && body.message_type === 'incoming' && context.getNodeParameter('detectOptOut', false) === true) item.json.optOut = isDeleted(body) ? 'no' : readOptOut(body.content);
	if (String(body.event).startsWith('message_') && context.getNodeParameter('download', false) === true) await addFiles(context, item, filesOf(body), hostOf(place.baseUrl));
	return { item, events };
}

/** The server and account that events come from. */
async function placeOf(context: IWebhookFunctions): Promise<Place> {
	const known = registered(context);
	if (known?.baseUrl !== undefined) return { baseUrl: known.baseUrl, account: known.account };
	const { url } = await context.getCredentials('chatwootAccessTokenApi');
	return { baseUrl: readAddress(String(url ?? '')).baseUrl, account: known?.account };
}

const accountIn = (context: IWebhookFunctions, body: IDataObject) => textOrNull(objectOrEmpty(body.account).id) ?? registered(context)?.account ?? '';

/** Why the event may not be trusted; undefined when it is signed with our secret, over the very bytes, not long ago. */
async function faultOf(context: IWebhookFunctions): Promise<string | undefined> {
	const secrets = await secretsOf(context);
	const isSealed = !isByHand(context) && (registered(context)?.secret ?? null) !== null;
	if (secrets.length === 0 && !isSealed && acceptsUnsigned(context)) return undefined;
	const signature = headerOf(context, 'x-chatwoot-signature');
	if (signature === undefined) return 'it has no signature (header x-chatwoot-signature); a proxy may have taken it away, or it is not from Chatwoot';
	const faultWith = (secret: string) => faultOfSignature({
		secret,
		timestamp: headerOf(context, 'x-chatwoot-timestamp') ?? '',
		signature: signature.replace(/^sha256=/i, ''),
		rawBody: rawBodyOf(context),
	});
	let fault = 'there is no secret to check it with';
	for (const secret of [...secrets, undefined]) {
		for (const one of secret === undefined ? await renewedSecrets(context) : [secret]) {
			const found = faultWith(one);
			if (found === undefined) return undefined;
			fault = found;
		}
	}
	return `its signature is not right: ${fault}`;
}

/** Puts back webhooks of this account that somebody has deleted. */
async function lookAfter(context: IWebhookFunctions): Promise<void> {
	const known = registered(context);
	if (known?.baseUrl !== undefined && context.getMode() !== 'manual') await restoreMissing(context, known.baseUrl, known.account);
}

/** The owner of the token; asked for when nothing was registered with it. */
async function ownerOf(context: IWebhookFunctions): Promise<number | undefined> {
	const known = registered(context)?.ownerId;
	if (known !== undefined && known !== null) return known;
	return await asked(context, "the token's owner", async () => await (await ChatwootClient.connect(context)).ownId());
}

/** What Chatwoot answers in time; undefined, with a line in n8n's log, when it does not. */
async function asked<Value>(context: IWebhookFunctions, what: string, ask: () => Promise<Value>): Promise<Value | undefined> {
	const over = new AbortController();
	try {
		return await Promise.race([ask(), pause(patience, over.signal).then(() => { throw new Error('no answer in time'); })]);
	} catch (error) {
		warn(context, what, `${what} could not be looked up (${error instanceof Error ? error.message : 'unknown'})`);
		return undefined;
	} finally {
		over.abort();
	}
}

/** What two deliveries of one event have in common. Chatwoot is known to send doubles, each with a delivery ID of its own. */
function keyOf(context: IWebhookFunctions, body: IDataObject): string {
	const event = String(body.event);
	const account = accountIn(context, body);
	const delivery = headerOf(context, 'x-chatwoot-delivery') ?? `${Date.now()} ${Math.random()}`;
	// Somebody may type twice; a status event is the same when the status comes again.
	if (event.startsWith('conversation_typing') || event === 'conversation_status_changed') return `${event} ${delivery}`;
	if (!event.endsWith('_created') || body.id === undefined) return `${event} ${account} ${fingerprint(rawBodyOf(context).toString('utf8'))}`;
	// Anybody could send the ID of a message that is to come, so without a signature the text counts, too.
	return `${event} ${account} ${String(body.id)} ${acceptsUnsigned(context) ? fingerprint(JSON.stringify([body.content, body.message_type, body.created_at, conversationOf(body).id])) : ''}`;
}

/** Nodes that get `conversation_updated`, which tells status changes as they were. */
const tellsChanges = new Set<string>();

/** Whether a status event comes a second time, with the change: webhooks by hand may subscribe only one of the two. */
async function isToldOtherwise(context: IWebhookFunctions): Promise<boolean> {
	if (!tellsChanges.has(nodeKey(context))) await pause(changeComes);
	if (tellsChanges.has(nodeKey(context))) return true;
	if (isByHand(context)) warn(context, 'status', "status changes come without what has changed. Choose 'Conversation Updated' for this webhook in Chatwoot, too: a conversation that is resolved and soon open again would be told as open twice.");
	return false;
}

function isFirstFailure(context: IWebhookFunctions, body: IDataObject): boolean {
	const first = claim(context, `message_failed ${accountIn(context, body)} ${String(body.id)}`);
	first?.handedOn();
	return first !== undefined;
}

/** Whether the contact has not written in the conversation before this message; not when that cannot be found out. */
async function isFirstMessage(context: IWebhookFunctions, body: IDataObject): Promise<boolean> {
	const conversation = String(conversationOf(body).id ?? '');
	const found = await asked(context, 'whether a message is the first of its contact', async () => {
		const account = await receivingAccount(context);
		let before = String(body.id);
		for (let page = 0; page < 10; page += 1) {
			const earlier = rowsIn(await account.get(path`/conversations/${conversation}/messages`, { before }));
			if (earlier.some(({ message_type: type }) => type === 0)) return false;
			if (earlier.length < 20) return true;
			before = String(earlier[0]?.id);
		}
		return false;
	});
	return found === true;
}

/** The files of a message (`MessageEvent`); places and shared contacts have none. */
function filesOf(body: IDataObject): MessageFile[] {
	const attachments = Array.isArray(body.attachments) ? (body.attachments as unknown[]).map(objectOrEmpty) : [];
	return attachments.flatMap(({ data_url: address, file_size: size }, index) => {
		const url = textOrNull(address);
		return url !== null && URL.canParse(url) ? [{ index, url, size: Number(size) }] : [];
	});
}
