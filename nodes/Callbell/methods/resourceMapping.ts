import type { FieldType, IDataObject, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/contact';
import { CallbellClient } from '../client';

const fieldTypes: Record<string, FieldType> = { number: 'number', date: 'dateTime', dropdown: 'options', checkbox: 'array' };

/**
 * The account's custom fields. No call lists them, but contacts show them with types and options
 * (`include_field_types`); the most recent contacts are looked at.
 */
export async function contactCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const callbell = await CallbellClient.connect(this);
	const contacts = await callbell.list('/contacts', 'contacts', { include_field_types: true }, { limit: 40 });
	const found = new Map<string, { type: string; options: string[] }>();
	for (const contact of contacts) {
		const types = objectOrEmpty(contact.customFieldsMetadata);
		for (const label of new Set([...Object.keys(types), ...Object.keys(objectOrEmpty(contact.customFields))])) {
			const { type, options } = objectOrEmpty(types[label]) as IDataObject & { options?: unknown };
			const before = found.get(label);
			found.set(label, {
				type: typeof type === 'string' ? type : (before?.type ?? 'text'),
				options: Array.isArray(options) && options.length ? options.map(String) : (before?.options ?? []),
			});
		}
	}
	return {
		fields: [...found].map(([label, { type, options }]) => {
			const choices = type === 'dropdown' ? options.map((option) => ({ name: option, value: option })) : [];
			const mapperType = fieldTypes[type] ?? 'string';
			return {
				id: label,
				displayName: type === 'checkbox' && options.length ? `${label} (${options.join(', ')})` : label,
				required: false,
				defaultMatch: false,
				display: true,
				// A choice without choices would leave nothing to pick.
				type: mapperType === 'options' && choices.length === 0 ? ('string' as const) : mapperType,
				...(choices.length ? { options: choices } : {}),
			};
		}),
	};
}
