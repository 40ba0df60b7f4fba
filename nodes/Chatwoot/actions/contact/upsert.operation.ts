import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { personKeys, personNames, whenTwoPeopleField } from '../../../shared/contact/samePerson';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { createdContactOutput } from './contact';
import { contactSourceFields, readChatwootItem, readOwnContact } from './contactFromPrevious';
import { contactFields, moreContactFields, readContact } from './contact.fields';
import { keysOf } from './contact.people';
import type { ContactWish } from './contact.run';
import { ContactRun } from './contact.run';

interface Input extends ContactWish {
	inboxId?: number;
}

const matchBy: INodeProperties = {
	displayName: 'Match By',
	name: 'matchBy',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email', description: 'The e-mail address alone, without case; the phone may change' },
		{ name: 'Identifier', value: 'identifier', description: 'The identifier alone, exactly as it is written' },
		{ name: 'Phone', value: 'phone', description: 'The phone alone, in any spelling' },
		{ name: 'Phone, Then Email, Then Identifier', value: 'any', description: 'Whichever the contact has; the first that Chatwoot knows tells which contact it is' },
	],
	default: 'any',
	description: 'What tells whether the contact exists already',
};

/**
 * Chatwoot has no such call: looks contacts up, many at once (`filterContacts`), then updates or creates. When
 * another execution creates one in between, the server refuses the second one, and it is updated.
 */
export const createOrUpdate = accountOperation<Input, ContactRun>({
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update contact',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		...contactSourceFields,
		matchBy,
		{ ...whenTwoPeopleField, displayOptions: { show: { matchBy: ['any'] } } },
		...contactFields,
		locatorAs(inboxLocator, { description: 'A new contact is also linked to this inbox; may be left empty', optional: true }),
		{ ...labelsField, description: `Labels to add; those that the contact has stay. ${labelsField.description}` },
		{ ...whenLabelMissing, displayOptions: { show: { contactSource: ['defineBelow'] } } },
		...moreContactFields,
	],
	output: createdContactOutput,
	read(written) {
		const contact = readChatwootItem(written);
		const { item } = contact;
		const by = item.choice('matchBy', ['any', ...personKeys] as const) ?? 'any';
		const input = readContact(item);
		const own = readOwnContact(written, contact);
		const match = by === 'any' ? [...personKeys] : [by];
		const keys = keysOf(input.body);
		if (!match.some((key) => keys[key] !== undefined) && !own) {
			throw by === 'any'
				? item.refuse('matchBy', "cannot be used: 'Phone', 'Email' and 'Identifier' are empty", 'Fill in one of them, or leave this item out before it reaches the node.')
				: item.refuse(by, "is empty, but 'Match By' names it", 'Fill it in, or match by another field.');
		}
		const inboxId = item.locator('inboxId');
		if (inboxId !== undefined && !/^\d+$/.test(inboxId)) throw item.refuse('inboxId', 'is not the ID of an inbox', 'Pick it from the list, or give its number.');
		return {
			...input,
			contact,
			match,
			own,
			labels: readLabels(item),
			whenTwoPeople: (by === 'any' ? item.choice('whenTwoPeople', ['keepApart', 'refuse'] as const) : undefined) ?? 'refuse',
			inboxId: inboxId === undefined ? undefined : Number(inboxId),
		};
	},
	orderingKey: ({ body, own }) => [...personNames(keysOf(body)), ...(own ? [`id ${own.id}`] : [])],
	begin: async (account, items) => await Promise.resolve(new ContactRun(account, items)),
	run: async ({ inboxId }, _account, { item, itemIndex, state }) =>
		await state.createOrUpdate(itemIndex, item, (inboxId === undefined ? {} : { inbox_id: inboxId }) as IDataObject),
	end: async (state) => await state.end(),
});
