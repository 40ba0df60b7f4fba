import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Fields, Item } from '../../../shared/operation/item';
import { filledIn, withoutUndefined } from '../../../shared/values/read';
import { readAttributes } from '../../descriptions/customAttributes';
import { lengthOf } from '../../../shared/values/plain';

const networks = {
	facebook: 'Facebook',
	github: 'GitHub',
	instagram: 'Instagram',
	linkedin: 'LinkedIn',
	telegram: 'Telegram',
	tiktok: 'TikTok',
	twitter: 'X (Twitter)',
} as const;

/** What people fill in first, for create and update alike. */
export const contactFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ana Souza',
		description: 'The name of the person or company',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'The e-mail address of the contact; no two contacts of an account can have the same',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +55 85 98888-7777',
		description: 'In any common spelling; Chatwoot gets it with plus sign and country code. No two contacts of an account can have the same.',
	},
	defaultCountry,
	{
		displayName: 'Identifier',
		name: 'identifier',
		type: 'string',
		default: '',
		placeholder: 'e.g. ERP-1042',
		description: "The contact's key in another system; no two contacts of an account can have the same",
	},
];

export const moreContactFields: INodeProperties[] = [
	{
		displayName: 'Custom Attributes',
		name: 'customAttributes',
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		noDataExpression: true,
		description: "The account's own contact fields. Only those with a value are sent.",
		typeOptions: {
			loadOptionsDependsOn: ['account.value'],
			resourceMapper: {
				resourceMapperMethod: 'contactCustomAttributes',
				mode: 'add',
				valuesLabel: 'Custom Attributes',
				fieldWords: { singular: 'custom attribute', plural: 'custom attributes' },
				addAllFields: true,
				supportAutoMap: false,
				noFieldsError: 'This Chatwoot account has no custom attributes for contacts.',
			},
		},
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More about the contact',
		options: [
			{
				displayName: 'Additional Attributes (JSON)',
				name: 'additionalAttributesJson',
				type: 'json',
				default: '{}',
				description: 'Further keys for what Chatwoot keeps beside city, country and company: an object such as {"timezone": "America/Fortaleza"}',
			},
			{
				displayName: 'Avatar Input Data Field Name',
				name: 'avatarField',
				type: 'string',
				default: 'data',
				placeholder: 'e.g. data',
				description: 'The name of the input field with a picture of the contact (JPEG, PNG, GIF or WebP, up to 15 MB)',
			},
			{
				displayName: 'Avatar URL',
				name: 'avatarUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/ana.jpg',
				description: 'Public address of a picture of the contact; Chatwoot fetches it a little later',
			},
			{
				displayName: 'Blocked',
				name: 'blocked',
				type: 'boolean',
				default: false,
				description: 'Whether the contact is blocked and cannot open conversations',
			},
			{
				displayName: 'City',
				name: 'city',
				type: 'string',
				default: '',
				placeholder: 'e.g. Fortaleza',
				description: 'Where the contact lives or works',
			},
			{
				displayName: 'Company',
				name: 'companyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Padaria Boa Vista',
				description: 'The company the contact belongs to',
			},
			{
				displayName: 'Country',
				name: 'country',
				type: 'string',
				default: '',
				placeholder: 'e.g. Brazil',
				description: 'The name of the country, as Chatwoot shows it',
			},
			{
				displayName: 'Country Code',
				name: 'countryCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. BR',
				description: 'The two-letter code of the country, which filters use',
			},
			{
				displayName: 'Custom Attributes (JSON)',
				name: 'customAttributesJson',
				type: 'json',
				default: '{}',
				description: 'For custom attributes that come from earlier nodes: an object of key and value, such as {"plan": "gold"}. Keys that nobody has defined are kept by Chatwoot but shown nowhere; a hint names them.',
			},
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. Prefers to be called in the morning',
				description: 'The text about the contact in its profile',
			},
			{
				displayName: 'Social Profiles',
				name: 'socialProfiles',
				type: 'collection',
				placeholder: 'Add Profile',
				default: {},
				description: 'User names in social networks',
				options: Object.entries(networks).map(([name, displayName]) => ({
					displayName,
					name,
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. anasouza',
					description: `User name on ${displayName}`,
				})),
			},
		],
	},
];

/** A contact as it is sent, and its picture, which goes in a request of its own. */
export interface ContactInput {
	body: IDataObject;
	/** Name of the binary field. */
	avatarField?: string;
}

/**
 * Reads the contact fields of an item into a body of `ContactCreate` or `ContactUpdate`. What is not
 * filled in is left out: empty text would be stored.
 */
export function readContact(item: Item): ContactInput {
	const extra = item.collection('additionalFields');
	const body = withoutUndefined({
		name: item.text('name'),
		email: item.email('email'),
		phone_number: item.phone('phone', readCountry(item))?.e164,
		identifier: item.text('identifier'),
		avatar_url: extra.url('avatarUrl'),
		blocked: extra.boolean('blocked'),
		additional_attributes: readAdditional(extra),
		custom_attributes: readAttributes(item, 'customAttributes', extra, 'customAttributesJson'),
	});
	for (const [key, field] of [['name', 'name'], ['email', 'email'], ['identifier', 'identifier']] as const) {
		if (lengthOf(String(body[key] ?? '')) > 255) throw item.refuse(field, 'has more than 255 characters', 'Shorten it; Chatwoot keeps 255 characters.');
	}
	return { body, avatarField: extra.text('avatarField') };
}

function readAdditional(extra: Fields): IDataObject | undefined {
	const profiles = extra.collection('socialProfiles');
	return filledIn({
		...extra.object('additionalAttributesJson'),
		...withoutUndefined({
			city: extra.text('city'),
			company_name: extra.text('companyName'),
			country: extra.text('country'),
			country_code: extra.text('countryCode')?.toUpperCase(),
			description: extra.text('description'),
			social_profiles: filledIn(Object.fromEntries(Object.keys(networks).map((name) => [name, profiles.text(name)]))),
		}),
	});
}
