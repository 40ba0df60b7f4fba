import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import type { MessageFile } from '../../shared/message/receiveFiles';
import { addFiles } from '../../shared/message/receiveFiles';
import { answerAndStart, fingerprint, headerOf, isFirstTime, isSigned, rawBodyOf } from '../../shared/trigger/webhook';
import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import { isMarked } from '../helpers/workflowMark';
import { readAddress, rowsIn, withoutSecrets } from '../transport/answers';
import { ChatwootClient } from '../transport/client';
import { matching } from './events';
import type { Place } from './payload';
import { conversationOf, inboxIdOf, simplifyEvent } from './payload';
import { acceptsUnsigned, chosenEvents, receivingAccount, registered, renewedSecret, secretOf } from './registration';

/** Takes one delivery: checks who sent it, and gives it to the workflow if it is wanted. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (!(await isAuthentic(context))) {
		context.getResponseObject().status(401).json({ message: 'The signature does not fit' });
		return { noWebhookResponse: true };
	}
	const body = objectOrEmpty(context.getBodyData());
	if (typeof body.event !== 'string' || !(await isWanted(context, body))) return {};
	const chosen = chosenEvents(context);
	let events = matching(chosen, body);
	if (events.includes('first_message') && !(await isFirstMessage(context, body))) events = events.filter((event) => event !== 'first_message');
	if (events.length === 0 || isDouble(context, body)) return {};

	const simple = context.getNodeParameter('simple', true) === true;
	const item: INodeExecutionData = {
		json: simple ? simplifyEvent(events, body, await placeOf(context)) : { ...withoutSecrets(body), matched: events },
	};
	const separate = context.getNodeParameter('separateOutputs', false) === true;
	const answer = answerAndStart(context, separate ? chosen.map((event) => (events.includes(event) ? [item] : [])) : [[item]]);
	// After the answer, which Chatwoot awaits for five seconds only.
	if (body.event.startsWith('message_') && context.getNodeParameter('download', false) === true) await addFiles(context, item, filesOf(body), 'Chatwoot Trigger');
	return answer;
}

/** The server and account that events come from. */
async function placeOf(context: IWebhookFunctions): Promise<Place> {
	const { url } = await context.getCredentials('chatwootAccessTokenApi');
	const { baseUrl } = readAddress(String(url ?? ''));
	return { baseUrl, account: registered(context)?.account };
}

/** Whether the event is signed with our secret, over the very bytes, not long ago. */
async function isAuthentic(context: IWebhookFunctions): Promise<boolean> {
	const secret = secretOf(context);
	if (secret === null && acceptsUnsigned(context)) return true;
	const signature = headerOf(context, 'x-chatwoot-signature');
	if (signature === undefined) return false;
	const isSignedWith = (one: string | null) => one !== null && isSigned({
		secret: one,
		timestamp: headerOf(context, 'x-chatwoot-timestamp') ?? '',
		signature: signature.replace(/^sha256=/i, ''),
		rawBody: rawBodyOf(context),
	});
	return isSignedWith(secret) || isSignedWith(await renewedSecret(context));
}

/** The filters. */
async function isWanted(context: IWebhookFunctions, body: IDataObject): Promise<boolean> {
	const filters = context.getNodeParameter('filters', {}) as { inboxes?: unknown[]; senders?: string[]; ignoreOwn?: boolean; ownWorkflow?: boolean; privateNotes?: boolean; direction?: string };
	const inboxes = (filters.inboxes ?? []).map(String);
	const inbox = inboxIdOf(body);
	if (inboxes.length && inbox !== undefined && !inboxes.includes(inbox)) return false;
	if (body.event !== 'message_created' && body.event !== 'message_updated') return true;

	// Received ones only, unless asked for: a workflow that answers would start itself again.
	const direction = filters.direction ?? 'incoming';
	if (direction !== 'all' && body.private !== true && (body.message_type === 'incoming') !== (direction === 'incoming')) return false;
	if (body.private === true && filters.privateNotes !== true) return false;
	// A form that somebody fills in is an update of the message that asked.
	if (body.event === 'message_created' && filters.ownWorkflow !== true && isMarked(body, context)) return false;
	const sender = objectOrEmpty(body.sender);
	// A contact as sender has no type.
	const kind = typeof sender.type === 'string' ? sender.type : 'contact';
	if (filters.senders?.length && !filters.senders.includes(kind)) return false;
	return !(filters.ignoreOwn === true && kind === 'user' && sender.id !== undefined && sender.id === (await ownerOf(context)));
}

/** The owner of the token; asked for when nothing was registered with it. */
async function ownerOf(context: IWebhookFunctions): Promise<number | undefined> {
	const known = registered(context)?.ownerId;
	if (known !== undefined && known !== null) return known;
	const client = await ChatwootClient.connect(context);
	return await client.ownId().catch(() => undefined);
}

/** Chatwoot is known to send doubles, and each has a delivery ID of its own. */
function isDouble(context: IWebhookFunctions, body: IDataObject): boolean {
	const event = String(body.event);
	// Somebody may type twice.
	if (event.startsWith('conversation_typing')) return false;
	const id = event.endsWith('_created') && body.id !== undefined ? String(body.id) : fingerprint(rawBodyOf(context).toString('utf8'));
	return !isFirstTime(context, `${event} ${id}`);
}

/** Whether the contact has not written in the conversation before this message. */
async function isFirstMessage(context: IWebhookFunctions, body: IDataObject): Promise<boolean> {
	const conversation = String(conversationOf(body).id ?? '');
	const account = await receivingAccount(context);
	let before = String(body.id);
	for (let page = 0; page < 10; page += 1) {
		const earlier = rowsIn(await account.get(path`/conversations/${conversation}/messages`, { before }));
		if (earlier.some(({ message_type: type }) => type === 0)) return false;
		if (earlier.length < 20) return true;
		before = String(earlier[0]?.id);
	}
	return false;
}

/** The files of a message (`MessageEvent`); places and shared contacts have none. */
function filesOf(body: IDataObject): MessageFile[] {
	const attachments = Array.isArray(body.attachments) ? (body.attachments as unknown[]).map(objectOrEmpty) : [];
	return attachments.flatMap(({ data_url: address, file_size: size }, index) => {
		const url = textOrNull(address);
		return url !== null && URL.canParse(url) ? [{ index, url, size: Number(size) }] : [];
	});
}
