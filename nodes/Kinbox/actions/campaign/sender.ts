import type { IDataObject } from 'n8n-workflow';

import type { Addressee, CampaignSender, Known, Recipient, Sent } from '../../../shared/campaign/interfaces';
import { messageIn } from '../../../shared/http/answers';
import { path } from '../../../shared/http/httpClient';
import { wasNotSent } from '../../../shared/message/once';
import type { Item } from '../../../shared/operation/item';
import { phoneKey, phoneSpellings } from '../../../shared/phone/compare';
import { objectOrEmpty, withoutUndefined } from '../../../shared/values/read';
import { fillTemplate, type TemplateInput } from '../../descriptions/template';
import type { KinboxClient } from '../../transport/client';
import { toCommonContact } from '../contact/contact';
import { FateOfMessage } from '../message/message.calls';
import { KinboxTags } from './campaign.calls';
import { ReadOnce } from '../../../shared/values/readOnce';

/** What Kinbox is to send: channel, template, and what becomes of the conversation. */
export interface KinboxMessage {
	channelId: string;
	template: TemplateInput;
	/** The item, whose fields are named when they do not fit. */
	item: Item;
	hidden?: boolean;
	groupId?: string;
}

const asKnown = (record: IDataObject, tags: string[]): Known => ({ id: String(record.id), contact: { ...toCommonContact(record), tags }, blocked: false });

/** Sends the messages of a campaign (`POST /v1/messages/send`). Kinbox takes each `externalId` once, so it is the claim. */
export function kinboxSender(kinbox: KinboxClient, account: string, once: boolean): CampaignSender<KinboxMessage> {
	const tags = new KinboxTags(kinbox);
	const templates = new ReadOnce<string>();
	/** Of what is still on its way, by the ID in the queue. */
	const fates = new Map<string, FateOfMessage>();
	const templateOf = async ({ channelId, template }: KinboxMessage) => {
		const ofChannel = await templates.get(String(channelId), async () => await kinbox.listAtOnce(path`/channels/${channelId}/templates`));
		return ofChannel.find(({ id }) => String(id) === String(template.id));
	};
	return {
		service: 'Kinbox',
		account,
		promise: 'key',
		endsAtSent: true,
		async prepare() {
			kinbox.needs('v1', 'Sending messages');
		},
		tags: async () => await tags.names(),
		recipients: async (names, match) => (await tags.contacts(names, match)).map(({ contact, tags: own }) => asKnown(contact, own)),
		async check(message) {
			const thrown = await fillTemplate(kinbox, message.channelId, message.template, message.item).then(() => undefined, (error: unknown) => error as Error & { description?: string | null });
			if (!thrown) return undefined;
			const about = /^'((?:Template )?Variables)' (.+?)(?: \[item \d+\])?$/.exec(thrown.message);
			// What is not about the values is about the whole campaign.
			if (!about) return await Promise.reject(thrown);
			return { field: 'templateVariables', what: about[2]!, advice: thrown.description ?? '', forAll: false, isMissing: /lacks|empty/.test(about[2]!) };
		},
		async text(message) {
			const { bodyFields } = await fillTemplate(kinbox, message.channelId, message.template, message.item);
			const { components, name } = (await templateOf(message)) ?? { components: undefined, name: message.template.name };
			const body = (Array.isArray(components) ? components.map(objectOrEmpty) : []).find(({ type }) => String(type).toLowerCase() === 'body');
			const values = Array.isArray(bodyFields) ? bodyFields.map(String) : [];
			return String(body?.text ?? name ?? '').replace(/\{\{\s*(\d+)\s*\}\}/g, (whole, number: string) => values[Number(number) - 1] ?? whole);
		},
		fill(message, replace) {
			const filled = (value: unknown) => (typeof value === 'string' ? replace(value) : value);
			const { template } = message;
			return { ...message, template: { ...template, values: Object.fromEntries(Object.entries(template.values).map(([id, value]) => [id, filled(value)])) as IDataObject, list: template.list?.map(filled) } };
		},
		addressee: (recipient, _, __, { campaign, tags: needsTags }) => new KinboxAddressee(kinbox, recipient, once ? `n8n-${campaign}-${phoneKey(recipient.e164)}` : undefined, needsTags ? tags : undefined, (id, fate) => fates.set(id, fate)),
		async outcome(id) {
			const fate = fates.get(id);
			// The queue alone does not tell what WhatsApp made of it.
			if (!fate) return { status: 'queued', reason: null };
			const { delivery: { status, reason } } = await fate.look();
			if (status !== 'queued') fates.delete(id);
			return { status, reason: status === 'failed' ? reason ?? 'Kinbox could not send it' : null };
		},
	};
}

