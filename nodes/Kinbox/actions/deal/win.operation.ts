import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';
import { dealLocator } from '../../descriptions/locators';

/** `PATCH /v3/deals/{id}` or `PATCH /v1/deals/{id}` with status won. */
export const win = operation<KinboxClient, { wonLostDate: string }>({
	option: {
		name: 'Win',
		value: 'win',
		action: 'Win deal',
		description: 'Mark a deal as won (Ganho)',
	},
	record: dealLocator,
	properties: [
		{
			displayName: 'Won At',
			name: 'closedAt',
			type: 'dateTime',
			default: '',
			description: 'When it was won; left empty, now',
		},
	],
	output: dealOutput,
	read: (item) => ({ wonLostDate: item.date('closedAt') ?? new Date().toISOString() }),
	run: async ({ id, wonLostDate }, kinbox) => await kinbox.patch(path`/deals/${id}`, { status: 'won', wonLostDate }),
});
