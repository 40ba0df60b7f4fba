import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A team (`Team`) in short. */
function simplifyTeam(team: IDataObject, client: ChatwootClient): IDataObject {
	return {
		id: String(team.id ?? ''),
		name: textOrNull(team.name),
		description: textOrNull(team.description),
		autoAssignment: team.allow_auto_assign ?? null,
		isMember: team.is_member ?? null,
		url: client.linkTo(team, `settings/teams/${String(team.id ?? '')}/edit`),
	};
}

export const teamOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyTeam,
	properties: outputProperties(['account_id', 'allow_auto_assign', 'description', 'id', 'is_member', 'name']),
};
