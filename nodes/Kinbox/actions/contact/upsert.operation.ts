import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import type { Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { createdContactOutput } from './contact';
import { contactSourceFields, readKinboxItem, withIncoming } from './contactFromPrevious';
import type { Match } from './contact.calls';
import { findContacts, matchKey, readPhoneThenEmail, updateFound } from './contact.calls';
import { checkGeneration, contactFields, readContactBody } from './contact.fields';

const keys = ['email', 'externalId', 'phone', 'phoneOrEmail'] as const;

interface Input {
	body: IDataObject;
	contact: ContactItem;
	/** What to look for, in this order. */
	match: Match;
	orderingKey: string;
}

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
	default: 'phone',
	description: 'How to tell that a contact exists already',
};

/**
 * Looks for the contact, then `PATCH /contacts/{id}` or `POST /contacts`: Kinbox has no call that does both. Items of
 * one run that have the same key are done one after the other, so the second finds what the first has created.
 */
export const upsert = operation<KinboxClient, Input>({
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update contact',
		description: 'Create a new contact, or update the current one if it already exists (upsert)',
	},
	properties: [
		...contactSourceFields,
		{ ...findBy, displayOptions: { show: { contactSource: ['defineBelow'] } } },
		{ ...findBy, default: 'phoneOrEmail', displayOptions: { show: { contactSource: ['previousNode'] } } },
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
		const match = readMatch(item);
		return {
			body,
			contact,
			match,
			// Of two kinds of keys one order has to hold for all items.
			orderingKey: item.text('matchBy') === 'phoneOrEmail' ? 'any' : matchKey(match),
		};
	},
	orderingKey: ({ orderingKey }) => orderingKey,
	async run({ body: fields, contact: source, match }, kinbox) {
		checkGeneration(fields, kinbox);
		if (match.some(({ key }) => key === 'externalId')) kinbox.needs('v3', 'Finding a contact by External ID');
		const body = await withIncoming(fields, source, kinbox);
		const [found] = await findContacts(match, kinbox, 1);
		if (found) return { ...(await updateFound(found, body, kinbox)), created: false };
		const newBody = kinbox.generation === 'v1' ? { customFields: {}, ...body } : body;
		const { contact, error } = await kinbox.post('/contacts', newBody).then((created) => ({ contact: created, error: undefined }), (thrown: unknown) => ({ contact: undefined, error: thrown }));
		if (contact) return { ...contact, created: true };
		// 409: somebody else was faster. No answer, or a failure: it may have been created all the same.
		const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 400;
		const [after] = status === 409 || status === 0 || status >= 500 ? await findContacts(match, kinbox, 1) : [];
		if (!after) throw error;
		return status === 409 ? { ...(await updateFound(after, body, kinbox)), created: false } : { ...after, created: true };
	},
});

function readMatch(item: Item): Match {
	const matchBy = item.choice('matchBy', keys) ?? 'phone';
	if (matchBy === 'externalId') {
		const externalId = item.collection('additionalFields').text('externalId');
		if (!externalId) throw item.refuse('matchBy', "is External ID, but 'External ID' is empty", "Add 'External ID' under Additional Fields, or find the contact by something else.");
		return [{ key: 'externalId', values: [externalId] }];
	}
	const match = readPhoneThenEmail(item).filter(({ key }) => matchBy === 'phoneOrEmail' || matchBy === key);
	if (match.length === 0) {
		const missing = { email: "'Email' is empty", phone: "'Phone' is empty", phoneOrEmail: "'Phone' and 'Email' are both empty" }[matchBy];
		throw item.refuse('matchBy', `cannot be used: ${missing}`, 'Fill it in, or find the contact by something else.');
	}
	return match;
}
