import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';

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
