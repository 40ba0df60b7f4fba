import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { presenceFields, readPresence, type PresenceInput } from './report.presence';

/** `GET /v3/reports/presence/block/dashboard`. */
export const getPresenceSummary = operation<KinboxClient, PresenceInput>({
	option: {
		name: 'Get Presence Summary',
		value: 'getPresenceSummary',
		action: 'Get presence summary report',
		description: 'Get what the presence screen (Presença) of the reports shows. Needs a Token V3.',
	},
	properties: presenceFields,
	read: readPresence,
	async run({ limit, query }, kinbox) {
		kinbox.needs('v3', 'Reports');
		return (await kinbox.list('/reports/presence/block/dashboard', query, { limit })).rows;
	},
});
