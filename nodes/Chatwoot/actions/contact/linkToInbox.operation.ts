import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { contactLocator, inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `createContactInbox`: `POST /contacts/{id}/contact_inboxes`; answers the link when it is there already. */
export const linkToInbox = accountOperation<{ body: object }>({
	option: {
		name: 'Link to Inbox',
		value: 'linkToInbox',
		action: 'Link contact to inbox',
		description: 'Link a contact to an inbox, so that it can be written to there',
	},
	record: contactLocator,
	properties: [
		locatorAs(inboxLocator, { description: 'The inbox to link the contact to' }),
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer-1042',
			description: "The contact's address in the inbox. Left empty, Chatwoot makes one up; only Facebook, Instagram, Telegram and LINE need it.",
		},
	],
	read: (item) => ({
		body: withoutUndefined({ inbox_id: Number(readId(item, 'inboxId')), source_id: item.text('sourceId') }),
	}),
	run: async ({ id, body }, account) => await account.post(path`/contacts/${id}/contact_inboxes`, body),
});
