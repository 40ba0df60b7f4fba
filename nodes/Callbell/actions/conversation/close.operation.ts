import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { contactIn } from '../../client';
import { contactOutput, readContact } from '../../contact';
import { contactLocator } from '../../locators';

/** `POST /contacts/{uuid}/conversation/close`. Callbell takes no closing reason. */
export const close = operation<CallbellClient, string>({
	option: {
		name: 'Close',
		value: 'close',
		action: 'Close conversation',
		description: 'Close the conversation with a contact; a closing reason cannot be given',
	},
	properties: [contactLocator],
	output: contactOutput,
	read: readContact,
	orderingKey: (id) => id,
	run: async (id, callbell) =>
		// The same again changes nothing more.
		contactIn(await callbell.http.request({ method: 'POST', path: path`/contacts/${await callbell.contactId(id)}/conversation/close`, idempotent: true })),
});
