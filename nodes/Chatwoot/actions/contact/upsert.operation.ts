import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import { path } from '../../../shared/http/httpClient';
import type { Call } from '../../../shared/http/httpClient';
import { contactOutput, toCommonContact } from './contact';
import { addLabels, contactSourceFields, readChatwootItem, withIncoming } from './contactFromPrevious';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { UniqueField } from './contact.calls';
import { contactIn, findFirstContact, matchKey, readUniqueFields, takenError, takenFields, uploadAvatar, withoutOtherSpelling, writeContact } from './contact.calls';
import type { ContactInput } from './contact.fields';
import { contactFields, moreContactFields, readContact } from './contact.fields';

const matchFields = { email: 'email', identifier: 'identifier', phone: 'phone_number' } as const;

interface Input extends ContactInput {
	contact: ContactItem;
	/** What to look for, in this order. */
	match: UniqueField[];
	inboxId?: number;
}

const matchBy: INodeProperties = {
	displayName: 'Match By',
	name: 'matchBy',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'Identifier', value: 'identifier' },
		{ name: 'Phone', value: 'phone' },
		{ name: 'Phone, Then Email, Then Identifier', value: 'any', description: 'Whichever the contact has; the first that Chatwoot knows tells which contact it is' },
	],
	default: 'email',
	description: 'The field that tells whether the contact exists already',
};

/**
 * Chatwoot has no such call: looks the contact up (`filterContacts`), then updates or creates it. When
 * another execution creates it in between, the server refuses the second one, and it is updated.
 */
export const createOrUpdate = accountOperation<Input>({
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update contact',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		...contactSourceFields,
		{ ...matchBy, displayOptions: { show: { contactSource: ['defineBelow'] } } },
		{ ...matchBy, default: 'any', displayOptions: { show: { contactSource: ['previousNode'] } } },
		...contactFields,
		locatorAs(inboxLocator, { description: 'A new contact is also linked to this inbox; may be left empty', optional: true }),
		...moreContactFields,
	],
	output: {
		...contactOutput,
		simplify: (contact, client) => ({ ...(toCommonContact(contact, client) as unknown as IDataObject), created: contact.created ?? null }),
	},
	read(written) {
		const contact = readChatwootItem(written);
		const { item } = contact;
		const by = item.choice('matchBy', ['any', 'email', 'identifier', 'phone'] as const) ?? 'email';
		const input = readContact(item);
		const match = readUniqueFields(input.body).filter((field) => by === 'any' || field === matchFields[by]);
		if (match.length === 0) {
			throw by === 'any'
				? item.refuse('matchBy', "cannot be used: 'Phone', 'Email' and 'Identifier' are empty", 'Fill in one of them, or leave this item out before it reaches the node.')
				: item.refuse(by, "is empty, but 'Match By' names it", 'Fill it in, or match by another field.');
		}
		const inboxId = item.locator('inboxId');
		if (inboxId !== undefined && !/^\d+$/.test(inboxId)) throw item.refuse('inboxId', 'is not the ID of an inbox', 'Pick it from the list, or give its number.');
		return { ...input, contact, match, inboxId: inboxId === undefined ? undefined : Number(inboxId) };
	},
	orderingKey: ({ body, match: [field] }) => (field === undefined ? undefined : matchKey(field, body[field])),
	async run({ body: fields, contact: source, match, inboxId, avatarField }, account, { item }) {
		const { body, labels } = await withIncoming(fields, source, account);
		const update = async (found: IDataObject) => await writeContact(account, { method: 'PATCH', path: path`/contacts/${String(found.id)}`, body: withoutOtherSpelling(body, found), idempotent: true });
		const finish = async (contact: IDataObject, created: boolean) => ({
			...(await addLabels(account, avatarField === undefined ? contact : await uploadAvatar(account, contact.id, item, avatarField), labels)),
			created,
		});
		const found = await findFirstContact(account, match, body);
		if (found) return await finish(await update(found), false);
		const call: Call = { method: 'POST', path: '/contacts', body: { ...body, ...(inboxId === undefined ? {} : { inbox_id: inboxId }) }, accept: [422] };
		const answer = await account.exchange(call);
		if (answer.status < 300) return await finish(contactIn(answer.body), true);
		// Somebody else may have made it since we looked.
		const since = await findFirstContact(account, takenFields(answer, body).filter((field) => match.includes(field)), body);
		if (since) return await finish(await update(since), false);
		throw await takenError(account, call, answer);
	},
});
