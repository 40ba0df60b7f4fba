import type { IDataObject } from 'n8n-workflow';

import type { LostWrites } from '../../shared/operation/lostWrites';
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

/**
 * Sets some custom fields of a record and sends the others along: the vendor does not say whether they are kept otherwise.
 * What another run changes in between is looked at once more after the last item.
 *
 * @param fields in Kinbox's wrapping
 */
export async function setFields(kinbox: KinboxClient, { path, record, index, lost }: { path: string; record: string; index: number; lost: LostWrites }, fields: IDataObject): Promise<IDataObject> {
	const read = async () => await kinbox.get<IDataObject>(path);
	const write = async (change: IDataObject, current: unknown) => await kinbox.patch<IDataObject>(path, { customFields: { ...objectOrEmpty(current), ...change } });
	const answer = await write(fields, (await read()).customFields);
	const now = unwrapCustomFields(answer.customFields);
	lost.wrote(path, {
		record,
		field: 'Custom Fields',
		read: async () => unwrapCustomFields((await read()).customFields),
		write: async (missing, current) => await write(wrapCustomFields(missing), wrapCustomFields(current)),
		show: (current) => ({ customFields: wrapCustomFields(current) }),
	}, Object.fromEntries(Object.entries(unwrapCustomFields(fields)).filter(([key, value]) => value !== null && isSameJson(now[key], value))));
	return lost.gave(path, index, answer);
}
