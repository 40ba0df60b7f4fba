import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { signField } from './publicInbox.calls';

/** What is known of the contact; for create and update alike. */
export const publicContactFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ana Souza',
		description: 'The name of the person; left empty, Chatwoot makes one up for a new contact',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'The e-mail address of the contact',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +55 85 98888-7777',
		description: 'In any common spelling; Chatwoot gets it with plus sign and country code',
	},
	defaultCountry,
	{
		displayName: 'Identifier',
		name: 'identifier',
		type: 'string',
		default: '',
		placeholder: 'e.g. ERP-1042',
		description: "The contact's key in your system",
	},
	signField,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More about the contact',
		options: [
			{
				displayName: 'Avatar URL',
				name: 'avatarUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/ana.jpg',
				description: 'Public address of a picture of the contact',
			},
			{
				displayName: 'Custom Attributes (JSON)',
				name: 'customAttributesJson',
				type: 'json',
				default: '{}',
				description: 'An object of key and value, such as {"plan": "gold"}',
			},
		],
	},
];

/** Reads `PublicContactCreate` or `PublicContactUpdate`, and whether the identifier is to be signed. */
export function readPublicContact(item: Item): { body: IDataObject; sign: boolean } {
	const extra = item.collection('additionalFields');
	const identifier = item.text('identifier');
	const custom = extra.object('customAttributesJson');
	const sign = item.boolean('signIdentifier') === true;
	if (sign && identifier === undefined) throw item.refuse('signIdentifier', "is on, but 'Identifier' is empty", 'Fill it in, or switch this off.');
	const body = withoutUndefined({
		identifier,
		email: item.email('email'),
		name: item.text('name'),
		phone_number: item.phone('phone', readCountry(item))?.e164,
		avatar_url: extra.url('avatarUrl'),
		custom_attributes: custom && Object.keys(custom).length ? custom : undefined,
	});
	return { body, sign };
}
