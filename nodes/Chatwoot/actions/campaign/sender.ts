import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Addressee, CampaignSender, Known, Sent } from '../../../shared/campaign/interfaces';
import { messageIn } from '../../../shared/http/answers';
import { path } from '../../../shared/http/httpClient';
import { wasNotSent } from '../../../shared/http/lostAnswer';
import type { Place } from '../../../shared/operation/lostWrites';
import { fillTemplate, type TemplateInput } from '../../descriptions/template';
import { changeLabels, labelsAt } from '../../helpers/labels';
import { deliveryOf } from '../../helpers/outgoing';
import { withMark } from '../../helpers/workflowMark';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { toCommonContact } from '../contact/contact';
import { contactOrders, contactPage, contactPageSize } from '../contact/contact.calls';
import { ChatwootClaim, contactsByPhone } from './claim';

/** What Chatwoot is to send: the inbox and the template. */
export interface ChatwootMessage extends TemplateInput {
	inboxId: string;
}

/** Refusals that anybody else would get as well. */
const forAll = new Set(['401', '402', '403', '429']);

/** Sends the messages of a campaign (`createMessage`); people are claimed in a custom attribute of the contact. */
export function chatwootSender(account: AccountClient, context: IExecuteFunctions): CampaignSender<ChatwootMessage> {
	const asKnown = (record: IDataObject, labels: string[]): Known => ({ id: String(record.id), contact: { ...toCommonContact(record, account.client), tags: labels }, blocked: record.blocked === true });
	const find = contactsByPhone(account);
	/** The conversation of each message that was sent. */
	const conversations = new Map<string, string>();
	return {
		service: 'Chatwoot',
		account: `Chatwoot ${account.http.baseUrl} ${account.id}`,
		promise: 'claims',
		tags: async () => rowsIn(await account.getOnce('/labels')).map(({ title }) => String(title)),
		async recipients(labels, match) {
			const lists = await Promise.all(labels.map(async (label) => (await account.collect(async (page, sort) => contactPage(await account.get('/contacts', { sort, labels: [label], page })), contactPageSize, undefined, contactOrders('created_at'))).rows));
			const all = new Map(lists.flat().map((record) => [record.id, record]));
			const wanted = match === 'any' ? [...all.values()] : [...all.values()].filter(({ id }) => lists.every((rows) => rows.some((row) => row.id === id)));
			return wanted.map((record) => asKnown(record, labels));
		},
		async check(message) {
			const thrown = await fillTemplate(account, message.inboxId, message).then(() => undefined, (error: unknown) => error as Error & { description?: string | null });
			if (!thrown) return undefined;
			// What is not about the values is about the whole campaign.
			if (!thrown.message.startsWith("'Template Variables' ")) return await Promise.reject(thrown);
			const what = thrown.message.replace("'Template Variables' ", '');
			return { field: 'templateVariables', what, advice: thrown.description ?? '', forAll: false, isMissing: /lacks|empty|value/.test(what) };
		},
		text: async (message) => (await fillTemplate(account, message.inboxId, message)).text,
		fill: (message, replace) => ({ ...message, values: Object.fromEntries(Object.entries(message.values).map(([id, value]) => [id, typeof value === 'string' ? replace(value) : value])) }),
		addressee: (recipient, message, _, { campaign, tags }) => new ChatwootAddressee(account, context, new ChatwootClaim(account, find, recipient, message.inboxId, campaign, tags), asKnown, conversations),
		async outcome(id) {
			const conversation = conversations.get(id);
			const messages = conversation === undefined ? [] : rowsIn(await account.get(path`/conversations/${conversation}/messages`, { after: Number(id) - 1 }));
			const message = messages.find((one) => String(one.id) === id) ?? {};
			const { status, reason } = deliveryOf(message, 'Channel::Whatsapp');
			return { status, reason: reason ?? null };
		},
	};
}

class ChatwootAddressee implements Addressee<ChatwootMessage> {
	constructor(
		private readonly account: AccountClient,
		private readonly context: IExecuteFunctions,
		readonly claim: ChatwootClaim,
		private readonly asKnown: (record: IDataObject, labels: string[]) => Known,
		private readonly conversations: Map<string, string>,
	) {}

	get known(): Known | undefined {
		return this.claim.contact && this.asKnown(this.claim.contact, this.claim.labels);
	}

	stamp = () => this.claim.stamp();
	history = async (entry: string | undefined) => await this.claim.history(entry);

	async look(): Promise<void> {
		await this.claim.look();
	}

	async send(message: ChatwootMessage, deadline?: number): Promise<Sent> {
		const { account } = this;
		const { params, text } = await fillTemplate(account, message.inboxId, message);
		const conversation = await this.place(deadline);
		if (typeof conversation !== 'string') return conversation;
		const body = withMark({ content: text, message_type: 'outgoing', private: false, template_params: params, content_attributes: this.claim.mark }, this.context);
		const { status, body: answer } = await account.exchange({ method: 'POST', path: path`/conversations/${conversation}/messages`, body, leaveBy: deadline, accept: [400, 401, 402, 403, 404, 422] });
		const said = messageIn(answer) ?? `HTTP ${status}`;
		if ([401, 402, 403].includes(status)) return { is: 'stop', reason: `Chatwoot refuses to send: ${said}` };
		if (status >= 400) return { is: 'refused', reason: said };
		const { id } = answer as IDataObject;
		if (id === undefined || id === null || id === '') return { is: 'unsure', reason: 'Chatwoot answered without the ID of a message' };
		this.conversations.set(String(id), conversation);
		return { is: 'queued', id: String(id) };
	}

	/** The conversation that the message goes to; what keeps one person from having one keeps nobody else. */
	private async place(deadline: number | undefined): Promise<string | Sent> {
		try {
			const contact = this.claim.contact ?? (await this.claim.make({}, deadline));
			return this.claim.conversation ?? (await this.claim.open(contact));
		} catch (error) {
			const { httpCode, message } = error as Error & { httpCode?: unknown };
			// The message itself has not left, whatever became of the conversation.
			if (wasNotSent(error) === 'late' || forAll.has(String(httpCode)) || !(error instanceof NodeApiError)) return await Promise.reject(error as Error);
			return { is: 'refused', reason: message };
		}
	}

	mark = async (label: string, on: boolean): Promise<Place | undefined> => {
		const { contact } = this.claim;
		if (!contact) return undefined;
		const at = { path: path`/contacts/${String(contact.id)}/labels`, record: `contact ${String(contact.id)}` };
		await changeLabels(this.account, at, on ? 'add' : 'remove', { names: [label], whenMissing: 'fail', refuse: (what, advice) => this.account.http.error(`'Mark With Tag' ${what}`, advice) });
		return labelsAt(this.account, at);
	};
}
