import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { presenceFields, readPresence, type PresenceInput } from './report.presence';

/** `GET /v3/reports/presence/block`: the recorded stretches. */
export const getPresenceTimes = operation<KinboxClient, PresenceInput>({
	option: {
		name: 'Get Presence Times',
		value: 'getPresenceTimes',
		action: 'Get presence times report',
		description: 'Get when operators were online (Presença), one row for each stretch. Needs a Token V3.',
	},
	properties: presenceFields,
	read: readPresence,
	async run({ limit, query }, kinbox) {
		kinbox.needs('v3', 'Reports');
		return (await kinbox.list('/reports/presence/block', query, { limit })).rows;
	},
});
