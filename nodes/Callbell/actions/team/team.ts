import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';

/** A team (`Team`). */
export function simplifyTeam(team: IDataObject): IDataObject {
	return {
		id: String(team.uuid ?? ''),
		name: textOrNull(team.name),
		default: team.default === true,
		members: team.members ?? null,
		createdAt: isoOrNull(team.createdAt),
	};
}

/** A person of a team (`TeamMember`); Callbell knows no other list of people. */
export function simplifyMember(member: IDataObject): IDataObject {
	const status = objectOrEmpty(member.userCustomStatus);
	return {
		email: textOrNull(member.email),
		name: textOrNull(member.name),
		available: member.available === true,
		customStatus: textOrNull(status.name),
		customStatusId: textOrNull(status.id),
		updatedAt: isoOrNull(member.lastUpdatedAt ?? member.lastUpdateAt),
	};
}
