import { personNames } from '../../../shared/contact/samePerson';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactSourceFields, readChatwootItem } from './contactFromPrevious';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { contactFields, moreContactFields, readContact } from './contact.fields';
import { keysOf } from './contact.people';
import type { ContactWish } from './contact.run';
import { ContactRun } from './contact.run';

const inbox = locatorAs(inboxLocator, { description: 'Also link the contact to this inbox, so that it can be written to there; may be left empty', optional: true });

/** `createContact`: `POST /contacts`. */
export const create = accountOperation<ContactWish, ContactRun>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create contact',
		description: 'Create a contact, and link it to an inbox if you like',
	},
	properties: [
		...contactSourceFields,
		...contactFields,
		inbox,
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer-1042',
			description: "The contact's address in the inbox. Left empty, Chatwoot makes one up; only Facebook, Instagram, Telegram and LINE need it.",
		},
		...moreContactFields,
	],
	output: contactOutput,
	read(written) {
		const contact = readChatwootItem(written);
		const { item } = contact;
		const { body, avatarField } = readContact(item);
		const inboxId = item.locator('inboxId');
		const sourceId = item.text('sourceId');
		if (inboxId !== undefined && !/^\d+$/.test(inboxId)) throw item.refuse('inboxId', 'is not the ID of an inbox', 'Pick it from the list, or give its number.');
		if (sourceId !== undefined && inboxId === undefined) throw item.refuse('sourceId', "is given without 'Inbox'", "Pick the inbox that it belongs to, or leave 'Source ID' empty.");
		if (body.name === undefined && body.email === undefined && body.phone_number === undefined && body.identifier === undefined) {
			throw item.refuse('name', 'is empty, and so are Email, Phone and Identifier', 'Fill in at least one of them, or leave this item out before it reaches the node.');
		}
		return {
			body: { ...body, ...(inboxId === undefined ? {} : { inbox_id: Number(inboxId) }), ...(sourceId === undefined ? {} : { source_id: sourceId }) },
			avatarField,
			contact,
			match: [],
			whenTwoPeople: 'refuse',
		};
	},
	// Two items with the same e-mail: the second is told about the first.
	orderingKey: ({ body }) => personNames(keysOf(body)),
	begin: async (account, items) => await Promise.resolve(new ContactRun(account, items)),
	run: async (_input, _account, { item, itemIndex, state }) => await state.make(itemIndex, item),
	end: async (state) => await state.end(),
});
