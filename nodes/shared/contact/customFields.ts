import type { IDataObject } from 'n8n-workflow';

import { convertFieldValue, type FieldTarget } from '../values/fieldValue';
import type { Habits } from '../values/habits';
import { finderByName } from '../values/names';
import type { IncomingContact } from './incoming';

/** A custom field of an account. */
export interface AccountField extends FieldTarget {
	/** The key under which the service takes the value. */
	id: string;
	/** Every name that people may know it by. */
	names: string[];
}

export interface MatchedFields {
	/** Field key to value, in the form that the field takes. */
	values: IDataObject;
	/** Fields that the account does not have, by the contact's name for them. */
	missing: Array<[name: string, value: unknown]>;
	/** Fields that the account has, but that cannot hold the value, and why. */
	unfit: Array<[name: string, value: unknown, problem: string]>;
	/** Columns of a row that are no field of the account. */
	unused: Array<[name: string, value: unknown]>;
}

/**
 * Finds the account's custom fields by the names that a contact has for them.
 *
 * @param contact its custom fields, and further columns when it is a plain row
 */
export function matchFields(contact: Pick<IncomingContact, 'columns' | 'customFields'>, fields: AccountField[], habits: Habits): MatchedFields {
	const matched: MatchedFields = { values: {}, missing: [], unfit: [], unused: [] };
	const values: Array<[string, IDataObject[string]]> = [];
	const find = finderByName(fields, ({ names }) => names);
	const take = (name: string, value: unknown, otherwise: () => void) => {
		const field = find(name);
		if (!field) return otherwise();
		const converted = convertFieldValue(value, field, habits);
		if ('problem' in converted) matched.unfit.push([name, value, converted.problem]);
		else values.push([field.id, converted.value]);
	};
	for (const [name, value] of Object.entries(contact.columns)) take(name, value, () => matched.unused.push([name, value]));
	for (const [name, value] of Object.entries(contact.customFields)) take(name, value, () => matched.missing.push([name, value]));
	matched.values = Object.fromEntries(values);
	return matched;
}
