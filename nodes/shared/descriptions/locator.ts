import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

export interface LocatorKind {
	/** Display name. */
	label: string;
	/** Parameter name. */
	field: string;
	help: string;
	/** Name of the listSearch method. */
	search: string;
	/** "a contact", for the placeholder of the list. */
	record: string;
	/** Example of an ID. */
	example: string;
	/** Pattern of an ID, and what is said of one that does not fit. */
	idCheck?: { regex: string; errorMessage: string };
	/** Example of the address of the record's page, and the pattern that finds the ID in such an address. */
	url?: { example: string; regex: string };
	/** Other ways to name the record, between ID and address. */
	modes?: INodePropertyMode[];
	required?: boolean;
}

/**
 * A field that picks one record: from the list, by ID, or by the address of its page in the vendor's app. Operations read
 * it by `record`, or with `item.locator()`.
 *
 * @example
 * export const tagLocator = locator({
 *   label: 'Tag', field: 'tagId', help: 'The tag (Etiqueta)', search: 'searchTags', record: 'a tag', example: '12',
 *   idCheck: { regex: '^\\s*\\d+\\s*$', errorMessage: 'An ID is a whole number' },
 * });
 */
export function locator({ label, field, help, search, record, example, idCheck, url, modes = [], required = true }: LocatorKind): INodeProperties {
	return {
		displayName: label,
		name: field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(required ? { required: true } : {}),
		description: help,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${record}…`,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${example}`,
				...(idCheck ? { validation: [{ type: 'regex', properties: idCheck }] } : {}),
			},
			...modes,
			...(url
				? [
					{
						displayName: 'By URL',
						name: 'url',
						type: 'string' as const,
						placeholder: `e.g. ${url.example}`,
						extractValue: { type: 'regex' as const, regex: url.regex },
					},
				]
				: []),
		],
	};
}
