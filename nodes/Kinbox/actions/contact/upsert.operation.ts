import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PersonKey } from '../../../shared/contact/samePerson';
import { personNames, whenTwoPeopleField } from '../../../shared/contact/samePerson';
import type { Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { createdContactOutput } from './contact';
import { contactFields, readContactBody } from './contact.fields';
import { keysOf } from './contact.people';
import type { ContactWish } from './contact.run';
import { ContactRun, matchOf } from './contact.run';
import { contactSourceFields, readKinboxItem, readOwnContact } from './contactFromPrevious';

const keys = ['email', 'externalId', 'phone', 'phoneOrEmail'] as const;

const findBy: INodeProperties = {
	displayName: 'Find By',
	name: 'matchBy',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email', description: 'The e-mail address below' },
		{ name: 'External ID', value: 'externalId', description: 'The External ID under Additional Fields. Only with Token V3.' },
		{ name: 'Phone', value: 'phone', description: 'The phone below; Brazilian mobiles are found with and without their ninth digit, Mexican and Argentine ones with and without the digit behind the country code' },
		{ name: 'Phone, Then Email', value: 'phoneOrEmail', description: 'The phone if there is one and it is known, else the e-mail address' },
	],
	default: 'phoneOrEmail',
	description: 'How to tell that a contact exists already',
};

/**
 * Looks for the contact, then `PATCH /contacts/{id}` or `POST /contacts`: Kinbox has no call that does both. Items of
 * one run that have the same key are done one after the other, so the second finds what the first has created.
 */
export const upsert = operation<KinboxClient, ContactWish, ContactRun>({
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update contact',
		description: 'Create a new contact, or update the current one if it already exists (upsert)',
	},
	properties: [
		...contactSourceFields,
		findBy,
		{ ...whenTwoPeopleField, displayOptions: { show: { matchBy: ['phoneOrEmail'] } } },
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The name of the person or company; left empty, an existing contact keeps its name',
		},
		...contactFields,
	],
	output: createdContactOutput,
	read(written) {
		const contact = readKinboxItem(written);
		const { item } = contact;
		const body = readContactBody(item);
		const matchBy = item.choice('matchBy', keys) ?? 'phoneOrEmail';
		const own = readOwnContact(written, contact);
		return {
			body,
			contact,
			match: readMatch(item, matchBy, body, own !== undefined),
			own,
			whenTwoPeople: (matchBy === 'phoneOrEmail' ? item.choice('whenTwoPeople', ['keepApart', 'refuse'] as const) : undefined) ?? 'refuse',
		};
	},
	orderingKey: ({ body, own }) => [...personNames(keysOf(body)), ...(own ? [`id ${own.id}`] : [])],
	begin: async (kinbox, items) => await Promise.resolve(new ContactRun(kinbox, items)),
	run: async (_input, _kinbox, { itemIndex, state }) => await state.createOrUpdate(itemIndex),
	end: async (state) => await state.end(),
});

function readMatch(item: Item, matchBy: (typeof keys)[number], body: IDataObject, isKnown: boolean): PersonKey[] {
	if (matchBy === 'externalId') {
		if (!body.externalId && isKnown) return [];
		if (!body.externalId) throw item.refuse('matchBy', "is External ID, but 'External ID' is empty", "Add 'External ID' under Additional Fields, or find the contact by something else.");
		return ['identifier'];
	}
	const match = matchOf(body, matchBy === 'phoneOrEmail' ? ['phone', 'email'] : [matchBy]);
	if (match.length === 0 && !isKnown) {
		const missing = { email: "'Email' is empty", phone: "'Phone' is empty", phoneOrEmail: "'Phone' and 'Email' are both empty" }[matchBy];
		throw item.refuse('matchBy', `cannot be used: ${missing}`, 'Fill it in, or find the contact by something else.');
	}
	return match;
}
