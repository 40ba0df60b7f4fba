import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { KinboxClient } from '../../client';
import { sessionLocator } from '../../locators';
import { sessionOutput } from '../../session';

/** `GET /v3/reports/sessions/{id}` or `GET /v1/sessions/{id}`. */
export const get = operation<KinboxClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get conversation',
		description: 'Get one conversation (Atendimento): contact, channel, who is in charge, how it stands',
	},
	properties: [sessionLocator],
	output: sessionOutput,
	read: (item) => item.requiredLocator('sessionId'),
	run: async (id, kinbox) => await kinbox.get(kinbox.generation === 'v3' ? path`/reports/sessions/${id}` : path`/sessions/${id}`),
});
