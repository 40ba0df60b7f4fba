import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { workspaceOutput } from './workspace';

/** `GET /v3/workspaces/info`. */
export const get = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get workspace',
		description: 'Get the account (Ambiente) that the token belongs to. Needs a Token V3.',
	},
	properties: [],
	output: workspaceOutput,
	read: () => ({}),
	async run(_input, kinbox) {
		kinbox.needs('v3', 'The workspace');
		return await kinbox.get('/workspaces/info');
	},
});
