import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { noteLeftOut } from '../../../shared/contact/leftOut';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { customFieldsJson, dealCustomFieldsMapper, readCustomFields } from '../../descriptions/customFields';
import { groupLocator, operatorLocator, productLocator } from '../../descriptions/locators';
import { asNumber } from '../../transport/body';
import { withFittingFields } from '../../helpers/accountFields';
import type { NamedTags } from '../../helpers/tags';
import { findTags } from '../../helpers/tags';
import type { KinboxClient } from '../../transport/client';

/** What create and update have in common. */
export const dealFields: INodeProperties[] = [
	dealCustomFieldsMapper,
	{
		displayName: 'Products',
		name: 'products',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Product',
		default: {},
		description: 'What the deal is about (Produtos). They replace those that the deal has.',
		options: [
			{
				displayName: 'Product',
				name: 'product',
				values: [
					productLocator,
					{
						displayName: 'Quantity',
						name: 'quantity',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1,
						description: 'How many',
					},
					{
						displayName: 'Price',
						name: 'price',
						type: 'string',
						default: '',
						placeholder: 'e.g. 24.90',
						description: 'Price of one; left empty, the price of the product',
					},
					{
						displayName: 'Discount',
						name: 'discount',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description: 'Discount on all of them together',
					},
					{
						displayName: 'Discount Is',
						name: 'discountType',
						type: 'options',
						options: [
							{ name: 'An Amount', value: 'value' },
							{ name: 'Per Cent', value: 'percentage' },
						],
						default: 'percentage',
						description: 'How to read the discount',
					},
				],
			},
		],
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More about the deal',
		options: [
			{
				displayName: 'Campaign',
				name: 'campaign',
				type: 'string',
				default: '',
				placeholder: 'e.g. Black Friday',
				description: 'Campaign that the deal came from, as free text',
			},
			customFieldsJson,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. Wedding cake for 80 people',
				description: 'Description of a ticket. Only with an API Token.',
			},
			{
				displayName: 'Due Date',
				name: 'dueDate',
				type: 'dateTime',
				default: '',
				description: 'When the deal should be closed',
			},
			{ ...groupLocator, required: false, description: 'The group (Grupo) in charge' },
			{ ...operatorLocator, required: false, description: 'The operator (Operador) in charge. The list needs a Token V3; with an API Token, give the ID.' },
			{
				displayName: 'Origin',
				name: 'origin',
				type: 'string',
				default: '',
				placeholder: 'e.g. Landing page',
				description: 'Where the deal came from (Origem)',
			},
			{
				displayName: 'Position',
				name: 'position',
				type: 'number',
				default: 0,
				description: 'Place in the stage',
			},
			{
				displayName: 'SLA Due At',
				name: 'slaDueAt',
				type: 'dateTime',
				default: '',
				description: 'Deadline of a ticket. Only with an API Token.',
			},
			{
				displayName: 'Tags Names or IDs',
				name: 'tagIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getTags' },
				default: [],
				description: 'Tags (Etiquetas) of the deal, by name in any spelling, or by ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'When a Tag Is Missing',
				name: 'whenTagMissing',
				type: 'options',
				options: [
					{ name: 'Create It', value: 'create', description: 'Make the tag first, visible to everyone' },
					{ name: 'Fail', value: 'fail', description: 'The item fails, and the message names tags that are spelled nearly so' },
					{ name: 'Skip It', value: 'skip', description: 'Leave it out, and say so in the item' },
				],
				default: 'fail',
				description: 'What to do with a tag that the account does not have. Names are compared without case, accents, spaces and signs.',
			},
		],
	},
];

export interface DealInput {
	body: IDataObject;
	tags?: NamedTags;
	products: Array<{ id: string; quantity: number; price?: number; discount: number; discountType: 'percentage' | 'value' }>;
}

/** Reads {@link dealFields}; what is not filled in is left out. */
export function readDealFields(item: Item): DealInput {
	const extra = item.collection('additionalFields');
	const names = extra.list('tagIds');
	return {
		tags: names
			? {
				names,
				whenMissing: extra.choice('whenTagMissing', ['create', 'fail', 'skip'] as const) ?? 'fail',
				refuse: (what, advice) => extra.refuse('tagIds', what, advice),
			}
			: undefined,
		body: withoutUndefined({
			campaign: extra.text('campaign'),
			description: extra.text('description'),
			dueDate: extra.date('dueDate'),
			groupId: asNumber(extra.numericId('groupId')),
			operatorId: asNumber(extra.numericId('operatorId')),
			origin: extra.text('origin'),
			position: extra.number('position'),
			slaDueAt: extra.date('slaDueAt'),
			customFields: readCustomFields(item, extra),
		}),
		products: item.rows('products', 'product').map((row) => ({
			id: row.requiredLocator('productId'),
			quantity: row.number('quantity', { min: 0 }) ?? 1,
			price: row.number('price', { min: 0 }),
			discount: row.number('discount', { min: 0 }) ?? 0,
			discountType: row.choice('discountType', ['percentage', 'value'] as const) ?? 'percentage',
		})),
	};
}

/**
 * The body for Kinbox: products get name, price and total, which Kinbox wants with each; tags and custom fields are those
 * of the account.
 */
export async function toDealBody({ body: fields, products, tags }: DealInput, kinbox: KinboxClient, item: Item): Promise<IDataObject> {
	const body = { ...(await withFittingFields(kinbox, 'deal', fields, item)), ...(tags ? await tagsOfDeal(tags, kinbox, item) : {}) };
	if (kinbox.generation === 'v3') {
		if (body.description !== undefined) kinbox.needs('v1', "'Description'");
		if (body.slaDueAt !== undefined) kinbox.needs('v1', "'SLA Due At'");
	}
	if (products.length === 0) return body;
	const lines = await Promise.all(products.map(async ({ id, quantity, price, discount, discountType }) => {
		const product = await kinbox.get(path`/products/${id}`);
		const each = price ?? Number(product.price ?? 0);
		const gross = each * quantity;
		const total = Math.max(0, discountType === 'value' ? gross - discount : gross * (1 - discount / 100));
		return { id, name: String(product.name ?? ''), price: each, quantity, discount, discountType, total: Math.round(total * 100) / 100 };
	}));
	return { ...body, products: lines };
}

async function tagsOfDeal(tags: NamedTags, kinbox: KinboxClient, item: Item): Promise<IDataObject> {
	const { ids, leftOut } = await findTags(kinbox, tags);
	noteLeftOut(kinbox.http, item, 'The Kinbox account has no tags of these names, so they were left out', leftOut.map((name) => [name, name]), 'is a tag, and the Kinbox account has no tag of this name');
	return ids.length || leftOut.length === 0 ? { tagIds: ids.map(Number) } : {};
}
