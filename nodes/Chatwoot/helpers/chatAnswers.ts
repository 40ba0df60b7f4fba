import type { IDataObject, IExecuteFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isPrivateHost } from '../../shared/http/addresses';
import type { Approval } from '../../shared/message/approval';
import { answerOf, takeAnswer } from '../../shared/message/answerPage';
import type { Decision } from '../../shared/message/spokenDecision';
import { spokenDecision } from '../../shared/message/spokenDecision';
import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import type { AccountClient } from '../transport/client';
import { ChatwootClient } from '../transport/client';
import { accountNamed } from './accountNamed';
import { removeWebhook, webhookIn, webhooksOf } from './webhooks';
import { workflowMarkOf } from './workflowMark';

/** Where a question stands, and who may answer it there. */
interface Asked {
	conversationId: string;
	isPrivate: boolean;
	approval: Approval;
}

const withoutIt = "Use the token of an administrator, or turn off 'Hear Answers in Chat'. Nothing was sent.";

/**
 * Has Chatwoot tell the waiting execution of new messages: a webhook of the account with the execution's signed address.
 * Ones that earlier questions of this n8n have left behind are taken away.
 *
 * @returns takes the webhook away again
 */
export async function hearInChat(context: IExecuteFunctions, account: AccountClient, { conversationId, isPrivate, approval: { links, wait } }: Asked): Promise<() => Promise<void>> {
	const label = (decision: Decision) => links.find((link) => link.decision === decision)?.label;
	const [approve, decline] = [label('approve'), label('decline')];
	const url = context.getSignedResumeUrl({
		decision: 'chat', conversation: conversationId, until: String(Date.now() + (wait ?? 0)), ...(isPrivate ? { from: 'team' } : {}),
		...(approve !== undefined && decline !== undefined ? { approve, decline } : {}),
	});
	const { hostname, host } = new URL(url);
	if (isPrivateHost(hostname) && !isPrivateHost(new URL(account.http.baseUrl).hostname)) {
		throw account.http.error(`Chatwoot cannot tell ${host} of answers, which is a private address`, "Set n8n's WEBHOOK_URL to an address that Chatwoot can reach, or turn off 'Hear Answers in Chat'. Nothing was sent.");
	}
	const isOver = ({ url: other }: IDataObject) => isQuestion(other, url) && Number(new URL(String(other)).searchParams.get('until')) < Date.now();
	for (const webhook of (await webhooksOf(account, withoutIt)).filter(isOver)) await removeWebhook(account, String(webhook.id));
	const name = (await account.client.serverIsAtLeast('4.8')) ? { name: 'n8n: answer to a question' } : {};
	const { id } = webhookIn(await account.post('/webhooks', { url, subscriptions: ['message_created'], ...name }));
	return async () => await removeWebhook(account, String(id));
}

/** Whether an address was registered by {@link hearInChat} at the same n8n. */
function isQuestion(address: unknown, own: string): boolean {
	if (typeof address !== 'string' || !URL.canParse(address)) return false;
	const { origin, searchParams } = new URL(address);
	return origin === new URL(own).origin && searchParams.get('decision') === 'chat' && searchParams.has('until');
}

/** The answer to "Send and Wait for Response", by a link or in the conversation. */
export async function takeChatwootAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = objectOrEmpty(context.getQueryData());
	if (query.decision !== 'chat') {
		return await takeAnswer(context, async () => {
			if (context.getNodeParameter('hearInChat', false) === true) await stopHearing(context);
		});
	}
	const response = context.getResponseObject();
	const heard = context.getRequestObject().method === 'POST' ? heardIn(objectOrEmpty(context.getBodyData()), query) : undefined;
	response.status(200).send('');
	if (!heard) return { noWebhookResponse: true };
	await stopHearing(context);
	return { noWebhookResponse: true, workflowData: [[{ json: answerOf(heard.decision, heard.text) }]] };
}

/** What a `message_created` event says to the question; undefined when it is no answer to it. */
function heardIn(message: IDataObject, { conversation, from, approve, decline }: IDataObject): { decision: Decision; text: string } | undefined {
	const text = textOrNull(message.content)?.trim() ?? '';
	if (message.event !== 'message_created' || text === '' || String(objectOrEmpty(message.conversation).id) !== conversation) return undefined;
	// What a workflow has written is nobody's answer; a note of the team is by a person.
	if (workflowMarkOf(message) !== undefined) return undefined;
	const isAnswer = from === 'team'
		? message.private === true && message.message_type === 'outgoing' && objectOrEmpty(message.sender).type === 'user'
		: message.private !== true && message.message_type === 'incoming';
	if (!isAnswer) return undefined;
	if (typeof approve !== 'string' || typeof decline !== 'string') return { decision: 'write', text };
	const decision = spokenDecision(text, { approve, decline });
	return decision && { decision, text };
}

/** Takes this execution's webhook away. The answer counts also where that does not succeed; the next question tries again. */
async function stopHearing(context: IWebhookFunctions): Promise<void> {
	try {
		const client = await ChatwootClient.connect(context);
		const account = await accountNamed(client, context.getNodeParameter('account', undefined));
		// Execution and node, as in any address of this question.
		const place = context.getRequestObject().path.split('/').slice(-2).join('/');
		const own = (await webhooksOf(account)).filter(({ url }) => typeof url === 'string' && URL.canParse(url) && new URL(url).searchParams.get('decision') === 'chat' && new URL(url).pathname.endsWith(`/${place}`));
		for (const webhook of own) await removeWebhook(account, String(webhook.id));
	} catch (error) {
		context.logger.warn(`${context.getNode().name}: the webhook that heard answers could not be removed (${error instanceof Error ? error.message : 'unknown'})`);
	}
}
