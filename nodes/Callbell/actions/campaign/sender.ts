import type { IDataObject } from 'n8n-workflow';

import type { Addressee, CampaignSender, Known, Recipient, Sent } from '../../../shared/campaign/interfaces';
import { path } from '../../../shared/http/httpClient';
import type { Place } from '../../../shared/operation/lostWrites';
import type { PublicFile, UnfitFile } from '../../../shared/message/sendFiles';
import type { FileKind } from '../../../shared/whatsapp/files';
import { CallbellClaim, checkClaimField } from '../../helpers/claim';
import type { TemplateInput } from '../../descriptions/template';
import { misfit, templateBody } from '../../descriptions/template';
import { type CallbellClient, contactIn, recordIn } from '../../transport/client';
import { callbellSays, noCreditCode } from '../../transport/errors';
import { toCommonContact } from '../contact/contact';
import { withTags, findContacts, tagsAt } from '../contact/contact.calls';
import { deliveryOf } from '../message/message';
import { filledIn } from '../template/template';
import { tagsLike } from '../../helpers/tags';
import { typeOfTemplate, variableCount } from '../../helpers/templates';

/** What Callbell is to send: the channel and what else every message has, and the template. */
export interface CallbellMessage {
	base: IDataObject;
	template: TemplateInput;
	/** The file on top, with an address that is made when it is needed: one of n8n's own lasts a day. */
	header(): PublicFile | undefined;
	/** What is wrong with that file as what the template has on top. */
	unfitHeader(kind: FileKind): Promise<UnfitFile | undefined>;
}

const stops = [401, 402, 403];
const asKnown = (record: IDataObject): Known => ({ id: String(record.uuid ?? ''), contact: toCommonContact(record), blocked: Boolean(record.blockedAt) });

/** Sends the messages of a campaign (`POST /messages/send`); people are claimed in a custom field, when the account has one for it. */
export function callbellSender(callbell: CallbellClient, account: string, claimField: string | undefined): CampaignSender<CallbellMessage> {
	return {
		service: 'Callbell',
		account,
		promise: claimField === undefined ? 'messages' : 'claims',
		hidesTags: true,
		async prepare() {
			await checkClaimField(callbell, claimField);
		},
		tags: async (names) => await tagsLike(callbell, names),
		recipients: async (tags, match) => (await findContacts(callbell, { tags, match, ignoreCase: false, query: { source: 'whatsapp' } })).map(asKnown),
		async check({ template, unfitHeader }) {
			const chosen = await callbell.template(template.templateId);
			const problem = misfit(template, chosen);
			const kind = typeOfTemplate(chosen);
			const unfit = problem || kind === 'text' ? undefined : await unfitHeader(kind);
			if (unfit) return { ...unfit, forAll: false };
			return problem && { ...problem, forAll: problem.field !== 'templateValues', isMissing: problem.field === 'templateValues' && template.values.filter((value) => value.trim() !== '').length < variableCount(chosen) };
		},
		text: async ({ template }) => filledIn(await callbell.template(template.templateId), template.values),
		fill: (message, replace) => ({ ...message, template: { ...message.template, values: message.template.values.map(replace) } }),
		addressee: (recipient, message, text, { campaign }) => new CallbellAddressee(callbell, recipient, new CallbellClaim(callbell, recipient, message.base.channel_uuid, text, campaign, claimField)),
		async outcome(id) {
			const answer = await callbell.find(path`/messages/status/${id}`);
			const { status, reason } = deliveryOf(answer ? recordIn(answer, 'message') : {});
			return { status, reason: reason ?? null };
		},
	};
}

class CallbellAddressee implements Addressee<CallbellMessage> {
	readonly claim;

	constructor(private readonly callbell: CallbellClient, private readonly recipient: Recipient, private readonly claims: CallbellClaim) {
		this.claim = claims.field === undefined ? undefined : claims;
	}

	get known(): Known | undefined {
		return this.claims.contact && asKnown(this.claims.contact);
	}

	stamp = () => this.claims.stamp();
	history = async (entry: string | undefined) => await this.claims.history(entry);

	async look(): Promise<void> {
		await this.claims.look();
	}

	async send({ base, template, header }: CallbellMessage, deadline?: number): Promise<Sent> {
		const chosen = await this.callbell.template(template.templateId);
		const body = { to: this.recipient.e164, ...base, ...templateBody({ ...template, header: header() }, chosen) };
		const { status, body: answer } = await this.callbell.http.exchange({ method: 'POST', path: '/messages/send', body, leaveBy: deadline, accept: [400, ...stops, 404, 422] });
		const said = callbellSays(answer) ?? `HTTP ${status}`;
		if (status === 402 && (answer as IDataObject).code === noCreditCode) return { is: 'stop', reason: 'The WhatsApp credit of the Callbell account is used up' };
		if (stops.includes(status)) return { is: 'stop', reason: `Callbell refuses to send: ${said}` };
		if (status >= 400) return { is: 'refused', reason: said };
		const { uuid, contact } = recordIn(answer as IDataObject, 'message');
		if (!this.claims.contact && contact) this.claims.contact = contact as IDataObject;
		return typeof uuid === 'string' && uuid !== '' ? { is: 'queued', id: uuid } : { is: 'unsure', reason: 'Callbell answered without the ID of a message' };
	}

	mark = async (tag: string, on: boolean): Promise<Place | undefined> => {
		const { contact } = this.claims;
		const now = contact?.uuid ? contactIn(await this.callbell.get(path`/contacts/${String(contact.uuid)}`)) : await this.claims.look();
		if (!now) return undefined;
		const own = Array.isArray(now.tags) ? now.tags.map(String) : [];
		await this.callbell.patch(path`/contacts/${String(now.uuid)}`, { tags: on ? withTags(own, [tag]) : own.filter((other) => other !== tag) });
		return tagsAt(this.callbell, String(now.uuid));
	};
}
