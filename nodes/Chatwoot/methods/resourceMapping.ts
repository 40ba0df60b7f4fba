import type { FieldType, IDataObject, ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { rowsIn } from '../client';
import { accountOf } from './context';

const fieldTypes: Record<string, FieldType> = {
	number: 'number',
	currency: 'number',
	percent: 'number',
	date: 'dateTime',
	list: 'options',
	checkbox: 'boolean',
};

/** The custom attributes that the account has defined for one kind of record. */
async function attributesOf(context: ILoadOptionsFunctions, model: string): Promise<ResourceMapperFields> {
	const account = await accountOf(context);
	const definitions = rowsIn(await account.get('/custom_attribute_definitions', { attribute_model: model }));
	return { fields: definitions.map(toMapperField) };
}

function toMapperField(definition: IDataObject): ResourceMapperField {
	const type = fieldTypes[String(definition.attribute_display_type)] ?? 'string';
	const values = Array.isArray(definition.attribute_values) ? definition.attribute_values.map(String) : [];
	const options = type === 'options' ? values.map((value) => ({ name: value, value })) : [];
	return {
		id: String(definition.attribute_key),
		displayName: String(definition.attribute_display_name ?? definition.attribute_key),
		required: false,
		defaultMatch: false,
		display: true,
		// A choice without choices would leave nothing to pick.
		type: type === 'options' && options.length === 0 ? 'string' : type,
		...(options.length ? { options } : {}),
	};
}

export async function contactCustomAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await attributesOf(this, 'contact_attribute');
}

export async function conversationCustomAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await attributesOf(this, 'conversation_attribute');
}
