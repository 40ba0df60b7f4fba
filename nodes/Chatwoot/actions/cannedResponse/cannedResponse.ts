import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A canned response (`CannedResponse`) in short. */
function simplifyCannedResponse(response: IDataObject): IDataObject {
	return {
		id: String(response.id ?? ''),
		shortCode: textOrNull(response.short_code),
		content: textOrNull(response.content),
		createdAt: isoOrNull(response.created_at),
		updatedAt: isoOrNull(response.updated_at),
	};
}

export const cannedResponseOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyCannedResponse,
	properties: outputProperties(['account_id', 'content', 'created_at', 'id', 'short_code', 'updated_at']),
};
