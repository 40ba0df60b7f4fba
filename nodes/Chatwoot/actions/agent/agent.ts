import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A person of the account (`Agent`) in short. */
function simplifyAgent(agent: IDataObject): IDataObject {
	return {
		id: String(agent.id ?? ''),
		name: textOrNull(agent.name),
		displayName: textOrNull(agent.available_name),
		email: textOrNull(agent.email),
		role: textOrNull(agent.role),
		availability: textOrNull(agent.availability_status),
		autoOffline: agent.auto_offline ?? null,
		confirmed: agent.confirmed ?? null,
		avatarUrl: textOrNull(agent.thumbnail),
	};
}

export const agentOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyAgent,
	properties: outputProperties([
		'account_id', 'auto_offline', 'availability_status', 'available_name', 'confirmed', 'custom_attributes', 'custom_role_id', 'email', 'id',
		'name', 'provider', 'role', 'thumbnail',
	]),
};
