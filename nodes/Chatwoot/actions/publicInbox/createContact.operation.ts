import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { simplifyPublicContact } from './publicInbox';
import { inboxField, publicCall, signed, sourceField } from './publicInbox.calls';
import { publicContactFields, readPublicContact } from './publicInbox.fields';

/** `createPublicContact`: `POST /public/api/v1/inboxes/{inbox}/contacts`; the answer has the source ID. */
export const createContact = accountOperation<{ inbox: string; body: IDataObject; sign: boolean }>({
	option: {
		name: 'Create Contact',
		value: 'createContact',
		action: 'Create contact in public inbox',
		description: 'Make a contact of an API inbox, or find the one with the same identifier, e-mail or phone',
	},
	properties: [inboxField, { ...sourceField, required: false, description: "The contact's address in the inbox; left empty, Chatwoot makes one up" }, ...publicContactFields],
	read(item) {
		const { body, sign } = readPublicContact(item);
		return { inbox: item.requiredLocator('inboxIdentifier'), body: withoutUndefined({ ...body, source_id: item.text('sourceId') }), sign };
	},
	orderingKey: ({ inbox, body }) => (body.source_id === undefined ? undefined : `${inbox} ${String(body.source_id)}`),
	run: async ({ inbox, ...contact }, account) => simplifyPublicContact(await publicCall(account, { method: 'POST', path: path`/public/api/v1/inboxes/${inbox}/contacts`, body: signed(account, contact) })),
});
