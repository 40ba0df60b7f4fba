import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http';
import type { Call } from '../../../shared/http';
import { contactOutput, toCommonContact } from '../../contact';
import { inboxLocator, locatorAs } from '../../locators';
import { accountOperation } from '../../operation';
import type { UniqueField } from './contact.calls';
import { contactIn, findContact, takenError, takenFields, uploadAvatar, writeContact } from './contact.calls';
import type { ContactInput } from './contact.fields';
import { contactFields, moreContactFields, readContact } from './contact.fields';

const matchFields = { email: 'email', identifier: 'identifier', phone: 'phone_number' } as const;

interface Input extends ContactInput {
	match: UniqueField;
	inboxId?: number;
}

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
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'Identifier', value: 'identifier' },
				{ name: 'Phone', value: 'phone' },
			],
			default: 'email',
			description: 'The field that tells whether the contact exists already',
		},
		...contactFields,
		locatorAs(inboxLocator, { description: 'A new contact is also linked to this inbox; may be left empty', optional: true }),
		...moreContactFields,
	],
	output: {
		...contactOutput,
		simplify: (contact, client) => ({ ...(toCommonContact(contact, client) as unknown as IDataObject), created: contact.created ?? null }),
	},
	read(item) {
		const matchBy = item.choice('matchBy', ['email', 'identifier', 'phone'] as const) ?? 'email';
		const input = readContact(item);
		const match = matchFields[matchBy];
		if (input.body[match] === undefined) throw item.refuse(matchBy, "is empty, but 'Match By' names it", 'Fill it in, or match by another field.');
		const inboxId = item.locator('inboxId');
		if (inboxId !== undefined && !/^\d+$/.test(inboxId)) throw item.refuse('inboxId', 'is not the ID of an inbox', 'Pick it from the list, or give its number.');
		return { ...input, match, inboxId: inboxId === undefined ? undefined : Number(inboxId) };
	},
	orderingKey: ({ body, match }) => `${match} ${String(body[match]).toLowerCase()}`,
	async run({ body, match, inboxId, avatarField }, account, { item }) {
		const update = async (id: unknown) => await writeContact(account, { method: 'PATCH', path: path`/contacts/${String(id)}`, body, idempotent: true });
		const finish = async (contact: IDataObject, created: boolean) => ({
			...(avatarField === undefined ? contact : await uploadAvatar(account, contact.id, item, avatarField)),
			created,
		});

		const found = await findContact(account, match, body[match]);
		if (found) return await finish(await update(found.id), false);
		const call: Call = { method: 'POST', path: '/contacts', body: { ...body, ...(inboxId === undefined ? {} : { inbox_id: inboxId }) }, accept: [422] };
		const answer = await account.exchange(call);
		if (answer.status < 300) return await finish(contactIn(answer.body), true);
		// Somebody else may have made it since we looked.
		const since = takenFields(answer, body).includes(match) ? await findContact(account, match, body[match]) : undefined;
		if (since) return await finish(await update(since.id), false);
		throw await takenError(account, call, answer);
	},
});
