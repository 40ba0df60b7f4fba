import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Recipient } from '../../shared/campaign/interfaces';
import { path } from '../../shared/http/httpClient';
import type { History } from '../../shared/message/once';
import { isSamePhone, phoneSpellings } from '../../shared/phone/compare';
import { objectOrEmpty, recordsOf } from '../../shared/values/read';
import { type CallbellClient, contactIn } from '../transport/client';
import { accountNames } from './accountNames';

/** Where claims are kept; see docs/once.md. */
export const claimField: INodeProperties = {
	displayName: 'Claim Field',
	name: 'claimField',
	type: 'string',
	default: '',
	placeholder: 'e.g. Campaigns',
	description: 'A custom field of the type text, kept for Send Only Once: with it nobody gets the campaign twice, whatever happens. Without it that holds for runs one after the other, also after a crash (who got the same text within a day is left out), but not for two n8n processes that send it at the same time.',
};

/**
 * Refuses a name that is no custom field for claims.
 *
 * @param name undefined when there is none
 */
export async function checkClaimField(callbell: CallbellClient, name: string | undefined): Promise<void> {
	if (name === undefined) return;
	const field = (await accountNames(callbell)).fields.find((one) => one.name === name);
	if (field?.type === 'text') return;
	throw callbell.http.error(`'Claim Field' is '${name}', which is no custom field of the type text in Callbell`, 'Make it in Callbell under Settings > Custom fields, or take the field away.');
}

/** Characters that a claim field may hold; the campaigns of longest ago go first. */
const longest = 240;
/** The same text within this time counts as this campaign's, where no claim tells. */
const recent = 24 * 3_600_000;
/** How far the times of two answers may lie apart. */
const tolerance = 5 * 60_000;

/**
 * The claims of a contact: one text field holds those of all campaigns, e.g. "k3f0a1b2c3=sent 9ab…=claimed_…". Callbell
 * makes no custom fields by API, so a person has to. Without one the messages alone tell.
 */
export class CallbellClaim {
	/** The contact as read last. */
	contact?: IDataObject;
	/** Callbell's own time at that moment. */
	private serverTime = Date.now();

	constructor(
		private readonly callbell: CallbellClient,
		private readonly recipient: Recipient,
		private readonly channel: unknown,
		private readonly text: string,
		private readonly campaign: string,
		readonly field: string | undefined,
	) {}

	stamp(): string {
		return Math.floor(this.serverTime / 1000).toString(36);
	}

	async look(): Promise<IDataObject | undefined> {
		for (const spelling of phoneSpellings(this.recipient.e164)) {
			const { status, body, headers } = await this.callbell.http.exchange({
				method: 'GET', path: path`/contacts/phone/${spelling.slice(1)}`, query: { channel_uuid: String(this.channel) }, accept: [404],
			});
			this.serverTime = Date.parse(String(headers.date)) || Date.now();
			const contact = status === 404 ? undefined : contactIn(body as IDataObject);
			// Somebody else is nobody.
			this.contact = contact && (!contact.phoneNumber || isSamePhone(contact.phoneNumber, this.recipient.e164)) ? contact : undefined;
			if (this.contact) break;
		}
		return this.contact;
	}

	async read(): Promise<string | undefined> {
		await this.look();
		return this.entries().get(this.campaign);
	}

	async write(entry: string, deadline?: number): Promise<void> {
		const entries = this.entries();
		// Setting it again puts it last.
		entries.delete(this.campaign);
		entries.set(this.campaign, entry);
		let value = '';
		do {
			value = [...entries].map(([key, one]) => `${key}=${one.replaceAll(' ', '_')}`).join(' ');
			if (value.length > longest) entries.delete(entries.keys().next().value as string);
		} while (value.length > longest);
		const fields = { custom_fields: { [this.field!]: value } };
		const { contact } = this;
		if (contact) {
			const { body } = await this.callbell.http.exchange({ method: 'PATCH', path: path`/contacts/${String(contact.uuid)}`, body: fields, idempotent: false, leaveBy: deadline });
			this.contact = contactIn(body as IDataObject);
			return;
		}
		const body = { source: 'whatsapp', identifier: this.recipient.e164.slice(1), name: this.recipient.name ?? this.recipient.e164, channel_uuid: this.channel, ...fields };
		const call = { method: 'POST' as const, path: '/contacts', body, leaveBy: deadline, accept: [400, 422] };
		const answer = await this.callbell.http.exchange(call);
		if (answer.status < 300) {
			this.contact = contactIn(answer.body as IDataObject);
			return;
		}
		const error = this.callbell.http.refusal(answer, call);
		// Somebody else has made the contact: it is read again.
		if (/taken|exist/i.test(JSON.stringify(answer.body)) && (await this.look())) error.context.notSent = 'late';
		throw error;
	}

	private entries(): Map<string, string> {
		const text = this.field === undefined ? '' : String(objectOrEmpty(this.contact?.customFields)[this.field] ?? '');
		return new Map(text.split(' ').filter((entry) => entry.includes('=')).map((entry) => {
			const [key, ...rest] = entry.split('=');
			return [key!, rest.join('=').replaceAll('_', ' ')];
		}));
	}

	/**
	 * Whether the person has got this text. Callbell's messages carry no mark of ours.
	 *
	 * @param entry claim of another run: other messages since then leave it unclear
	 */
	async history(entry: string | undefined): Promise<History> {
		// Before sending, the claim decides; the text may be the same as in last week's campaign.
		if (entry === undefined && this.field !== undefined) return 'none';
		const contact = this.contact ?? (await this.look());
		if (!contact) return 'none';
		const { messages } = await this.callbell.get(path`/contacts/${String(contact.uuid)}/messages`);
		const sent = recordsOf(messages).filter(({ status }) => status === 'sent');
		const at = (message: IDataObject) => Date.parse(String(message.createdAt));
		const since = entry === undefined ? undefined : parseInt(entry.split(' ')[2] ?? '', 36) * 1000 - tolerance;
		// Older than the claim is another campaign's message of the same text.
		const earliest = since ?? this.serverTime - recent;
		const same = sent.find((message) => String(message.text).trim() === this.text.trim() && at(message) >= earliest);
		if (same) return { id: typeof same.uuid === 'string' ? same.uuid : null };
		return since !== undefined && sent.some((message) => at(message) >= since) ? 'unclear' : 'none';
	}
}
