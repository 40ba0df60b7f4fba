import type { IDataObject } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import type { Delivery } from '../../shared/message/delivery';
import { failureText, waitForDelivery } from '../../shared/message/delivery';
import type { TextFormat } from '../../shared/message/textFormat';
import { hasHtml, heading, htmlToMarkdown, linksAsText, plainText } from '../../shared/message/textFormat';
import { objectOrEmpty, textOrNull } from '../../shared/values/read';
import { limits } from '../../shared/whatsapp/limits';
import { rowsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';
import { conversationFor } from './conversation';
import { withoutLiquid } from './templates';
import { withoutEnd } from '../../shared/values/ends';

/** Where a message goes. */
export interface Channel {
	/** `Channel::Whatsapp` and so on; {@link unknownChannel} when the server does not tell. */
	type: string;
	inboxId: string;
	/** The contact whom it reaches; undefined when the server does not tell. */
	contactId?: string;
	/** False when the channel takes no free text any more. */
	canReply: boolean;
}

/** The channel of a conversation whose inbox the server does not show to the token's owner. */
export const unknownChannel = 'unknown';

/** The channel of a conversation (`GET /conversations/{id}`). */
export async function channelOf(account: AccountClient, conversationId: string): Promise<Channel> {
	const conversation = await conversationFor(account, conversationId);
	if (!conversation) {
		account.http.notices.add('Chatwoot does not show conversations with a team to agent bots, so messages were sent without knowing their inbox: texts as they are, and rules of the channel unchecked. With the token of a person they are checked.');
		return { type: unknownChannel, inboxId: '', canReply: true };
	}
	return channelIn(conversation);
}

/** The channel that a conversation's record names. */
export function channelIn(conversation: IDataObject): Channel {
	return {
		type: String(objectOrEmpty(conversation.meta).channel ?? conversation.channel ?? unknownChannel),
		inboxId: String(conversation.inbox_id ?? ''),
		contactId: textOrNull(objectOrEmpty(objectOrEmpty(conversation.meta).sender).id) ?? undefined,
		canReply: conversation.can_reply !== false,
	};
}

/** Refuses free text where the channel would drop it. */
export function refuseClosedWindow(account: AccountClient, { type, canReply }: Channel, conversationId: string): void {
	if (canReply) return;
	if (type === 'Channel::Whatsapp') {
		throw account.http.error(`Conversation ${conversationId} takes no free text: the contact has not written within the last 24 hours`, "WhatsApp would refuse it. Use 'Send WhatsApp Template', or wait until the contact writes.");
	}
	throw account.http.error(`Conversation ${conversationId} takes no message: the channel's time for answers is over`, 'Wait until the contact writes again.');
}

/** Channels that show a text without any formats besides WhatsApp's own marks; links cannot have labels there. */
const withoutLinks = new Set(['Channel::FacebookPage', 'Channel::Instagram', 'Channel::Line', 'Channel::Sms', 'Channel::Tiktok', 'Channel::TwilioSms', 'Channel::Whatsapp']);
/** Channels of which no news come. */
export const tellsNothing = new Set(['Channel::Api', 'Channel::Email']);
/** Channels in which Markdown's single line breaks are blanks. */
const hardBreaks = new Set(['Channel::Email', 'Channel::Line']);

/** Whether a channel shows `[label](address)` as the label; '' is a private note. Behind an API inbox can be any app. */
export const showsNamedLinks = (channel: string) => channel !== 'Channel::Api' && channel !== unknownChannel && !withoutLinks.has(channel);

/**
 * A text as it has to be handed to Chatwoot, so that the contact reads what is meant. Chatwoot runs every outgoing text as
 * Liquid, and all channels but API inboxes get it rendered as Markdown.
 */
export function outgoingText(text: string, format: TextFormat, channel: string): string {
	if (channel === 'Channel::Api') return withoutLiquid(plainText(text, format));
	// A sign that was escaped for nothing would break addresses; one that is read as Markdown seldom does.
	if (format === 'asIs' && channel === unknownChannel) return withoutLiquid(text);
	if (format === 'asIs') return literal(text, channel);
	const markdown = format === 'html' || hasHtml(text) ? htmlToMarkdown(text) : text;
	const shown = withoutLinks.has(channel) ? linksAsText(markdown).replace(heading, (_, title: string) => `**${withoutEnd(title, '#').replace(/\*\*/g, '').trim()}**`) : markdown;
	// Raw HTML is dropped whole, a code such as <NATAL10> with it.
	return shown.replace(/<(?!https?:|mailto:)/gi, '\\<').replace(/\{(?=[{%])/g, '{\\');
}

const mention = /\[@[^[\]\n]{1,80}\]\(mention:\/\/[^()[\s]{1,200}\)/g;

/** Takes the meaning from all signs that Markdown and Liquid know; mentions in notes stay. */
export function literal(text: string, channel: string): string {
	const kept: string[] = [];
	const lines = text.replace(/\r\n?/g, '\n').replace(mention, (whole) => `\uE000${kept.push(whole) - 1}\uE001`).split('\n').map((line) => {
		if (line === '') return line;
		const blanks = /^[ \t]*/.exec(line)![0];
		const rest = line.slice(blanks.length).trimEnd()
			.replace(/[\\*_`[\]<>&]/g, '\\$&')
			.replace(/~(?=~)|\{(?=[{%])/g, (sign) => (sign === '{' ? '{\\' : '\\~'))
			.replace(/^[#+=-]/, '\\$&')
			.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
		return rest === '' ? '' : `${blanks.replaceAll('\t', '    ').replaceAll(' ', '\u00a0')}${rest}`;
	});
	const escaped = hardBreaks.has(channel) ? lines.map((line, index) => (line !== '' && lines[index + 1] ? `${line}  ` : line)).join('\n') : lines.join('\n');
	return escaped.replace(/\uE000(\d{1,6})\uE001/g, (whole, index: string) => kept[Number(index)] ?? whole);
}

/** Refuses what is longer than WhatsApp takes. */
export function refuseLong(account: AccountClient, channel: Channel, text: string | undefined, what: 'caption' | 'interactiveText' | 'text'): void {
	if (channel.type !== 'Channel::Whatsapp' || text === undefined || text.length <= limits[what]) return;
	throw account.http.error(`'Message' has ${text.length} characters; WhatsApp takes ${limits[what]} at most${what === 'caption' ? ' below a file' : ''}`, 'Shorten it, or split it into several messages.');
}

/** How far a message is. A reason stays in it even when later news overwrite its status. */
export function deliveryOf(message: IDataObject, channel: string): Delivery {
	const reason = textOrNull(objectOrEmpty(message.content_attributes).external_error);
	if (reason !== null || message.status === 'failed') return { status: 'failed', reason };
	if (message.status === 'delivered' || message.status === 'read') return { status: message.status };
	// A note and a website chat end in Chatwoot itself; other channels give their own ID once they have the message.
	const isOut = message.private === true || channel === 'Channel::WebWidget' || (textOrNull(message.source_id) !== null && channel !== 'Channel::Api');
	return { status: isOut ? 'sent' : 'queued' };
}

/**
 * The answer of a send with its true status and the text as it was typed.
 *
 * @param seconds how long to wait for the channel; undefined waits not
 * @throws NodeApiError when the message has failed meanwhile
 */
export async function withDelivery(account: AccountClient, conversationId: string, message: IDataObject, { channel, seconds, typed }: { channel: Channel; seconds?: number; typed?: string }): Promise<IDataObject> {
	let latest = message;
	let delivery = deliveryOf(message, channel.type);
	if (seconds !== undefined && delivery.status === 'queued' && (await account.client.isBot())) {
		account.http.notices.add("Chatwoot does not show messages to agent bots, so 'Wait for Delivery' could not wait. Use the token of a person for it.");
	} else if (seconds !== undefined && delivery.status === 'queued') {
		delivery = await waitForDelivery(async () => {
			latest = (await messageIn(account, conversationId, Number(message.id))) ?? latest;
			return deliveryOf(latest, channel.type);
		}, seconds, account.http.signal);
	}
	if (delivery.status === 'failed') refuseFailed(account, delivery, String(message.id));
	return { ...latest, status: delivery.status, ...(typed === undefined ? {} : { content: typed }) };
}

export function refuseFailed(account: AccountClient, { reason }: Delivery, messageId: string): never {
	const { message, description } = failureText(reason, messageId);
	throw account.http.error(message, description);
}

/** One message of a conversation, as it is now. */
export async function messageIn(account: AccountClient, conversationId: string, messageId: number): Promise<IDataObject | undefined> {
	const rows = rowsIn(await account.get(path`/conversations/${conversationId}/messages`, { after: messageId - 1 }));
	return rows.find(({ id }) => Number(id) === messageId);
}
