import type { IDataObject } from 'n8n-workflow';

import type { Recipient } from '../../../shared/campaign/interfaces';
import { path } from '../../../shared/http/httpClient';
import type { History } from '../../../shared/message/once';
import { isSamePhone } from '../../../shared/phone/compare';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import { Together } from '../../../shared/values/together';
import { claimPrefix, isMadeByClaim, markedMessages, messageMark, stampOf } from '../../helpers/claims';
import { readCurrent } from '../../helpers/labels';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { contactIn } from '../contact/contact.calls';
import { conditionsOf, filterContacts, nameOf, peopleInAFilter } from '../contact/contact.people';

/** Conversations of a contact in the inbox that are looked through, the newest first. */
const lookedThrough = 3;

/** Finds contacts by phone; people who are looked for at the same time are looked for in one request. */
export function contactsByPhone(account: AccountClient): Together<string, IDataObject[]> {
	return new Together(async (phones) => {
		const found = await filterContacts(account, phones.flatMap((phone) => conditionsOf({ phone })).map((condition) => [condition]), true);
		return phones.map((phone) => found.filter(({ phone_number: written }) => written === phone || isSamePhone(written, phone)));
	}, peopleInAFilter);
}

/**
 * The claim of a contact: a custom attribute for each campaign. Chatwoot keeps attributes that no definition names, merges
 * them with the others, and shows them nowhere. Messages carry the campaign's mark.
 */
export class ChatwootClaim {
	/** The contact as read last. */
	contact?: IDataObject;
	labels: string[] = [];
	/** Its newest conversation in the inbox. */
	conversation?: string;
	readonly mark: IDataObject;
	private readonly attribute: string;
	/** What was written last, and to which contact. */
	private written?: { entry: string; id: string };

	/**
	 * @param find the contacts that may have a phone
	 * @param needsLabels whether a rule of the campaign asks for them
	 */
	constructor(private readonly account: AccountClient, private readonly find: Together<string, IDataObject[]>, private readonly recipient: Recipient, private readonly inboxId: string, private readonly campaign: string, private readonly needsLabels: boolean) {
		this.attribute = `${claimPrefix}${campaign}`;
		this.mark = { [messageMark]: campaign };
	}

	/** The contact with the phone; of several, the oldest. */
	async look(): Promise<void> {
		const { e164 } = this.recipient;
		const found = await this.find.ask(e164);
		const spelled = found.filter(({ phone_number: phone }) => phone === e164);
		[this.contact] = (spelled.length ? spelled : found).sort((a, b) => Number(a.id) - Number(b.id));
		if (this.contact && this.needsLabels) this.labels = await readCurrent(this.account, path`/contacts/${String(this.contact.id)}/labels`);
	}

	async read(): Promise<string | undefined> {
		await this.look();
		const entry = objectOrEmpty(this.contact?.custom_attributes)[this.attribute];
		if (typeof entry !== 'string' || entry === '') return undefined;
		// A claim that came here with a merge was not here when others looked: it counts as somebody else's.
		return entry === this.written?.entry && String(this.contact!.id) !== this.written.id ? `${entry} merged` : entry;
	}

	async write(entry: string, deadline?: number): Promise<void> {
		const fields = { custom_attributes: { [this.attribute]: entry } };
		if (!this.contact) {
			const { id } = await this.make(fields, deadline);
			this.written = { entry, id: String(id) };
			return;
		}
		const id = String(this.contact.id);
		this.written = { entry, id };
		const call = { method: 'PATCH' as const, path: path`/contacts/${id}`, body: fields, idempotent: false, leaveBy: deadline, accept: [422] };
		const answer = await this.account.exchange(call);
		if (answer.status < 300) return;
		const error = this.account.refusal(answer, call);
		if (await this.joinTwins()) error.context.notSent = 'late';
		throw error;
	}

	/**
	 * Two runs that make a contact at the same moment make two, since phones have no unique index, and then Chatwoot takes
	 * no change of either. Those that a campaign has made are merged into the other.
	 *
	 * @returns whether the contact may be written to now
	 * @throws NodeApiError when people have to merge them
	 */
	private async joinTwins(): Promise<boolean> {
		const phone = this.contact?.phone_number;
		if (typeof phone !== 'string') return false;
		const twins = (await filterContacts(this.account, [[{ attribute_key: 'phone_number', values: [phone] }]])).filter((twin) => twin.phone_number === phone).sort((a, b) => Number(a.id) - Number(b.id));
		// Another run has merged them already.
		if (twins.length < 2) return twins.length === 1 && String(twins[0]!.id) !== String(this.contact!.id);
		const others = twins.filter((twin) => !isMadeByClaim(twin));
		if (others.length > 1) {
			const error = this.account.http.error(`${others.map(nameOf).join(' and ')} have the same phone, and Chatwoot takes no change of either; merge them`, "Use 'Contact > Merge', then run the campaign again.", 422);
			error.context.notSent = 'refused';
			throw error;
		}
		const base = others[0] ?? twins[0]!;
		for (const { id } of twins) {
			if (id !== base.id) await this.account.exchange({ method: 'POST', path: '/actions/contact_merge', body: { base_contact_id: Number(base.id), mergee_contact_id: Number(id) }, accept: [404] });
		}
		this.account.http.notices.add('Two runs created the same contact at the same time; one was merged into the other.');
		return true;
	}

	/** Makes the contact; when somebody else has just made it, the error says that it may be tried again. */
	async make(fields: IDataObject, deadline?: number): Promise<IDataObject> {
		const { e164, name } = this.recipient;
		const call = { method: 'POST' as const, path: '/contacts', body: { phone_number: e164, ...(name === undefined ? {} : { name }), ...fields }, leaveBy: deadline, accept: [422] };
		const answer = await this.account.exchange(call);
		if (answer.status < 300) return (this.contact = contactIn(answer.body));
		const error = this.account.refusal(answer, call);
		await this.look();
		if (this.contact) error.context.notSent = 'late';
		throw error;
	}

	/** Opens a conversation in the inbox, through the link that the contact has there. */
	async open({ id }: IDataObject): Promise<string> {
		const { contact_inboxes: links } = contactIn(await this.account.get(path`/contacts/${String(id)}`));
		const link = recordsOf(links).find(({ inbox }) => String(objectOrEmpty(inbox).id) === this.inboxId);
		const made = await this.account.post('/conversations', { inbox_id: Number(this.inboxId), contact_id: id, ...(link?.source_id ? { source_id: link.source_id } : {}) });
		return (this.conversation = String(made.id));
	}

	stamp(): string {
		return stampOf(this.account);
	}

	/**
	 * Whether a message of the campaign is in the contact's conversations of the inbox.
	 *
	 * @param entry claim since which it may have been sent
	 */
	async history(entry: string | undefined): Promise<History> {
		if (!this.contact) await this.look();
		if (!this.contact) return 'none';
		const conversations = rowsIn(await this.account.get(path`/contacts/${String(this.contact.id)}/conversations`)).filter(({ inbox_id: inbox }) => String(inbox) === this.inboxId);
		this.conversation = conversations[0] ? String(conversations[0].id) : undefined;
		let isWhole = true;
		for (const { id } of conversations.slice(0, lookedThrough)) {
			const found = await markedMessages(this.account, String(id), (mark) => mark === this.campaign, entry);
			if (found?.[0]) return { id: String(found[0].id) };
			isWhole &&= found !== undefined;
		}
		return isWhole ? 'none' : 'unclear';
	}
}
