import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { personKeys, personNames } from '../../../shared/contact/samePerson';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { changedContactOutput } from './contact';
import { contactSourceFields, readChatwootItem, readOwnContact } from './contactFromPrevious';
import { contactFields, moreContactFields, readContact } from './contact.fields';
import { keysOf } from './contact.people';
import type { ContactWish } from './contact.run';
import { ContactRun } from './contact.run';

/** `patchContact`: `PATCH /contacts/{id}`; both kinds of attributes are merged, key by key. */
export const update = accountOperation<ContactWish & { id?: string }, ContactRun>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming(contactLocator, 'The contact to change; left empty, it is found by its phone (in any spelling), then e-mail address, then identifier'),
		...contactFields,
		...moreContactFields,
	],
	output: changedContactOutput,
	read(written) {
		const contact = readChatwootItem(written);
		const { item, incoming } = contact;
		const id = incoming && item.locator('contactId') === undefined ? undefined : readId(item, 'contactId');
		const input = readContact(item);
		const own = id === undefined ? readOwnContact(written, contact) : undefined;
		const keys = id === undefined ? keysOf(input.body) : {};
		const match = personKeys.filter((key) => keys[key] !== undefined);
		if (id === undefined && match.length === 0 && !own) {
			throw item.refuse('contactId', 'is empty, and the contact of the item has no phone, e-mail address or identifier to find it by', 'Drag the ID of the Chatwoot contact into the field.');
		}
		if (Object.keys(input.body).length === 0 && input.avatarField === undefined) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, ...input, contact, match, own, whenTwoPeople: 'refuse' };
	},
	orderingKey: ({ id, body, own }) => [...(id === undefined ? personNames(keysOf(body)) : [`id ${id}`]), ...(own ? [`id ${own.id}`] : [])],
	begin: async (account, items) => await Promise.resolve(new ContactRun(account, items)),
	run: async ({ id }, _account, { item, itemIndex, state }) => await state.change(itemIndex, item, id),
	end: async (state) => await state.end(),
});
