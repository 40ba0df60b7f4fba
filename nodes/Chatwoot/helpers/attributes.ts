import type { IDataObject } from 'n8n-workflow';

import type { AccountField } from '../../shared/contact/customFields';
import { hintLeftOut } from '../../shared/contact/leftOut';
import { habitsOf } from '../../shared/operation/country';
import type { Fields, Item } from '../../shared/operation/item';
import type { FieldKind } from '../../shared/values/fieldValue';
import { convertFieldValue } from '../../shared/values/fieldValue';
import { findByName } from '../../shared/values/names';
import { table } from '../../shared/values/table';
import { rowsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';

export type AttributeModel = 'contact_attribute' | 'conversation_attribute';

const kinds: Record<string, FieldKind> = table({ checkbox: 'boolean', currency: 'number', date: 'day', list: 'choice', number: 'number', percent: 'number' });

/** A definition of a custom attribute as the field that it stands for. */
export function fieldOf(definition: IDataObject): AccountField {
	const key = String(definition.attribute_key);
	return {
		id: key,
		names: [key, String(definition.attribute_display_name ?? '')],
		kind: kinds[String(definition.attribute_display_type)] ?? 'text',
		options: Array.isArray(definition.attribute_values) ? definition.attribute_values.map(String) : [],
	};
}

/** Attributes as the account has them, and the names of those that nobody has defined. */
export interface FittedAttributes {
	values: IDataObject | undefined;
	undefinedNames: string[];
}

/**
 * Custom attributes that were given as JSON, under the account's keys and in the form that each holds. The server checks
 * nothing, and one date or number in a wrong form makes every filter of that attribute fail for the whole account.
 *
 * @param given all custom attributes of the item; those that were filled in fit already
 * @param extra the fields among which the JSON is
 * @throws NodeOperationError for a value that its attribute cannot hold
 */
export async function fitAttributes(account: AccountClient, model: AttributeModel, given: IDataObject | undefined, item: Item, extra: Fields): Promise<FittedAttributes> {
	const loose = extra.object('customAttributesJson');
	if (given === undefined || !loose || Object.keys(loose).length === 0) return { values: given, undefinedNames: [] };
	const answer = await account.exchangeOnce({ method: 'GET', path: `/custom_attribute_definitions?attribute_model=${model}`, accept: [401] });
	// Bots may set them, but not list them.
	if (answer.status === 401) return { values: given, undefinedNames: [] };
	const fields = rowsIn(answer.body).map(fieldOf);
	const undefinedNames: string[] = [];
	const values = Object.entries(given).map(([name, value]) => {
		const field = findByName(fields, name, ({ names }) => names);
		// Null and nothing empty an attribute.
		if (value === null || value === '') return [field?.id ?? name, value];
		if (!field) {
			undefinedNames.push(name);
			return [name, value];
		}
		const read = convertFieldValue(value, field, habitsOf(item));
		if ('value' in read) return [field.id, read.value];
		throw item.refuseLabel('Custom Attributes', `cannot take the value of '${name.slice(0, 60)}': it ${read.problem}`, 'Give a value of the kind that the attribute holds, or leave it out.');
	});
	return { values: Object.fromEntries(values) as IDataObject, undefinedNames };
}

/**
 * As {@link fitAttributes}. Chatwoot keeps what nobody has defined, and shows it nowhere: it is written as it was given,
 * and said.
 */
export async function fittingAttributes(account: AccountClient, model: AttributeModel, given: IDataObject | undefined, item: Item, extra: Fields): Promise<IDataObject | undefined> {
	const { values, undefinedNames } = await fitAttributes(account, model, given, item, extra);
	tellUndefined(account, undefinedNames);
	return values;
}

export function tellUndefined(account: AccountClient, names: string[]): void {
	hintLeftOut(account.http, 'Nobody has defined these custom attributes in Chatwoot: it keeps their values, but shows them nowhere until they are made under Settings > Custom Attributes', names, 'item');
}
