import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { contactIn } from '../../client';
import { contactOutput, readContact } from '../../contact';
import { contactLocator } from '../../locators';

/** `POST /contacts/{uuid}/conversation/open`. Sets `closedAt` to null. */
export const open = operation<CallbellClient, string>({
	option: {
		name: 'Open',
		value: 'open',
		action: 'Open conversation',
		description: 'Reopen the conversation with a contact',
	},
	properties: [contactLocator],
	output: contactOutput,
	read: readContact,
	orderingKey: (id) => id,
	run: async (id, callbell) =>
		// The same again changes nothing more.
		contactIn(await callbell.http.request({ method: 'POST', path: path`/contacts/${await callbell.contactId(id)}/conversation/open`, idempotent: true })),
});
