import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A saved filter (`CustomFilter`) in short. */
function simplifyCustomFilter(filter: IDataObject): IDataObject {
	const { payload } = objectOrEmpty(filter.query);
	return {
		id: String(filter.id ?? ''),
		name: textOrNull(filter.name),
		finds: textOrNull(filter.filter_type),
		conditions: Array.isArray(payload) ? payload : [],
		createdAt: isoOrNull(filter.created_at),
		updatedAt: isoOrNull(filter.updated_at),
	};
}

export const customFilterOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyCustomFilter,
	properties: outputProperties(['created_at', 'filter_type', 'id', 'name', 'query', 'updated_at']),
};
