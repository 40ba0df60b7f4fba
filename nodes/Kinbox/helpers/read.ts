import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';

export const idOf = (record: IDataObject) => String(record.id ?? record._id ?? '');
export const idOrNull = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));
export const listOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.map(objectOrEmpty) : []);
