import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { wrapCustomFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { lengthOf } from '../../../shared/values/plain';

/** The account's own contact fields. */
export const customFieldsOfContact: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	description: "The account's own contact fields (Campos Personalizados). Only those with a value are sent. Several choices of a field are separated by commas.",
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'contactCustomFields',
			mode: 'add',
			valuesLabel: 'Custom Fields',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: true,
			supportAutoMap: false,
			noFieldsError: 'This Kinbox account has no custom fields for contacts.',
		},
	},
};

/** What people fill in first, for create and update alike. */
export const contactFields: INodeProperties[] = [
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +55 85 98888-7777',
		description: 'In any common spelling (Telefone); Kinbox gets the digits with country code',
	},
	defaultCountry,
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'The e-mail address of the contact',
	},
	customFieldsOfContact,
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
				name: 'avatar',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/ana.jpg',
				description: 'Address of a picture of the contact',
			},
			{
				displayName: 'CRM Data (JSON)',
				name: 'crmData',
				type: 'json',
				default: '{}',
				description: 'Data of a connected CRM, as Kinbox keeps it. Only with Token V3.',
			},
			{
				displayName: 'Custom Fields (JSON)',
				name: 'customFieldsJson',
				type: 'json',
				default: '{}',
				description: 'For custom fields that come from earlier nodes: an object of field placeholder and value, such as {"cpf": "000.000.000-00"}',
			},
			{
				displayName: 'Customer Custom Field (JSON)',
				name: 'CustomerCustomField',
				type: 'json',
				default: '{}',
				description: 'An older form of the custom fields; use the Custom Fields above instead. Only with Token V3.',
			},
			{
				displayName: 'External ID',
				name: 'externalId',
				type: 'string',
				default: '',
				placeholder: 'e.g. ERP-1042',
				description: "The contact's key in another system (ID externo)",
			},
			{
				displayName: 'Facebook ID',
				name: 'facebookId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1000123456789',
				description: "The contact's ID on Facebook. Only with Token V3.",
			},
			{
				displayName: 'Has Conversation',
				name: 'hasConversation',
				type: 'boolean',
				default: false,
				description: 'Whether the contact already has a conversation. Only with Token V3.',
			},
			{
				displayName: 'Instagram ID',
				name: 'instagramId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 17841400000000000',
				description: "The contact's ID on Instagram. Only with Token V3.",
			},
			{
				displayName: 'Is Imported',
				name: 'isImported',
				type: 'boolean',
				default: false,
				description: 'Whether to mark the contact as imported. Only with Token V3.',
			},
			{
				displayName: 'Is New Contact',
				name: 'newContact',
				type: 'boolean',
				default: false,
				description: 'Whether the contact still counts as new. Only with Token V3.',
			},
			{
				displayName: 'Is Private',
				name: 'isPrivate',
				type: 'boolean',
				default: false,
				description: 'Whether only operators who may see private contacts (Contato privado) see this one',
			},
			{
				displayName: 'Location',
				name: 'location',
				type: 'string',
				default: '',
				placeholder: 'e.g. Fortaleza, CE',
				description: 'Where the contact is (Localização)',
			},
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. Prefers to be called in the morning',
				description: 'Free text about the contact (Observações)',
			},
			{
				displayName: 'Object ID',
				name: '_id',
				type: 'string',
				default: '',
				placeholder: 'e.g. 66e2f0a1b2c3d4e5f6a7b8c9',
				description: 'The internal ID of the record; normally left out. Only with Token V3.',
			},
			{
				displayName: 'Origin',
				name: 'origin',
				type: 'string',
				default: '',
				placeholder: 'e.g. Landing page',
				description: 'Where the contact came from (Origem)',
			},
			{
				displayName: 'Telegram ID',
				name: 'telegramId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123456789',
				description: "The contact's ID on Telegram. Only with Token V3.",
			},
		],
	},
];

/** Fields that only the v3 generation takes, by body key, with their labels. */
const onlyV3 = {
	_id: 'Object ID',
	crmData: 'CRM Data',
	CustomerCustomField: 'Customer Custom Field',
	facebookId: 'Facebook ID',
	hasConversation: 'Has Conversation',
	instagramId: 'Instagram ID',
	isImported: 'Is Imported',
	newContact: 'Is New Contact',
	telegramId: 'Telegram ID',
} as const;

/**
 * Reads the contact fields of an item into the body that both generations take
 * (`V3ContactCreate`, `ContactCreate`). What is not filled in is left out.
 */
export function readContactBody(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	const custom = { ...item.mapped('customFields'), ...extra.object('customFieldsJson') };
	const name = item.text('name');
	if (name !== undefined && lengthOf(name) > 128) throw item.refuse('name', 'has more than 128 characters', 'Shorten it; Kinbox keeps 128 characters.');
	const email = item.email('email');
	if (email !== undefined && lengthOf(email) > 100) throw item.refuse('email', 'has more than 100 characters', 'Kinbox keeps 100 characters of an e-mail address.');
	return withoutUndefined({
		_id: extra.text('_id'),
		name,
		email,
		phone: item.phone('phone', readCountry(item))?.digits,
		customFields: Object.keys(custom).length ? wrapCustomFields(custom) : undefined,
		externalId: extra.text('externalId'),
		origin: extra.text('origin'),
		location: extra.text('location'),
		avatar: extra.url('avatar'),
		facebookId: extra.text('facebookId'),
		instagramId: extra.text('instagramId'),
		telegramId: extra.text('telegramId'),
		notes: extra.text('notes'),
		isImported: extra.boolean('isImported'),
		hasConversation: extra.boolean('hasConversation'),
		newContact: extra.boolean('newContact'),
		crmData: extra.object('crmData'),
		CustomerCustomField: extra.object('CustomerCustomField'),
		isPrivate: extra.boolean('isPrivate'),
	});
}

/** Refuses fields that the token's generation does not have. */
export function checkGeneration(body: IDataObject, kinbox: KinboxClient): void {
	if (kinbox.generation === 'v3') return;
	const found = Object.entries(onlyV3).find(([key]) => Object.hasOwn(body, key));
	if (found) kinbox.needs('v3', `'${found[1]}'`);
}