/** The contact with a phone, in any spelling of it. */
export async function knownIn(kinbox: KinboxClient, e164: string, tags: KinboxTags | undefined): Promise<Known | undefined> {
	for (const spelling of phoneSpellings(e164)) {
		const { rows } = await kinbox.list('/contacts', { phone: spelling.slice(1) }, { limit: 5 });
		const record = rows.find(({ phone }) => `+${String(phone)}` === spelling);
		if (record) return asKnown(record, tags ? await tags.ofContact(String(record.id)) : []);
	}
	return undefined;
}

class KinboxAddressee implements Addressee<KinboxMessage> {
	known?: Known;

	constructor(private readonly kinbox: KinboxClient, private readonly recipient: Recipient, private readonly key: string | undefined, private readonly tags: KinboxTags | undefined, private readonly handedIn: (id: string, fate: FateOfMessage) => void) {}

	async look(): Promise<void> {
		this.known = await knownIn(this.kinbox, this.recipient.e164, this.tags) ?? this.known;
	}

	async send(message: KinboxMessage, deadline?: number): Promise<Sent> {
		// The spelling that Kinbox has is WhatsApp's own.
		const to = (this.known?.contact.phone ?? this.recipient.e164).slice(1);
		const name = this.known ? undefined : this.recipient.name;
		const callOptions = withoutUndefined({
			setGroupId: message.groupId === undefined ? undefined : Number(message.groupId), contact: name === undefined ? undefined : { name }, doInternationalValidation: to.startsWith('55') ? undefined : true,
		});
		const template = await fillTemplate(this.kinbox, message.channelId, message.template, message.item);
		const body = withoutUndefined({ channelId: Number(message.channelId), to, template, hidden: message.hidden, externalId: this.key, callOptions: Object.keys(callOptions).length ? callOptions : undefined });
		const since = Date.now();
		const send = async () => await this.kinbox.exchange({ method: 'POST', path: '/messages/send', body, idempotent: false, leaveBy: deadline, accept: [400, 401, 402, 403, 404, 409, 422] });
		let isSecond = false;
		const { status, body: answer } = await send().catch(async (error: unknown) => {
			// With a key that is taken once only, sending again cannot send twice.
			if (wasNotSent(error) || this.key === undefined) return await Promise.reject(error as Error);
			isSecond = true;
			return await send();
		});
		if (status === 409 && this.key !== undefined) return isSecond ? { is: 'queued', id: '', note: 'The answer was lost; Kinbox has the message' } : { is: 'repeated' };
		const said = messageIn(answer) ?? `HTTP ${status}`;
		if ([401, 402, 403].includes(status)) return { is: 'stop', reason: `Kinbox refuses to send: ${said}` };
		if (status >= 400) return { is: 'refused', reason: said };
		const { id } = answer as IDataObject;
		if (id === undefined || id === null || id === '') return { is: 'unsure', reason: 'Kinbox answered without the ID of a message' };
		this.handedIn(String(id), new FateOfMessage(this.kinbox, String(id), { e164: this.recipient.e164, body: { channelId: message.channelId } }, since));
		return { is: 'queued', id: String(id) };
	}
}
