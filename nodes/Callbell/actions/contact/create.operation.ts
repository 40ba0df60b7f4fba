import type { IDataObject } from 'n8n-workflow';

import { madeOnce } from '../../../shared/http/lostAnswer';
import type { ContactItem } from '../../../shared/contact/source';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Item } from '../../../shared/operation/item';
import { operation } from '../../../shared/operation/operation';
import { channelLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { channelTypeOptions, channelTypes } from '../channel/channel';
import { contactOutput } from './contact';
import { assignedUserField, botField, customFieldsByName, customFieldsJson, customFieldsMapper, noteField, readContactFields, tagsField, teamField, withoutUndefined, whenTypedTagMissing } from './contact.fields';
import { contactSourceFields, readCallbellItem, sendContact, withIncoming } from './contactFromPrevious';

/** `POST /contacts` with all fields of `ContactCreate`. */
export const create = operation<CallbellClient, { body: IDataObject; contact: ContactItem }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create contact',
		description: 'Create a contact on one of the channels',
	},
	properties: [
		...contactSourceFields,
		{
			displayName: 'Channel Type',
			name: 'source',
			type: 'options',
			options: channelTypeOptions,
			default: 'whatsapp',
			description: 'Where the contact writes from (source)',
		},
		...requiredUnlessIncoming({
			displayName: 'Phone or Channel ID',
			name: 'identifier',
			type: 'string',
			default: '',
			placeholder: 'e.g. +55 85 98888-7777',
			description: 'For WhatsApp the phone number, in any common spelling; Callbell gets the digits with country code. For other channels the ID of the person there (identifier).',
		}),
		{ ...defaultCountry, displayOptions: { show: { source: ['whatsapp'] } } },
		...requiredUnlessIncoming({
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The name of the person or company',
		}),
		tagsField,
		whenTypedTagMissing,
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
				{ ...channelLocator, description: 'The channel that the contact belongs to; left out, Callbell takes the main channel' },
				customFieldsJson,
				customFieldsByName,
				noteField,
				{
					displayName: 'Send Identifier as Written',
					name: 'identifierAsWritten',
					type: 'boolean',
					default: false,
					description: "Whether to send 'Phone or Channel ID' unchanged instead of reading it as a phone number",
				},
				teamField,
			],
		},
	],
	output: contactOutput,
	read(written) {
		// Only on WhatsApp the phone says who it is.
		const contact = readCallbellItem(written, (written.text('source') ?? 'whatsapp') === 'whatsapp' ? 'identifier' : undefined);
		return { body: readNewContact(contact.item), contact };
	},
	// The same person twice in one run: one after the other.
	orderingKey: ({ body: { source, identifier } }) => `${String(source)} ${String(identifier)}`,
	async run({ body: fields, contact }, callbell) {
		const { body, unsure } = await withIncoming(fields, contact, callbell);
		const create = async () => await sendContact(callbell, { method: 'POST', path: '/contacts', body }, unsure, contact.whenMissing);
		// Callbell finds contacts by phone only.
		if (body.source !== 'whatsapp' || !/^\d{7,15}$/.test(String(body.identifier))) return await create();
		return await madeOnce(callbell.http, create, {
			what: 'contact',
			key: `contact ${JSON.stringify(body)}`,
			find: async () => [await callbell.contactByPhone(`+${String(body.identifier)}`, body.channel_uuid === undefined ? undefined : String(body.channel_uuid))].filter((one) => one !== undefined),
			isIt: (one) => one.name === body.name,
			madeAt: (one) => Date.parse(String(one.createdAt)),
			idOf: (one) => one.uuid,
		});
	},
});

function readNewContact(item: Item): IDataObject {
	const source = item.choice('source', channelTypes) ?? 'whatsapp';
	const extra = item.collection('additionalFields');
	item.required('name');
	const written = item.required('identifier');
	const isPhone = source === 'whatsapp' && !extra.boolean('identifierAsWritten');
	return withoutUndefined({
		source,
		identifier: isPhone ? item.phone('identifier', readCountry(item))?.digits : written,
		...readContactFields(item),
		channel_uuid: extra.locator('channelId'),
	});
}
