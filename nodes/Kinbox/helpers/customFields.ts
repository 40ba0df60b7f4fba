import type { IDataObject } from 'n8n-workflow';

import { hintLeftOut } from '../../shared/contact/leftOut';
import type { LostWrites } from '../../shared/operation/lostWrites';
import { remark } from '../../shared/operation/output';
import { isSameJson } from '../../shared/values/difference';
import { objectOrEmpty } from '../../shared/values/read';
import type { KinboxClient } from '../transport/client';

/** Kinbox wraps each value: {"cpf": {"value": "…"}} becomes {"cpf": "…"}. */
export function unwrapCustomFields(fields: unknown): IDataObject {
	return Object.fromEntries(
		Object.entries(objectOrEmpty(fields)).map(([key, entry]) => {
			const wrapped = entry !== null && typeof entry === 'object' && !Array.isArray(entry) && 'value' in entry;
			return [key, wrapped ? entry.value : entry];
		}),
	) as IDataObject;
}

/** The other way round: {"cpf": "…"} becomes {"cpf": {"value": "…"}}; wrapped values stay. */
export function wrapCustomFields(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).map(([key, entry]) => {
			const wrapped = entry !== null && typeof entry === 'object' && !Array.isArray(entry) && 'value' in entry;
			return [key, wrapped ? entry : { value: entry }];
		}),
	) as IDataObject;
}

/** Where custom fields are written. */
export interface FieldsAt {
	/** Address of the record. */
	path: string;
	/** The record, as a sentence names it: "contact 7". */
	record: string;
	/** Position of the item in the input. */
	index: number;
	/** Gets to know what was written. */
	lost: LostWrites;
}

/**
 * Sets some custom fields of a record and sends the others along: the vendor does not say whether they are kept otherwise.
 * What another run changes in between is looked at once more after the last item.
 *
 * @param fields in Kinbox's wrapping
 * @param more what else is written to the record
 */
export async function setFields(kinbox: KinboxClient, { path, record, index, lost }: FieldsAt, fields: IDataObject, more: IDataObject = {}): Promise<IDataObject> {
	const read = async () => await kinbox.get<IDataObject>(path);
	const write = async (change: IDataObject, current: unknown, others: IDataObject = {}) => await kinbox.patch<IDataObject>(path, { ...others, customFields: { ...objectOrEmpty(current), ...change } });
	const answer = await write(fields, (await read()).customFields, more);
	const now = unwrapCustomFields(answer.customFields);
	const asked = Object.entries(unwrapCustomFields(fields));
	lost.wrote(path, {
		record,
		field: 'Custom Fields',
		read: async () => unwrapCustomFields((await read()).customFields),
		write: async (missing, current) => await write(wrapCustomFields(missing), wrapCustomFields(current)),
		show: (current) => ({ customFields: wrapCustomFields(current) }),
	}, Object.fromEntries(asked.filter(([key, value]) => value !== null && isSameJson(now[key], value))));
	// Kinbox may keep a value in another form; without any it has kept nothing.
	const notTaken = answer.customFields === undefined ? [] : asked.filter(([key, value]) => !isNothing(value) && isNothing(now[key]));
	if (notTaken.length) {
		hintLeftOut(kinbox.http, 'Kinbox answered with success, but did not take these custom fields; see notApplied in the items', notTaken.map(([key]) => key), 'item');
		remark(answer, { notApplied: notTaken.map(([key, value]) => ({ field: `Custom Fields > ${key}`, asked: value, got: null })) as IDataObject[] });
	}
	return lost.gave(path, index, answer);
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '';
