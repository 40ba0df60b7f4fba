import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import { wrapCustomFields } from '../helpers/customFields';

/**
 * The account's own fields of a kind of record.
 *
 * @param kind as the message says it: "deals"
 */
const customFieldsMapper = (method: string, kind: string): INodeProperties => ({
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	description: "The account's own fields (Campos Personalizados). Only those with a value are sent.",
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: method,
			mode: 'add',
			valuesLabel: 'Custom Fields',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: true,
			supportAutoMap: false,
			noFieldsError: `This Kinbox account has no custom fields for ${kind}.`,
		},
	},
});

export const dealCustomFieldsMapper = customFieldsMapper('dealCustomFields', 'deals');
export const productCustomFieldsMapper = customFieldsMapper('productCustomFields', 'products');

export const customFieldsJson: INodeProperties = {
	displayName: 'Custom Fields (JSON)',
	name: 'customFieldsJson',
	type: 'json',
	default: '{}',
	description: 'For custom fields that come from earlier nodes: an object of field placeholder and value, such as {"cpf": "000.000.000-00"}',
};

/** Both ways to give custom fields, in Kinbox's wrapping; undefined when none has a value. */
export function readCustomFields(item: Item, collection: Fields = item): IDataObject | undefined {
	const fields = { ...item.mapped('customFields'), ...collection.object('customFieldsJson') };
	return Object.keys(fields).length ? wrapCustomFields(fields) : undefined;
}
