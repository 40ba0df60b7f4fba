import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat } from '../../../shared/message/textFormat';
import type { Fields, Item } from '../../../shared/operation/item';
import type { TemplateInput } from '../../descriptions/template';
import { fillTemplate, readTemplate } from '../../descriptions/template';
import { channelIn, outgoingText, refuseClosedWindow, refuseLong, withDelivery } from '../../helpers/outgoing';
import { withMark } from '../../helpers/workflowMark';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { channelNames } from '../inbox/inbox';

/** The message that a conversation begins with: a text or a template. */
export interface FirstMessage {
	text?: string;
	format: TextFormat;
	template?: TemplateInput;
	/** Seconds to wait for the channel. */
	seconds?: number;
}

/** Reads Message, Text Format and Template; undefined when there is none of them. */
export function readFirstMessage(item: Item, extra: Fields, seconds: number | undefined): FirstMessage | undefined {
	const text = item.text('message');
	const template = item.locator('template') === undefined ? undefined : readTemplate(item, extra);
	if (text !== undefined && template !== undefined) throw item.refuse('message', 'is given, but so is a template', 'Leave one of them empty; the template has its own text.');
	const format = readTextFormat(item, 'message', text);
	return text === undefined && template === undefined ? undefined : { text, format, template, seconds };
}

interface Place {
	inboxId: string;
	/** `Channel::Whatsapp` and so on; undefined when the token may not see the inbox. */
	channel: unknown;
	/** The conversation that the inbox goes on with, when it keeps to a single one. */
	goesOn?: IDataObject;
}

/**
 * The message as the conversation takes it along; undefined when it has to wait until the channel is known.
 *
 * @throws NodeOperationError when the channel would drop it, before anything is created
 */
export async function checkFirstMessage(account: AccountClient, item: Item, { text, format, template }: FirstMessage, { inboxId, channel, goesOn }: Place): Promise<IDataObject | undefined> {
	const type = typeof channel === 'string' ? channel : '';
	if (template) {
		if (type !== '' && type !== 'Channel::Whatsapp') throw item.refuse('template', `is given, but the inbox is of the kind ${channelNames[type] ?? type}, which has no WhatsApp templates`, "Write a text under 'Message', or pick a WhatsApp inbox.");
		const filled = await fillTemplate(account, inboxId, template);
		return withMark({ content: filled.text, template_params: filled.params }, item.context);
	}
	if (type === '') return undefined;
	if (type === 'Channel::Whatsapp' && goesOn?.can_reply !== true) {
		throw item.refuse('message', 'cannot begin a conversation on WhatsApp: the contact has not written in it within the last 24 hours', "WhatsApp would refuse it. Choose a template under 'Template'.");
	}
	refuseLong(account, { type, inboxId, canReply: true }, text, 'text');
	return withMark({ content: outgoingText(text!, format, type) }, item.context);
}

/** Sends the message after all, now that the conversation tells its channel: bots see no inboxes. */
export async function sendFirstMessage(account: AccountClient, item: Item, conversation: IDataObject, { text, format, seconds }: FirstMessage): Promise<IDataObject> {
	const id = String(conversation.id);
	return await whileThere(account, id, async () => {
		const channel = channelIn(conversation);
		refuseClosedWindow(account, channel, id);
		refuseLong(account, channel, text, 'text');
		const sent = await account.post<IDataObject>(path`/conversations/${id}/messages`, withMark({ content: outgoingText(text!, format, channel.type), message_type: 'outgoing', private: false }, item.context));
		return shortly(await withDelivery(account, id, sent, { channel, seconds }));
	});
}

/** What has become of the message that went along with the conversation. */
export async function followFirstMessage(account: AccountClient, conversation: IDataObject, { seconds }: FirstMessage): Promise<IDataObject> {
	const id = String(conversation.id);
	if (seconds === undefined) return { id: null, status: 'queued' };
	return await whileThere(account, id, async () => {
		const sent = rowsIn(await account.get(path`/conversations/${id}/messages`)).filter(({ message_type: type, private: isPrivate }) => type === 1 && isPrivate !== true).pop();
		if (!sent) return { id: null, status: 'queued' };
		return shortly(await withDelivery(account, id, sent, { channel: channelIn(conversation), seconds }));
	});
}

const shortly = ({ id, status }: IDataObject): IDataObject => ({ id: String(id), status: status ?? 'queued' });

/** The conversation is there whatever becomes of its message, so a second try must not make another. */
async function whileThere<Answer>(account: AccountClient, id: string, doing: () => Promise<Answer>): Promise<Answer> {
	return await doing().catch((error: unknown) => {
		const { message, description } = error as Error & { description?: string | null };
		throw account.http.error(`Conversation ${id} was created, but its message was not sent: ${message}`, `${description ?? ''} Send the message to that conversation; creating it again would make another one.`.trim());
	});
}
