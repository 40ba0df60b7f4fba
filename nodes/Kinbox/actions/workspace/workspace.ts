import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { KinboxClient } from '../../transport/client';

/** The account (`V3Workspace`) in short. */
export const workspaceOutput: OutputShape<KinboxClient> = {
	simplify: (workspace) => ({
		id: String(workspace.id ?? ''),
		name: textOrNull(workspace.name),
		operatorId: workspace.operatorId === undefined || workspace.operatorId === null ? null : String(workspace.operatorId),
		timezone: textOrNull(workspace.timezone),
		isActive: workspace.isActive === true,
		minutesToReopenCall: workspace.minutesToReopenCall ?? null,
		workHourId: workspace.workHourId === undefined || workspace.workHourId === null ? null : String(workspace.workHourId),
		smsCredits: workspace.sms_credits ?? null,
	}),
	properties: outputProperties(['avatar', 'createdAt', 'id', 'isActive', 'minutesToReopenCall', 'name', 'operatorId', 'settings', 'sms_credits', 'timezone', 'updatedAt', 'wallet', 'workHourId', 'workspaceId']),
};
