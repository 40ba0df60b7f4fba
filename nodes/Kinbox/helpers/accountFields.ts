import type { IDataObject } from 'n8n-workflow';

import type { AccountField } from '../../shared/contact/customFields';
import { habitsOf } from '../../shared/operation/country';
import type { Item } from '../../shared/operation/item';
import type { FieldKind } from '../../shared/values/fieldValue';
import { convertFieldValue } from '../../shared/values/fieldValue';
import { foldName } from '../../shared/values/names';
import { suggest } from '../../shared/values/nearNames';
import { ReadOnce } from '../../shared/values/readOnce';
import { table } from '../../shared/values/table';
import type { KinboxClient } from '../transport/client';
import { unwrapCustomFields, wrapCustomFields } from './customFields';

const kinds: Record<string, FieldKind> = table({
	boolean: 'boolean', date: 'day', datetime: 'time', day: 'text', decimal: 'number', json: 'json', 'multi-select': 'list', number: 'number', select: 'choice',
});

export type FieldEntity = 'contact' | 'deal' | 'product';

const readings = new ReadOnce<KinboxClient>(new WeakMap());

/** The account's custom fields for a kind of record; all are read once for a run. */
export async function accountFields(kinbox: KinboxClient, kind: FieldEntity): Promise<AccountField[]> {
	return (await readings.get(kinbox, async () => await kinbox.listAtOnce('/custom-fields')))
		.filter(({ entity, isDeleted, isActive, placeholder }) => entity === kind && !isDeleted && isActive !== false && placeholder)
		.map((field) => ({
			id: String(field.placeholder),
			names: [String(field.placeholder), String(field.name ?? ''), String(field.id ?? '')],
			kind: kinds[String(field.type)] ?? 'text',
			options: fieldOptions(field.options),
		}));
}

/** The choices of a custom field: Kinbox gives them as an array, sometimes as the text of one. */
export function fieldOptions(value: unknown): Array<{ value: string; label: string }> {
	let options = value;
	if (typeof value === 'string') {
		try {
			options = JSON.parse(value);
		} catch {
			return [];
		}
	}
	return (Array.isArray(options) ? (options as unknown[]) : [])
		.map((option) => (option !== null && typeof option === 'object' ? (option as IDataObject) : { value: option as string }))
		.filter((option) => option.value !== undefined && option.value !== null)
		.map((option) => ({ value: String(option.value), label: String(option.label ?? option.value) }));
}

/**
 * A body whose custom fields, filled in or given as JSON, are named and written as the account has them: by placeholder,
 * name or ID, each value in the form that its field holds.
 *
 * @throws NodeOperationError for a field that the account does not have, and for a value that its field cannot hold
 */
export async function withFittingFields(kinbox: KinboxClient, kind: FieldEntity, body: IDataObject, item: Item): Promise<IDataObject> {
	const given = Object.entries(unwrapCustomFields(body.customFields));
	if (given.length === 0) return body;
	const fields = await accountFields(kinbox, kind);
	const fitted = given.map(([name, value]) => {
		const field = findField(fields, name, item);
		if (!field) throw item.refuseLabel('Custom Fields', `has '${name.slice(0, 60)}', and the Kinbox account has no such field for ${kind}s`, `${suggest(fields.map(({ names }) => names[1] || names[0]!), name)} Fields can be given by placeholder, name or ID. They are made in Kinbox under Settings > Custom fields.`);
		// Null and nothing empty a field.
		if (value === null || value === '') return [field.id, value];
		const read = convertFieldValue(value, field, habitsOf(item));
		if ('problem' in read) throw item.refuseLabel('Custom Fields', `cannot take the value of '${name.slice(0, 60)}': it ${read.problem}`, 'Give a value of the kind that the field holds, or leave the field empty.');
		return [field.id, read.value];
	});
	return { ...body, customFields: wrapCustomFields(Object.fromEntries(fitted) as IDataObject) };
}

function findField(fields: AccountField[], name: string, item: Item): AccountField | undefined {
	for (const isIt of [({ id }: AccountField) => id === name, ({ names }: AccountField) => names.includes(name), ({ names }: AccountField) => names.some((other) => foldName(other) === foldName(name))]) {
		const found = fields.filter(isIt);
		if (found.length > 1) throw item.refuseLabel('Custom Fields', `has '${name.slice(0, 60)}', which can mean ${found.map(({ id }) => id).join(' or ')}`, 'Give the placeholder of the field.');
		if (found[0]) return found[0];
	}
	return undefined;
}
