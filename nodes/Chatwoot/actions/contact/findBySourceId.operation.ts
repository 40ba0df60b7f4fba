import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { contactOutput } from './contact';
import { recordsOf } from '../../../shared/values/read';

/** `findContactBySourceId`: `POST /contact_inboxes/filter`; 404 with an empty body when there is none. */
export const findBySourceId = accountOperation<{ inbox_id: number; source_id: string }>({
	option: {
		name: 'Find by Source ID',
		value: 'findBySourceId',
		action: 'Find contact by source ID',
		description: 'Find the contact that has an address in an inbox',
	},
	properties: [
		locatorAs(inboxLocator, { description: 'The inbox that the address belongs to' }),
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. customer-1042',
			description: "The contact's address in the inbox",
		},
	],
	output: contactOutput,
	read: (item) => ({ inbox_id: Number(readId(item, 'inboxId')), source_id: item.required('sourceId') }),
	async run(body, account) {
		const call: Call = { method: 'POST', path: '/contact_inboxes/filter', body, idempotent: true, accept: [404] };
		const answer = await account.exchange(call);
		if (answer.status < 300) {
			const contact = answer.body as IDataObject;
			const links = recordsOf(contact.contact_inboxes);
			// Where the links are shown, one has to be this very address: another spelling is another person's.
			if (links.length === 0 || links.some(({ source_id: address }) => String(address) === body.source_id)) return contact;
			throw account.http.error("No contact has this 'Source ID' in the inbox", 'Check the spelling, and the inbox.', 404);
		}
		if (answer.body !== null && typeof answer.body === 'object') throw await account.namedRefusal(answer, call);
		throw account.http.error("No contact has this 'Source ID' in the inbox", 'Check the spelling, and the inbox.', 404);
	},
});
