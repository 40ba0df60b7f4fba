import { personNames } from '../../../shared/contact/samePerson';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { operation } from '../../../shared/operation/operation';
import { contactLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { changedContactOutput } from './contact';
import { contactFields, readContactBody } from './contact.fields';
import { keysOf } from './contact.people';
import type { ContactWish } from './contact.run';
import { ContactRun, matchOf } from './contact.run';
import { contactSourceFields, readKinboxItem, readOwnContact } from './contactFromPrevious';

/** `PATCH /v3/contacts/{id}` or `PATCH /v1/contacts/{id}`. */
export const update = operation<KinboxClient, ContactWish & { id?: string }, ContactRun>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming(contactLocator, "The contact to change; left empty, it is found by its phone (Brazilian, Mexican and Argentine mobiles in both of their forms), then by its e-mail address"),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The new name; left empty, it stays as it is',
		},
		...contactFields,
	],
	output: changedContactOutput,
	read(written) {
		const contact = readKinboxItem(written);
		const { item, incoming } = contact;
		const id = incoming ? item.numericId('contactId') : item.requiredNumericId('contactId');
		const body = readContactBody(item);
		const match = id === undefined ? matchOf(body, ['phone', 'email']) : [];
		const own = id === undefined ? readOwnContact(written, contact) : undefined;
		if (id === undefined && match.length === 0 && !own) {
			throw item.refuse('contactId', 'is empty, and the contact of the item has neither phone nor e-mail address to find it by', 'Drag the ID of the Kinbox contact into the field.');
		}
		if (Object.keys(body).length === 0) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, match, body, contact, own, whenTwoPeople: 'refuse' };
	},
	orderingKey: ({ id, body, own }) => [...(id === undefined ? personNames(keysOf(body)) : [`id ${id}`]), ...(own ? [`id ${own.id}`] : [])],
	begin: async (kinbox, items) => await Promise.resolve(new ContactRun(kinbox, items)),
	run: async ({ id }, _kinbox, { itemIndex, state }) => (id === undefined ? await state.change(itemIndex) : await state.changeById(itemIndex, id)),
	end: async (state) => await state.end(),
});
