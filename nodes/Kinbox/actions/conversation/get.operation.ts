import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { sessionLocator } from '../../descriptions/locators';
import { sessionOutput } from './conversation';

/** `GET /v3/reports/sessions/{id}` or `GET /v1/sessions/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get conversation',
		description: 'Get one conversation (Atendimento): contact, channel, who is in charge, how it stands',
	},
	record: sessionLocator,
	output: sessionOutput,
	run: async ({ id }, kinbox) => await kinbox.get(kinbox.generation === 'v3' ? path`/reports/sessions/${id}` : path`/sessions/${id}`),
});
