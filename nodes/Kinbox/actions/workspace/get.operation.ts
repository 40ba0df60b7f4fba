import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { KinboxClient } from '../../transport/client';

const output: OutputShape<KinboxClient> = {
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

/** `GET /v3/workspaces/info`. */
export const get = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get workspace',
		description: 'Get the account (Ambiente) that the token belongs to. Needs a Token V3.',
	},
	properties: [],
	output,
	read: () => ({}),
	async run(_input, kinbox) {
		kinbox.needs('v3', 'The workspace');
		return await kinbox.get('/workspaces/info');
	},
});
