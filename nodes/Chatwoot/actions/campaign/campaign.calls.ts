import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Fields } from '../../../shared/operation/item';
import { withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import type { TextFormat } from '../../../shared/message/textFormat';
import { plainText } from '../../../shared/message/textFormat';
import { leftPlaceholder } from '../../../shared/whatsapp/words';
import { contactPlaceholder } from '../../descriptions/template';
import { outgoingText } from '../../helpers/outgoing';
import { channelNames } from '../inbox/inbox';
import { exchangeAboutOne } from '../../helpers/oneRecord';
import { table } from '../../../shared/values/table';

export type CampaignKind = 'oneOff' | 'website';

const kinds: Record<string, CampaignKind> = table({
	'Channel::Sms': 'oneOff',
	'Channel::TwilioSms': 'oneOff',
	'Channel::WebWidget': 'website',
	'Channel::Whatsapp': 'oneOff',
});

/**
 * Sends a call about one campaign.
 */
export async function campaignCall(account: AccountClient, id: string, call: Omit<Call, 'path'>): Promise<IDataObject> {
	const answer = await exchangeAboutOne(account, { ...call, path: path`/campaigns/${id}` }, {
		list: '/campaigns',
		field: 'Campaign',
		id,
	});
	return withoutSecrets(answer.body as IDataObject);
}

/** The inbox of a campaign, when it can have campaigns of this kind. */
export async function campaignInbox(account: AccountClient, inboxId: number, kind: CampaignKind): Promise<IDataObject> {
	const inbox = await account.getOnce(path`/inboxes/${inboxId}`);
	const channel = String(inbox.channel_type ?? 'unknown');
	if (kinds[channel] === kind && inbox.medium === 'whatsapp') {
		throw account.http.error("'Inbox' is WhatsApp through Twilio, whose campaigns Chatwoot takes and never sends", "Its run breaks off, and the campaign stays 'processing'. Use an SMS or WhatsApp Cloud inbox, or 'Campaign > Send' of this node.");
	}
	if (kinds[channel] === kind) return inbox;
	const name = channelNames[channel] ?? channel;
	throw account.http.error(
		kinds[channel] ? `'Kind of Campaign' does not fit the inbox: ${name} inboxes have ${kind === 'website' ? 'one-off' : 'website'} campaigns` : `'Inbox' is of the kind ${name}, which has no campaigns`,
		kinds[channel] ? "Choose the other 'Kind of Campaign', or another inbox." : 'Pick a website, SMS, Twilio or WhatsApp inbox.',
	);
}

/** Why a campaign will never go out although the server takes it; undefined when it will. */
export async function silentReason(account: AccountClient, inbox: IDataObject): Promise<string | undefined> {
	if (inbox.channel_type !== 'Channel::Whatsapp') return undefined;
	if (inbox.provider !== 'whatsapp_cloud') return 'Chatwoot sends WhatsApp campaigns through WhatsApp Cloud inboxes only; this one will not go out.';
	const { features } = await account.getOnce<{ features?: IDataObject }>('');
	return features?.whatsapp_campaign === true ? undefined : 'WhatsApp campaigns are switched off for this account (feature whatsapp_campaign); this one will not go out until they are switched on.';
}

/**
 * A campaign's text as Chatwoot has to have it: what stands for the contact is kept, the rest is read as it was typed. Visitors
 * of a website see it rendered, SMS goes out as it is.
 *
 * @throws NodeOperationError when it has a placeholder that Chatwoot does not know
 */
export function campaignText(fields: Fields, field: string, text: string, format: TextFormat, channel: string): string {
	if (channel === 'Channel::Whatsapp') return text;
	const kept: string[] = [];
	const marked = text.replace(/\{\{([^{}]{0,200})\}\}/g, (whole, inside: string) => {
		const known = contactPlaceholder(inside.trim());
		if (known === undefined) throw fields.refuse(field, `has a placeholder that Chatwoot does not know: ${whole.slice(0, 60)}`, 'It knows {{contact.name}}, {{contact.first_name}}, {{contact.email}}, {{contact.phone_number}} and {{contact.custom_attribute.key}}.');
		return `\uE002${kept.push(`{{${known}}}`) - 1}\uE003`;
	});
	const left = leftPlaceholder(marked.replace(/\{%[^{}]{0,200}%\}/g, ''));
	if (left !== undefined) throw fields.refuse(field, `has a placeholder that nobody has filled in: ${left.slice(0, 60)}`, 'Put an expression or {{contact.name}} in its place.');
	const ready = channel === 'Channel::WebWidget' ? outgoingText(marked, format, channel) : plainText(marked, format);
	return ready.replace(/\uE002(\d{1,4})\uE003/g, (whole, index: string) => kept[Number(index)] ?? whole);
}

/** Milliseconds that a start may be over: a moment ago is now. */
const justNow = 5 * 60_000;

/** The start of a one-off campaign. The server takes any day; one that is over is sent at once, or never. */
export function readStart(fields: Fields, name: string): string | undefined {
	const start = fields.date(name);
	if (start !== undefined && Date.parse(start) < Date.now() - justNow) throw fields.refuse(name, 'is in the past', 'Chatwoot would send the campaign at once, or never. Pick a time that is still to come, or leave it empty to send at once.');
	return start;
}
