import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { recordsOf, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** The owner of the token (`Profile`) in short. */
function simplifyProfile(profile: IDataObject): IDataObject {
	const accounts = recordsOf(profile.accounts);
	return {
		id: String(profile.id ?? ''),
		name: textOrNull(profile.name),
		displayName: textOrNull(profile.available_name),
		email: textOrNull(profile.email),
		role: textOrNull(profile.role),
		signature: textOrNull(profile.message_signature),
		avatarUrl: textOrNull(profile.avatar_url),
		accountId: textOrNull(profile.account_id),
		accounts: accounts.map(({ id, name, role, status, availability_status: shown, availability, auto_offline: autoOffline }) => ({
			id: textOrNull(id), name: textOrNull(name), role: textOrNull(role), status: textOrNull(status), availability: textOrNull(availability) ?? textOrNull(shown), autoOffline: autoOffline ?? null,
		})),
	};
}

export const profileOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyProfile,
	properties: outputProperties([
		'account_id', 'accounts', 'available_name', 'avatar_url', 'confirmed', 'custom_attributes', 'display_name', 'email', 'id', 'message_signature',
		'name', 'provider', 'role', 'type', 'ui_settings',
	]),
};

