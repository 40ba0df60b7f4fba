import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';

/** No call gives user IDs, so there is no list to pick from. */
export const userIdField: INodeProperties = {
	displayName: 'User ID',
	name: 'userId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 6f1d2c3b4a5968778695a4b3c2d1e0f9',
	description: 'The ID of the user, from the address of the user in the Callbell dashboard; no API call tells it',
};

/** The status of a user (`UserStatusEnvelope`), which Callbell writes with underscores. */
export function simplifyUserStatus(status: IDataObject, userId: string): IDataObject {
	const custom = objectOrEmpty(status.custom_status);
	const appearance = objectOrEmpty(status.appearance);
	return {
		userId,
		available: appearance.available ?? null,
		availableSince: isoOrNull(appearance.last_updated_at),
		customStatusId: textOrNull(custom.id),
		customStatus: textOrNull(custom.name),
		customStatusSince: isoOrNull(custom.last_updated_at),
	};
}
