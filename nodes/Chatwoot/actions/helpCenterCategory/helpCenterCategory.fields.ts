import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { locatorAs, categoryLocator, localeField } from '../../descriptions/locators';
import { readLocale } from '../../helpers/helpCenter';
import { longText, textUpTo, optionalId } from '../../helpers/read';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Delivery',
	description: 'How the category is called',
};

export const slugField: INodeProperties = {
	displayName: 'Slug',
	name: 'slug',
	type: 'string',
	default: '',
	placeholder: 'e.g. delivery',
	description: 'The part of the address that names the category; unique for each language of the portal',
};

/** What a category has besides name and slug, for create and update alike. */
export const categoryFields: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Everything about shipping',
		description: 'The text below the name',
	},
	{
		displayName: 'Icon',
		name: 'icon',
		type: 'string',
		default: '',
		placeholder: 'e.g. 📦',
		description: 'An emoji in front of the name',
	},
	{
		displayName: 'Icon Color',
		name: 'iconColor',
		type: 'color',
		default: '#1f93ff',
		description: 'The colour of the icon',
	},
	localeField,
	locatorAs(categoryLocator, { displayName: 'Parent Category', name: 'parentId', description: 'The category that this one lies in', optional: true }),
	{
		displayName: 'Position',
		name: 'position',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Its place in the list; small numbers come first',
	},
	{
		displayName: 'Related Category Names or IDs',
		name: 'relatedIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'categoryIds', loadOptionsDependsOn: ['portalSlug.value'] },
		default: [],
		description: 'Categories that are shown with it. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	locatorAs(categoryLocator, { displayName: 'Translation Of', name: 'translationOf', description: 'The category in another language that this one translates', optional: true }),
];

/** Reads `CategoryCreate` or `CategoryUpdate` without name and slug. */
export function readCategoryFields(fields: Fields): IDataObject {
	return withoutUndefined({
		description: textUpTo(fields, 'description', longText),
		position: fields.number('position', { min: 0, max: 2_147_483_647, integer: true }),
		locale: readLocale(fields),
		icon: textUpTo(fields, 'icon'),
		icon_color: textUpTo(fields, 'iconColor'),
		parent_category_id: optionalId(fields, 'parentId'),
		associated_category_id: optionalId(fields, 'translationOf'),
		related_category_ids: readRelated(fields),
	});
}

function readRelated(fields: Fields): number[] | undefined {
	const ids = fields.list('relatedIds');
	if (!ids?.length) return undefined;
	const wrong = ids.find((id) => !/^[1-9]\d{0,17}$/.test(id));
	if (wrong !== undefined) throw fields.refuse('relatedIds', `has an entry that is not the ID of a category: ${wrong.slice(0, 60)}`, 'Pick the categories from the list.');
	return [...new Set(ids.map(Number))];
}
