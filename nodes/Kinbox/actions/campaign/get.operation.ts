import { operation } from '../../../shared/operation/operation';
import { path } from '../../../shared/http/httpClient';
import type { KinboxClient } from '../../transport/client';
import { campaignOutput } from './campaign';
import { campaignLocator } from '../../descriptions/locators';

/** `GET /v3/campaigns/{id}` or `GET /v1/campaigns/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get campaign',
		description: 'Get one campaign with its state and results',
	},
	record: campaignLocator,
	output: campaignOutput,
	run: async ({ id }, kinbox) => await kinbox.get(path`/campaigns/${id}`),
});
