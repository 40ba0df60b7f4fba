import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';

/** Colour and place of a label, for create and update alike. */
export const labelFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'More about the label',
	options: [
		{
			displayName: 'Color',
			name: 'color',
			type: 'color',
			default: '#1f93ff',
			description: 'The colour in which Chatwoot shows it',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Customers with a contract',
			description: 'What the label stands for',
		},
		{
			displayName: 'Show on Sidebar',
			name: 'showOnSidebar',
			type: 'boolean',
			default: true,
			description: 'Whether the label stands in the list at the left',
		},
	],
};

/** Reads `LabelCreate` or `LabelUpdate`; the server would lower the title and refuse other signs. */
export function readLabel(item: Item): IDataObject {
	const extra = item.collection('additionalFields');
	const title = item.text('title')?.toLowerCase();
	if (title !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N}_-]+$/u.test(title)) {
		throw item.refuse('title', 'is no title for a label', 'Two or more letters, digits, hyphens or underscores, beginning with a letter or digit, and no blanks: big-customer.');
	}
	return withoutUndefined({ title, description: extra.text('description'), color: extra.text('color'), show_on_sidebar: extra.boolean('showOnSidebar') });
}
