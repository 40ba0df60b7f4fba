import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { campaignOutput } from './campaign';
import type { KinboxClient } from '../../transport/client';
import { campaignLocator } from '../../descriptions/locators';

/** `POST /v3/campaigns/{id}/resume` or `POST /v1/campaigns/{id}/resume`; what v3 answers is not published, so it is read again. */
export const resume = operation<KinboxClient>({
	option: {
		name: 'Resume',
		value: 'resume',
		action: 'Resume campaign',
		description: 'Let a paused campaign go on',
	},
	record: campaignLocator,
	output: campaignOutput,
	async run({ id }, kinbox) {
		await kinbox.send({ method: 'POST', path: path`/campaigns/${id}/resume`, expect: 'anything' });
		return await kinbox.get(path`/campaigns/${id}`);
	},
});
