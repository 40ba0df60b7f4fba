import type { INodeProperties } from 'n8n-workflow';

interface LocatorKind {
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
	/** Pattern of the ID, when it is not a number. */
	idPattern?: string;
	/** Where the record's page is below /app/accounts/1/, with the example, and the pattern that finds the ID. */
	page?: { example: string; regex: string };
	required?: boolean;
}

/** A field that picks one record: from the list, by ID, or by the address of its page. */
function locator({ label, field, help, search, record, example, idPattern, page, required = true }: LocatorKind): INodeProperties {
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
				validation: [{ type: 'regex', properties: { regex: idPattern ?? '^\\s*\\d+\\s*$', errorMessage: 'An ID has digits only' } }],
			},
			...(page
				? [
					{
						displayName: 'By URL',
						name: 'url',
						type: 'string' as const,
						placeholder: `e.g. https://app.chatwoot.com/app/accounts/1/${page.example}`,
						extractValue: { type: 'regex' as const, regex: page.regex },
					},
				]
				: []),
		],
	};
}

/** The account to work in; every operation inside an account has it. */
export const accountLocator: INodeProperties = locator({
	label: 'Account',
	field: 'account',
	help: 'The Chatwoot account to work in; left empty, the one of the credential',
	search: 'searchAccounts',
	record: 'an account',
	example: '1',
	page: { example: 'dashboard', regex: 'https?://[^\\s]*?/accounts/(\\d+)' },
	required: false,
});

/** A contact. */
export const contactLocator: INodeProperties = locator({
	label: 'Contact',
	field: 'contactId',
	help: 'The contact to work with',
	search: 'searchContacts',
	record: 'a contact',
	example: '42',
	page: { example: 'contacts/42', regex: 'https?://[^\\s]*?/contacts/(\\d+)' },
});

/** An inbox. */
export const inboxLocator: INodeProperties = locator({
	label: 'Inbox',
	field: 'inboxId',
	help: 'The inbox to work with',
	search: 'searchInboxes',
	record: 'an inbox',
	example: '3',
	page: { example: 'settings/inboxes/3', regex: 'https?://[^\\s]*?/inbox(?:es)?/(\\d+)' },
});

/** The same as another locator under another name or with another meaning. */
export function locatorAs(base: INodeProperties, change: Partial<Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>> & { optional?: boolean }): INodeProperties {
	const { optional, ...rest } = change;
	const { required, ...kept } = base;
	return { ...kept, ...(required && !optional ? { required } : {}), ...rest };
}
