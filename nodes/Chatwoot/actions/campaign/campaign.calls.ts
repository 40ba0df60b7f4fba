import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Fields } from '../../../shared/operation/item';
import { withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
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

/** Milliseconds that a start may be over: a moment ago is now. */
const justNow = 5 * 60_000;

/** The start of a one-off campaign. The server takes any day; one that is over is sent at once, or never. */
export function readStart(fields: Fields, name: string): string | undefined {
	const start = fields.date(name);
	if (start !== undefined && Date.parse(start) < Date.now() - justNow) throw fields.refuse(name, 'is in the past', 'Chatwoot would send the campaign at once, or never. Pick a time that is still to come, or leave it empty to send at once.');
	return start;
}
