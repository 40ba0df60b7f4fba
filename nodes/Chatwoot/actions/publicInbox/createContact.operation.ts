import type { IDataObject } from 'n8n-workflow';

import { isSameValue, keyLabels, personKeys, personNames } from '../../../shared/contact/samePerson';
import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { notApplied, tellNotApplied } from '../../helpers/applied';
import { keysOf, nameOf } from '../contact/contact.people';
import { simplifyPublicContact } from './publicInbox';
import { inboxField, publicCall, refuseTwoPeople, signed, sourceField } from './publicInbox.calls';
import { publicContactFields, readPublicContact } from './publicInbox.fields';

/** `createPublicContact`: `POST /public/api/v1/inboxes/{inbox}/contacts`; the answer has the source ID. */
export const createContact = accountOperation<{ inbox: string; body: IDataObject; sign: boolean }>({
	option: {
		name: 'Create Contact',
		value: 'createContact',
		action: 'Create contact in public inbox',
		description: 'Make a contact of an API inbox, or find the one with the same identifier, e-mail or phone; values of two people are refused',
	},
	properties: [inboxField, { ...sourceField, required: false, description: "The contact's address in the inbox; left empty, Chatwoot makes one up" }, ...publicContactFields],
	read(item) {
		const { body, sign } = readPublicContact(item);
		return { inbox: item.requiredLocator('inboxIdentifier'), body: withoutUndefined({ ...body, source_id: item.text('sourceId') }), sign };
	},
	orderingKey: ({ inbox, body }) => [...personNames(keysOf(body)), ...(body.source_id === undefined ? [] : [`${inbox} ${String(body.source_id)}`])],
	async run({ inbox, ...contact }, account) {
		const body = signed(account, contact);
		await refuseTwoPeople(account, contact.body);
		const answer = await publicCall(account, { method: 'POST', path: path`/public/api/v1/inboxes/${inbox}/contacts`, body });
		// Whoever has the source ID, or one of the values, is answered as they are.
		const [asked, got] = [keysOf(body), keysOf(answer)];
		const other = personKeys.find((key) => asked[key] !== undefined && got[key] !== undefined && !isSameValue(key, asked[key], got[key]));
		if (other) throw account.http.error(`The contact that Chatwoot has found is somebody else: ${nameOf(answer)} has another ${keyLabels[other]}`, "Give another 'Source ID', or leave out the value that they share. Nothing of the contact was changed.", 409);
		return tellNotApplied(account, simplifyPublicContact(answer), notApplied([['Name', body.name, answer.name ?? null], ['Email', body.email, answer.email ?? null], ['Phone', asked.phone, got.phone === undefined ? null : asked.phone]]));
	},
});
