import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';
import { dealLocator } from '../../descriptions/locators';

/** `PATCH /v3/deals/{id}` or `PATCH /v1/deals/{id}` with status open. */
export const reopen = operation<KinboxClient>({
	option: {
		name: 'Reopen',
		value: 'reopen',
		action: 'Reopen deal',
		description: 'Open a deal again that was won or lost',
	},
	record: dealLocator,
	output: dealOutput,
	run: async ({ id }, kinbox) => await kinbox.patch(path`/deals/${id}`, { status: 'open' }),
});
