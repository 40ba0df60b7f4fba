import type { IDataObject } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { path } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import { channelLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';
import { assignedUserField, botField, customFieldsByName, customFieldsJson, customFieldsMapper, noteField, readContactFields, tagsField, teamField } from './contact.fields';
import { contactSourceFields, readCallbellItem, sendContact, withIncoming, withoutAlike } from './contactFromPrevious';

interface Input {
	e164: string;
	digits: string;
	channelId?: string;
	tagMode: 'add' | 'replace';
	body: IDataObject;
	contact: ContactItem;
}

/** `GET /contacts/phone/{phone_number}`, then `PATCH /contacts/{uuid}` or `POST /contacts`. WhatsApp only: nothing else can be looked up. */
export const upsert = operation<CallbellClient, Input>({
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update contact',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming({
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +55 85 98888-7777',
			description: 'The WhatsApp number that tells whether the contact exists, in any common spelling',
		}),
		defaultCountry,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The name of the person or company; needed when the contact does not exist yet',
		},
		tagsField,
		{
			displayName: 'Tags of Existing Contact',
			name: 'tagMode',
			type: 'options',
			options: [
				{ name: 'Keep and Add', value: 'add', description: 'The contact keeps its tags and gets these too' },
				{ name: 'Replace', value: 'replace', description: 'The contact has only these tags afterwards' },
			],
			default: 'add',
			description: 'What becomes of the tags that the contact already has',
		},
		customFieldsMapper,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the contact',
			options: [
				assignedUserField,
				botField,
				{ ...channelLocator, description: 'The WhatsApp channel to look on and to create the contact on; left out, the main channel' },
				customFieldsJson,
				customFieldsByName,
				noteField,
				teamField,
			],
		},
	],
	output: contactOutput,
	read(written) {
		const contact = readCallbellItem(written, 'phone');
		const { item } = contact;
		item.required('phone');
		const phone = item.phone('phone', readCountry(item))!;
		return {
			e164: phone.e164,
			digits: phone.digits,
			channelId: item.collection('additionalFields').locator('channelId'),
			tagMode: item.choice('tagMode', ['add', 'replace'] as const) ?? 'add',
			body: readContactFields(item),
			contact,
		};
	},
	orderingKey: ({ e164 }) => phoneKey(e164),
	async run({ e164, digits, channelId, tagMode, body: fields, contact: source }, callbell, { item }) {
		const { body, unsure } = await withIncoming(fields, source, callbell);
		const found = await callbell.contactByPhone(e164, channelId);
		if (!found) {
			if (body.name === undefined) {
				throw item.refuse('name', 'is empty, and Callbell has no contact with this phone yet', 'Fill in a name, so that the contact can be created.');
			}
			const newContact = { source: 'whatsapp', identifier: digits, ...body, ...(channelId ? { channel_uuid: channelId } : {}) };
			return await sendContact(callbell, { method: 'POST', path: '/contacts', body: newContact }, unsure, source.whenMissing);
		}
		const added = body.tags === fields.tags ? body.tags : withoutAlike(body.tags as string[], found.tags);
		const tags = body.tags === undefined || tagMode === 'replace' ? body.tags : withTags(found.tags, added as string[]);
		const change = { ...body, ...(tags === undefined ? {} : { tags }) };
		if (Object.keys(change).length === 0) return found;
		return await sendContact(callbell, { method: 'PATCH', path: path`/contacts/${String(found.uuid)}`, body: change, idempotent: true }, unsure, source.whenMissing);
	},
});

/** The tags a contact has with more of them, each once. */
export function withTags(tags: unknown, added: string[]): string[] {
	return [...new Set([...(Array.isArray(tags) ? tags.map(String) : []), ...added])];
}
