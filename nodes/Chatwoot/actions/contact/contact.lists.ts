import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import type { FilterKey } from '../../descriptions/filters';
import { table } from '../../../shared/values/table';

const sortKeys = ['city', 'company_name', 'country', 'created_at', 'email', 'last_activity_at', 'name', 'phone_number'] as const;

/** Sorting of a list of contacts. The server has no order of its own, so one is always sent. */
export const contactSort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'collection',
	placeholder: 'Add Sorting',
	default: {},
	description: 'The order of the contacts; newest first when nothing is chosen',
	options: [
		{
			displayName: 'By',
			name: 'by',
			type: 'options',
			options: [
				{ name: 'City', value: 'city' },
				{ name: 'Company', value: 'company_name' },
				{ name: 'Country', value: 'country' },
				{ name: 'Created', value: 'created_at' },
				{ name: 'Email', value: 'email' },
				{ name: 'Last Activity', value: 'last_activity_at' },
				{ name: 'Name', value: 'name' },
				{ name: 'Phone', value: 'phone_number' },
			],
			default: 'created_at',
			description: 'The field to sort by',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Ascending', value: 'asc' },
				{ name: 'Descending', value: 'desc' },
			],
			default: 'desc',
			description: 'Whether the smallest or the largest value comes first',
		},
	],
};

export function readSort(fields: Fields): string {
	const sort = fields.collection('sort');
	const by = sort.choice('by', sortKeys) ?? 'created_at';
	const direction = sort.choice('direction', ['asc', 'desc'] as const) ?? 'desc';
	return `${direction === 'desc' ? '-' : ''}${by}`;
}

export const equality = ['equal_to', 'not_equal_to'] as const;

export const parts = [...equality, 'contains', 'does_not_contain'] as const;

export const days = ['is_greater_than', 'is_less_than', 'days_before'] as const;

/** `ContactFilterRow`, `x-operators`; starts_with is left out, as it compares for equality. */
export const contactFilterKeys: Record<string, FilterKey> = table({
	blocked: { name: 'Blocked', operators: equality, kind: 'boolean' },
	city: { name: 'City', operators: parts },
	company_name: { name: 'Company', operators: parts },
	country_code: { name: 'Country Code', operators: equality },
	created_at: { name: 'Created', operators: days, kind: 'day' },
	email: { name: 'Email', operators: parts },
	identifier: { name: 'Identifier', operators: equality },
	labels: { name: 'Label', operators: [...equality, 'is_present', 'is_not_present'], kind: 'labels' },
	last_activity_at: { name: 'Last Activity', operators: days, kind: 'day' },
	name: { name: 'Name', operators: parts },
	phone_number: { name: 'Phone', operators: parts, kind: 'phone' },
});

