import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from '../contact/contact';
import { contactLocator } from '../../descriptions/locators';

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
	orderingKey: async (id, callbell) => await callbell.contactKey(id),
	run: async (id, callbell) =>
		// The same again changes nothing more.
		contactIn(await callbell.http.request({ method: 'POST', path: path`/contacts/${await callbell.contactId(id)}/conversation/close`, idempotent: true })),
});
